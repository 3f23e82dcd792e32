import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { below, pathOf, refuse, type Trail } from './refusal.ts'
import { type JsonKind, kindOf, requireObject, scalarKey } from './values.ts'

/** A merged list's place, and the key that tells its items apart: `''` for a list of scalars. */
export type Keyed = { readonly mergeKey: string; readonly at: Trail }

/** A list item's merge key value. Refuses `merge-key-missing`, `merge-key-not-scalar`, `patch-type-mismatch`. */
export function mergeValueOf(item: Json, { mergeKey, at }: Keyed): Json {
  const value = fieldOf(requireObject(item, at), mergeKey)
  if (value === undefined) return refuse({ code: 'merge-key-missing', key: mergeKey, path: pathOf(at) })
  if (isObject(value) || isList(value)) refuse({ code: 'merge-key-not-scalar', key: mergeKey, path: pathOf(at) })
  return value
}

/** What tells an item apart, as a key for Maps and Sets: its merge key's value, or the scalar itself. */
export function identityOf(item: Json, keyed: Keyed): string {
  if (keyed.mergeKey !== '') return scalarKey(mergeValueOf(item, keyed))
  if (isObject(item) || isList(item)) refuse({ code: 'merge-key-missing', key: '', path: pathOf(keyed.at) })
  return scalarKey(item)
}

/** Where each identity first stands in a list. */
export function placesOf(list: readonly Json[], keyed: Keyed): Map<string, number> {
  const places = new Map<string, number>()
  for (const [index, item] of list.entries()) {
    const identity = identityOf(item, keyed)
    if (!places.has(identity)) places.set(identity, index)
  }
  return places
}

/** The trail to the item whose merge key has this value. */
export function belowItem({ mergeKey, at }: Keyed, value: Json): Trail {
  return below(at, { keys: orderEntry(mergeKey, value) })
}

/** An item as it stands in `$setElementOrder`: its merge key alone. */
export function orderEntry(mergeKey: string, value: Json): JsonObject {
  return { [mergeKey]: value }
}

/**
 * The one kind of all items of the lists. Refuses (`patch-type-mismatch`) items of different kinds, nulls and
 * lists, and (`patch-list-order`) no items at all. (Go: sliceElementType.)
 */
export function itemKind(at: Trail, ...lists: readonly (readonly Json[])[]): JsonKind {
  let kind: JsonKind | null = null
  for (const list of lists) {
    for (const item of list) {
      const found = kindOf(item)
      if (found === 'null' || found === 'list' || (kind !== null && found !== kind)) {
        return refuse({ code: 'patch-type-mismatch', expected: kind ?? 'object or scalar', found, path: pathOf(at) })
      }
      kind = found
    }
  }
  return kind ?? refuse({ code: 'patch-list-order', detail: 'the list has no items', path: pathOf(at) })
}

/** Scalars without repeats, in the order that Go leaves: a repeat gives its place to the last item. (Go: deduplicateScalars.) */
export function withoutRepeats(list: readonly Json[]): readonly Json[] {
  const rest = [...list]
  const seen = new Set<string>()
  for (let i = 0; i < rest.length; i++) {
    const identity = scalarKey(rest[i] ?? null)
    if (!seen.has(identity)) seen.add(identity)
    else {
      const last = rest.pop()
      if (i < rest.length && last !== undefined) rest[i--] = last
    }
  }
  return rest
}
