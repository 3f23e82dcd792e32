import { mapAt, mapsAt, textAt } from '../conditions.ts'
import type { JsonObject } from '../json.ts'
import { ok, type Result } from '../problem.ts'
import { groupKind, unfit, withList } from './places.ts'
import type { QuickEditOf, Taint, Unfit } from './quick-edit.ts'

/**
 * As `kubectl taint --overwrite`: a taint of that key and effect takes the new value where it stands. `no-taint` where one
 * that is to go is not there, as kubectl refuses too.
 */
export function changeTaints(object: JsonObject, { set, remove }: QuickEditOf<'taint'>): Result<JsonObject, Unfit> {
  if (groupKind(object) !== '/Node') return unfit('not-a-node')
  const before = mapsAt(mapAt(object, 'spec'), 'taints')
  const names = (removal: (typeof remove)[number]) => (taint: JsonObject) =>
    textAt(taint, 'key') === removal.key && (removal.effect === null || textAt(taint, 'effect') === removal.effect)
  const missing = remove.find(removal => !before.some(names(removal)))
  if (missing !== undefined) return unfit('no-taint', [missing.key, missing.effect].filter(Boolean).join(':'))
  const kept = before.filter(taint => !remove.some(removal => names(removal)(taint)))
  const isSame = (taint: JsonObject, { key, effect }: Taint) =>
    textAt(taint, 'key') === key && textAt(taint, 'effect') === effect
  const replaced = kept.map(taint => {
    const next = set.find(one => isSame(taint, one))
    return next === undefined || textAt(taint, 'value') === next.value ? taint : taintOf(next)
  })
  const added = set.filter(one => !kept.some(taint => isSame(taint, one))).map(taintOf)
  return ok(withList(object, ['spec', 'taints'], [...replaced, ...added]))
}

function taintOf({ key, value, effect }: Taint): JsonObject {
  return value === '' ? { key, effect } : { key, value, effect }
}
