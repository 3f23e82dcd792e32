import { mapAt, mapsAt, textAt } from './conditions.ts'
import type { JsonObject } from './json.ts'
import { metadataOf, metadataText } from './object.ts'
import { writersOf } from './ownership.ts'

/** A condition with the time at which its status changed last (RFC 3339), null where it does not say. */
export type TimedCondition = {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly changed: string | null
}

/** One moment of an object's life. `time` is RFC 3339. */
export type Moment = { readonly time: string } & (
  | { readonly kind: 'created' | 'deletion' }
  | ({ readonly kind: 'condition' } & Omit<TimedCondition, 'changed'>)
  | { readonly kind: 'written'; readonly manager: string; readonly operation: string; readonly subresource: string }
)

/** The object's conditions with their times, in the server's order. */
export function timedConditions(object: JsonObject): readonly TimedCondition[] {
  return mapsAt(mapAt(object, 'status'), 'conditions').flatMap(condition => {
    const [type, status, reason, message] = ['type', 'status', 'reason', 'message'].map(key => textAt(condition, key))
    if (!type) return []
    // Nodes and some others say only when they updated it.
    const changed = textAt(condition, 'lastTransitionTime') || textAt(condition, 'lastUpdateTime') || null
    return [{ type, status: status ?? '', reason: reason ?? '', message: message ?? '', changed }]
  })
}

/** What an object itself tells of its life, the newest first: its creation and deletion, its conditions, its last writes. */
export function momentsOf(object: JsonObject): readonly Moment[] {
  const created = metadataText(object, 'creationTimestamp')
  const deletion = deletionOf(object)
  const moments: Moment[] = [
    ...(created === null ? [] : [{ kind: 'created', time: created } as const]),
    ...(deletion === null ? [] : [{ kind: 'deletion', time: deletion.since } as const]),
    ...timedConditions(object).flatMap(({ changed, ...condition }) =>
      changed === null ? [] : [{ kind: 'condition', time: changed, ...condition } as const],
    ),
    ...writersOf(object).flatMap(({ manager, operation, subresource = '', time }) =>
      time === undefined ? [] : [{ kind: 'written', time, manager, operation, subresource } as const],
    ),
  ]
  return moments.toSorted((a, b) => timeOf(b) - timeOf(a) || order(b) - order(a))
}

function timeOf({ time }: Moment): number {
  const milliseconds = Date.parse(time)
  return Number.isNaN(milliseconds) ? 0 : milliseconds
}

// Of one second: a creation comes before all else, and a write before what came of it.
function order({ kind }: Moment): number {
  return ['created', 'written', 'condition', 'deletion'].indexOf(kind)
}

/**
 * A deletion under way: when it was asked for, and its grace period in seconds. `deletionTimestamp` is when the grace
 * period ends. Null where there is none.
 */
export function deletionOf(object: JsonObject): { readonly since: string; readonly gracePeriod: number | null } | null {
  const ends = metadataText(object, 'deletionTimestamp')
  if (ends === null) return null
  const { deletionGracePeriodSeconds: grace } = metadataOf(object)
  const gracePeriod = typeof grace === 'number' ? grace : null
  const asked = Date.parse(ends) - (gracePeriod ?? 0) * 1_000
  return { since: Number.isNaN(asked) ? ends : new Date(asked).toISOString(), gracePeriod }
}
