import { readApplied } from '../client-side-apply.ts'
import { type CopyReason, copyObject } from '../copy.ts'
import type { JsonObject } from '../json.ts'
import { formatPath, valueAt } from '../path.ts'
import { isSecret } from '../secrets.ts'
import { withoutDefaults } from './defaults.ts'

/** Why a field is not in a manifest: as for a copy; or the server fills it in by itself; or it holds a Secret's values. */
export type ExportReason = CopyReason | 'default' | 'secret'
export type NotExported = { readonly path: string; readonly why: ExportReason }

/**
 * An object as its manifest in Git would say it: without what the server, admission and controllers made of it, and
 * without defaults that its author (by last-applied) did not name. `values`: whether a Secret's values are in it.
 */
export function manifestOf(
  object: JsonObject,
  { values, applied }: { readonly values: boolean; readonly applied: JsonObject | null },
): { readonly object: JsonObject; readonly leftOut: readonly NotExported[] } {
  const copied = copyObject(object, { owners: false })
  const bare = withoutDefaults(copied.object, path => applied !== null && valueAt(applied, path) !== undefined)
  const defaults = bare.paths.map(path => ({ path: formatPath(path), why: 'default' as const }))
  const open = values ? { object: bare.object, leftOut: [] } : withoutValues(bare.object)
  return { object: open.object, leftOut: [...copied.leftOut, ...defaults, ...open.leftOut] }
}

/** What `kubectl apply` remembers in an object, null where that is nothing. */
export function appliedIn(object: JsonObject): JsonObject | null {
  const applied = readApplied(object)
  return applied.kind === 'present' ? applied.configuration : null
}

/** A Secret without its values: a manifest with false ones would overwrite the right ones wherever it is applied. */
export function withoutValues(object: JsonObject): {
  readonly object: JsonObject
  readonly leftOut: readonly NotExported[]
} {
  if (!isSecret(object)) return { object, leftOut: [] }
  const { data, stringData, ...rest } = object
  const keys = [data, stringData].map(field => Object.keys(field ?? {}))
  const leftOut = ['data', 'stringData'].flatMap((field, index) =>
    (keys[index] ?? []).map(key => ({ path: formatPath([field, key]), why: 'secret' as const })),
  )
  return { object: rest, leftOut }
}
