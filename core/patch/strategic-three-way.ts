import type { JsonObject } from '../json.ts'
import { fail, type PatchProblem, type Result } from '../problem.ts'
import { conflictsBetween } from './conflicts.ts'
import { attempt } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { mergeMaps } from './strategic-apply.ts'
import { diff } from './strategic-create.ts'
import { requireSound } from './values.ts'

/**
 * The strategic merge patch for `current` that changes what differs from `modified` and deletes what `modified` lacks
 * but `original` had, equal to Go's CreateThreeWayMergePatch. Unless `overwrite` is true, fields that both sides
 * changed differently are a `merge-conflict`.
 */
export function createThreeWayStrategicPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: PatchSchema,
  options: { readonly overwrite: boolean },
): Result<JsonObject, PatchProblem> {
  const patch = attempt(() => {
    requireSound(original, modified, current)
    const delta = diff(current, modified, schema, { changes: true, deletions: false, order: true })
    const gone = diff(original, modified, schema, { changes: false, deletions: true, order: true })
    return mergeMaps(gone, delta, { schema, mode: 'combine', at: null })
  })
  if (!patch.ok || options.overwrite) return patch
  const conflicts = attempt(() => {
    const mode = { changes: true, deletions: true, order: false }
    const changed = diff(original, current, schema, mode)
    return conflictsBetween({ patch: patch.value, changed, original, modified, current }, schema)
  })
  if (!conflicts.ok) return conflicts
  return conflicts.value.length === 0 ? patch : fail({ code: 'merge-conflict', conflicts: conflicts.value })
}
