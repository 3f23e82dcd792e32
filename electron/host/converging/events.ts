import type { EventLine } from '../../../contract/converge.ts'
import { mapAt, numberAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText, type ObjectRef, type ResourceType } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { followList } from '../clusters/follow-list.ts'

/** The events of one object, as far as they have been read. */
export type Events = { readonly all: ReadonlyMap<string, JsonObject>; readonly problem: Problem | null }

const core: ResourceType = { group: '', version: 'v1', resource: 'events' }
const eventsGroup: ResourceType = { group: 'events.k8s.io', version: 'v1', resource: 'events' }

/** More than anybody reads; a server keeps events for an hour. */
const mostEvents = 200

/**
 * Follows the events about an object, as core/v1 or, where that may not be read, as events.k8s.io/v1. Those about a
 * cluster-scoped object lie in `default`.
 */
export async function followEvents(
  cluster: Cluster,
  { uid, namespace }: Pick<ObjectRef, 'uid' | 'namespace'>,
  onEvents: (events: Events) => void,
  signal: AbortSignal,
): Promise<void> {
  const all = new Map<string, JsonObject>()
  const groups = [
    [core, `involvedObject.uid=${uid}`],
    [eventsGroup, `regarding.uid=${uid}`],
  ] as const
  for (const [type, fields] of groups) {
    const followed = { namespace: namespace ?? 'default', labels: '', fields, most: mostEvents, signal }
    for await (const listed of followList(cluster, type, followed)) {
      if (listed.kind === 'refused') {
        onEvents({ all, problem: listed.problem })
        continue
      }
      if (listed.kind === 'all') all.clear()
      const heard = listed.kind === 'all' ? listed.objects : [listed.object]
      for (const event of heard) {
        const id = metadataText(event, 'uid') ?? ''
        if (listed.kind === 'removed') all.delete(id)
        else if (all.has(id) || all.size < mostEvents) all.set(id, event)
      }
      onEvents({ all, problem: null })
    }
    if (signal.aborted) return
  }
}

/** The events since a time, equal ones as one line, the newest first; at most `most`. `mask` is done to the words. */
export function eventLines(
  events: Iterable<JsonObject>,
  { since, most, mask }: { readonly since: number; readonly most: number; readonly mask: (text: string) => string },
): readonly EventLine[] {
  const lines = new Map<string, EventLine>()
  for (const event of events) {
    const line = lineOf(event, mask)
    if (Date.parse(line.last) < since) continue
    const key = JSON.stringify([line.type, line.reason, line.message])
    const known = lines.get(key)
    lines.set(key, known === undefined ? line : { ...line, ...together(known, line) })
  }
  return [...lines.values()].sort((a, b) => Date.parse(b.last) - Date.parse(a.last)).slice(0, most)
}

function together(a: EventLine, b: EventLine): Pick<EventLine, 'count' | 'last'> {
  return { count: a.count + b.count, last: Date.parse(a.last) > Date.parse(b.last) ? a.last : b.last }
}

/** An event of either API: they are one object under two sets of names. */
function lineOf(event: JsonObject, mask: (text: string) => string): EventLine {
  const series = mapAt(event, 'series')
  const times = [
    textAt(series, 'lastObservedTime'),
    textAt(event, 'lastTimestamp'),
    textAt(event, 'deprecatedLastTimestamp'),
    textAt(event, 'eventTime'),
    metadataText(event, 'creationTimestamp') ?? '',
  ]
  return {
    type: textAt(event, 'type'),
    reason: textAt(event, 'reason'),
    message: mask(textAt(event, 'message') || textAt(event, 'note')),
    count: numberAt(series, 'count') ?? numberAt(event, 'count') ?? numberAt(event, 'deprecatedCount') ?? 1,
    last: times.find(time => time !== '') ?? '',
  }
}
