import { diffFields } from '../diff.ts'
import type { JsonObject } from '../json.ts'
import { ownersOf } from '../ownership.ts'
import type { Path } from '../path.ts'
import { type ApplyAs, isOwn } from './apply.ts'

/** A field that an apply gives another value, and the managers who own it: the server refuses that unless it is forced. */
export type OwnerConflict = { readonly path: Path; readonly managers: readonly string[] }

/** The conflicts with other owners, from live to what an apply makes of it. Removals are none: they only happen to what nobody else owns. */
export function conflictsOfApply(live: JsonObject, applied: JsonObject, as: ApplyAs): readonly OwnerConflict[] {
  return diffFields(live, applied, as.schema).flatMap(({ kind, path }) => {
    if (kind === 'removed' || kind === 'moved') return []
    const managers = ownersOf(live, path, as.schema)
      .filter(owner => !isOwn(owner, as))
      .map(owner => owner.manager)
    return managers.length === 0 ? [] : [{ path, managers: [...new Set(managers)] }]
  })
}
