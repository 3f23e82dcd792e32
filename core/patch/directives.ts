import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isObject } from '../object.ts'
import { below, pathOf, refuse, type Trail } from './refusal.ts'
import { kindOf, requireRoom } from './values.ts'

/** `$patch: delete | replace` beside a map's keys: what to do with the whole map. */
export const patchDirective = '$patch'
/** `$retainKeys: [...]`: every key of the map that is to stay. */
export const retainKeysDirective = '$retainKeys'
/** `$deleteFromPrimitiveList/<field>: [...]`: the values to take out of a list of scalars. */
export const deleteListPrefix = '$deleteFromPrimitiveList'
/** `$setElementOrder/<field>: [...]`: the order of a merged list's items. */
export const orderPrefix = '$setElementOrder'

/** The directive key of a list field. */
export function parallelKey(prefix: string, field: string): string {
  return `${prefix}/${field}`
}

/** The list field that a parallel list's key speaks of, null when the key is malformed. */
export function parallelField(key: string, prefix: string): string | null {
  return key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1) : null
}

/** The list item that removes the item with this merge key. */
export function deletionOf(mergeKey: string, value: Json): JsonObject {
  // Computed, `__proto__` is a key like any other.
  return { [mergeKey]: value, [patchDirective]: 'delete' }
}

/** True for a list item that says `$patch: delete`. */
export function isDeletion(item: Json): boolean {
  return isObject(item) && fieldOf(item, patchDirective) === 'delete'
}

/**
 * A patch's value as it lands where nothing was: without maps that carry `$patch`, and, on a server, without nulls.
 * Undefined when nothing is left. Refuses `too-deep`. (Go: discardNullValuesFromPatch, removeDirectives.)
 */
export function landed(value: Json, dropNulls: boolean, at: Trail): Json | undefined {
  if (typeof value !== 'object' || value === null) return value
  requireRoom(at)
  if (!isObject(value)) {
    return value.flatMap((item, index) => {
      const kept = landed(item, dropNulls, below(at, index))
      return kept === undefined ? [] : [kept]
    })
  }
  const directive = fieldOf(value, patchDirective)
  if (directive !== undefined && !(dropNulls && directive === null)) return undefined
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => {
      if (dropNulls && child === null) return []
      const kept = landed(child, dropNulls, below(at, key))
      return kept === undefined ? [] : [[key, kept] as const]
    }),
  )
}

/** Refuses (`patch-directive-unknown`) a `$patch` of which nothing is known. */
export function refusePatch(value: Json, at: Trail): never {
  refuseDirective(`${patchDirective}: ${typeof value === 'string' ? value : kindOf(value)}`, at)
}

/** Refuses (`patch-directive-unknown`) a directive that is unknown, malformed or not allowed where it stands. */
export function refuseDirective(directive: string, at: Trail): never {
  refuse({ code: 'patch-directive-unknown', directive, path: pathOf(at) })
}
