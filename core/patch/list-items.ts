import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { Step } from '../path.ts'
import { isDeletion } from './directives.ts'
import { pathOf, refuse, type Trail } from './refusal.ts'
import { type JsonKind, kindOf, requireObject, scalarKey } from './values.ts'

/** A list item's merge key value. Refuses `merge-key-missing`, `merge-key-not-scalar`, `patch-type-mismatch`. */
export function mergeValueOf(item: Json, mergeKey: string, at: Trail): Json {
  const value = fieldOf(requireObject(item, at), mergeKey)
  if (value === undefined) return refuse({ code: 'merge-key-missing', key: mergeKey, path: pathOf(at) })
  return requireScalar(value, mergeKey, at)
}

function requireScalar(value: Json, mergeKey: string, at: Trail): Json {
  if (isObject(value) || isList(value)) refuse({ code: 'merge-key-not-scalar', key: mergeKey, path: pathOf(at) })
  return value
}

/** The step to a list item by its merge key. */
export function itemStep(mergeKey: string, value: Json): Step {
  return { keys: Object.fromEntries([[mergeKey, value]]) }
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

/** What tells the items of one list apart: the merge key's value, or the scalar itself where `mergeKey` is empty. */
export function identityOf(item: Json, mergeKey: string, at: Trail): string {
  return scalarKey(mergeKey === '' ? requireItemScalar(item, at) : mergeValueOf(item, mergeKey, at))
}

function requireItemScalar(item: Json, at: Trail): Json {
  if (isObject(item) || isList(item)) refuse({ code: 'merge-key-missing', key: '', path: pathOf(at) })
  return item
}

/** Where each identity first stands in a list. */
export function placesOf(list: readonly Json[], mergeKey: string, at: Trail): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  list.forEach((item, index) => {
    const identity = identityOf(item, mergeKey, at)
    if (!places.has(identity)) places.set(identity, index)
  })
  return places
}

/** A list with the order that it is to follow. */
type Ordered = { readonly items: readonly Json[]; readonly order: ReadonlyMap<string, number> }

/** The items in the given order, items with `$patch: delete` last. (Go: normalizeSliceOrder.) */
export function inOrder({ items, order }: Ordered, mergeKey: string, at: Trail): readonly Json[] {
  const ranked = items
    .filter(item => !isDeletion(item))
    .map(item => ({ item, rank: order.get(identityOf(item, mergeKey, at)) }))
  const deletions = items.filter(isDeletion)
  const sorted = ranked.every(({ rank }) => rank !== undefined)
    ? ranked.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    : insertionSorted(ranked)
  return [...sorted.map(({ item }) => item), ...deletions]
}

type Ranked = { readonly item: Json; readonly rank: number | undefined }

// Items that the order does not name are "less" than every neighbour in Go, on either side of a comparison; where
// they land is what its insertion sort makes of that (blocks of 20). Longer lists get them in front, last first.
function insertionSorted(ranked: readonly Ranked[]): readonly Ranked[] {
  if (ranked.length > 20) {
    const unnamed = ranked.filter(({ rank }) => rank === undefined).reverse()
    const named = ranked.filter(({ rank }) => rank !== undefined)
    return [...unnamed, ...named.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))]
  }
  const sorted: Ranked[] = []
  for (const next of ranked) {
    let place = sorted.length
    while (place > 0 && goesBefore(next, sorted[place - 1])) place--
    sorted.splice(place, 0, next)
  }
  return sorted
}

function goesBefore(a: Ranked, b: Ranked | undefined): boolean {
  return a.rank === undefined || b?.rank === undefined || a.rank < b.rank
}

/**
 * One list of the items that an order names (`named`) and those that only the server has: both keep their own
 * order, and a server's item goes before the first named one that it preceded on the server. (Go: normalizeElementOrder.)
 */
export function interleaved(
  merged: readonly Json[],
  order: ReadonlyMap<string, number>,
  serverOrder: ReadonlyMap<string, number>,
  mergeKey: string,
  at: Trail,
): readonly Json[] {
  const named: Json[] = []
  const serverOnly: Json[] = []
  for (const item of merged) (order.has(identityOf(item, mergeKey, at)) ? named : serverOnly).push(item)
  const right = inOrder({ items: named, order }, mergeKey, at)
  const left = inOrder({ items: serverOnly, order: serverOrder }, mergeKey, at)
  return zipped(left, right, item => serverOrder.get(identityOf(item, mergeKey, at)))
}

function zipped(
  left: readonly Json[],
  right: readonly Json[],
  placeOf: (item: Json) => number | undefined,
): readonly Json[] {
  const all: Json[] = []
  let taken = 0
  for (const item of right) {
    const limit = placeOf(item)
    while (taken < left.length && limit !== undefined) {
      const next = left[taken]
      const place = next === undefined ? undefined : placeOf(next)
      if (next === undefined || place === undefined || place >= limit) break
      all.push(next)
      taken++
    }
    all.push(item)
  }
  return [...all, ...left.slice(taken)]
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

/** An item's fields as they stand in `$setElementOrder`: its merge key alone. */
export function orderEntry(item: Json, mergeKey: string, at: Trail): JsonObject {
  return Object.fromEntries([[mergeKey, mergeValueOf(item, mergeKey, at)]])
}
