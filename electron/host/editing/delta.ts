import { type Change, diffObjects } from '../../../core/diff.ts'
import { equalJson, type Json } from '../../../core/json.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { pathKey } from '../../../core/path.ts'
import type { EditSession } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'
import type { Prepared } from './prepare.ts'
import { withoutBookkeeping } from './show.ts'

/** Whether two prepared writes would change the same, as their dry runs answered: what a person reviewed of one holds for the other. */
export function sameDelta(a: Prepared, b: Prepared, session: EditSession, schema: PatchSchema | null): boolean {
  return equalDelta(deltaOf(a, session, schema), deltaOf(b, session, schema))
}

/** What a write would change, as the reviewer saw it. */
export function deltaOf(
  { plan, dryRun }: Prepared,
  session: EditSession,
  schema: PatchSchema | null,
): readonly Change[] {
  return withoutBookkeeping(diffObjects(plan.before, viewObject(dryRun.answer, session.view), schema))
}

function equalDelta(a: readonly Change[], b: readonly Change[]): boolean {
  if (a.length !== b.length) return false
  const byPath = new Map(b.map(change => [`${change.kind} ${pathKey(change.path)}`, change]))
  return a.every(change => {
    const other = byPath.get(`${change.kind} ${pathKey(change.path)}`)
    return other !== undefined && sameSide(change, other, 'from') && sameSide(change, other, 'to')
  })
}

function sameSide(a: Change, b: Change, side: 'from' | 'to'): boolean {
  return equalJson(sideValue(a, side), sideValue(b, side))
}

function sideValue(change: Change, side: 'from' | 'to'): Json {
  if (change.kind === 'moved') return change[side].map(item => ('value' in item ? item.value : item.keys))
  if (change.kind === 'changed') return change[side]
  return change.kind === 'added' ? (side === 'to' ? change.to : null) : side === 'from' ? change.from : null
}
