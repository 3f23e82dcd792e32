import { mapAt } from '../conditions.ts'
import type { JsonObject } from '../json.ts'
import { metadataOf } from '../object.ts'
import { ok, type Result } from '../problem.ts'
import { withAt } from './places.ts'
import type { QuickEditOf, Unfit } from './quick-edit.ts'

/** As `kubectl label` and `kubectl annotate`: keys set and taken away; a map that this empties goes too. */
export function changeNames(
  object: JsonObject,
  field: 'labels' | 'annotations',
  { set, remove }: QuickEditOf<'label' | 'annotate'>,
): Result<JsonObject, Unfit> {
  const before = mapAt(metadataOf(object), field)
  const after = Object.fromEntries([
    ...Object.entries(before).filter(([key]) => !remove.includes(key)),
    ...Object.entries(set),
  ])
  const isEmpty = Object.keys(after).length === 0
  if (isEmpty && Object.keys(before).length === 0) return ok(object)
  return ok(withAt(object, ['metadata', field], isEmpty ? undefined : after))
}
