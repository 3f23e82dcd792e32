import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isObject } from '../object.ts'
import { isDeletion, patchDirective, refusePatch } from './directives.ts'
import { belowItem, identityOf, itemKind, type Keyed, mergeValueOf, placesOf, withoutRepeats } from './list-items.ts'
import { interleaved } from './list-order.ts'
import { pathOf, refuse, type Trail } from './refusal.ts'
import { requireObject, scalarKey } from './values.ts'

/** A merged list, and the server's order as it stands after the merge. */
export type MergedList = { readonly merged: readonly Json[]; readonly serverOrder: readonly Json[] }

/** Merges a patch's item into the item of the same key. */
export type MergeItem = (target: JsonObject, patch: JsonObject, at: Trail) => JsonObject

/** Merges a patch's list into a list whose strategy is `merge`. (Go: mergeSlice.) */
export function mergeLists(
  before: readonly Json[],
  patch: readonly Json[],
  keyed: Keyed,
  mergeItem: MergeItem,
): MergedList {
  if (before.length === 0 && patch.length === 0) return { merged: before, serverOrder: before }
  if (itemKind(keyed.at, before, patch) === 'object') return mergeObjectLists(before, patch, keyed, mergeItem)
  const both = withoutRepeats([...before, ...patch])
  // With nothing to append, Go takes the repeats out of the server's list itself.
  const serverOrder = patch.length === 0 ? both : before
  return { merged: interleaved(both, placesOf(patch, keyed), placesOf(serverOrder, keyed), keyed), serverOrder }
}

function mergeObjectLists(
  before: readonly Json[],
  patch: readonly Json[],
  keyed: Keyed,
  mergeItem: MergeItem,
): MergedList {
  if (keyed.mergeKey === '') refuse({ code: 'merge-key-missing', key: '', path: pathOf(keyed.at) })
  const { base, additions } = obeyItems(before, patch, keyed)
  const items = mergeItems(base, additions, keyed, mergeItem)
  const merged = interleaved(items, placesOf(additions, keyed), placesOf(base, keyed), keyed)
  // Go appends into the space that deleted items left in the server's list: so far, new items count as the server's.
  return { merged, serverOrder: [...base, ...items.slice(base.length)].slice(0, before.length) }
}

/** Obeys the patch's items that carry `$patch`: what is left of the list, and what there is to merge. (Go: mergeSliceWithSpecialElements.) */
function obeyItems(
  before: readonly Json[],
  patch: readonly Json[],
  keyed: Keyed,
): { base: readonly Json[]; additions: readonly Json[] } {
  const additions: Json[] = []
  const deleted = new Set<string>()
  let replace = false
  for (const item of patch) {
    const directive = fieldOf(requireObject(item, keyed.at), patchDirective)
    if (directive === undefined) additions.push(item)
    else if (directive === 'delete') deleted.add(identityOf(item, keyed))
    else if (directive === 'replace') replace = true
    else refusePatch(directive, keyed.at)
  }
  if (replace) return { base: additions, additions: [] }
  if (deleted.size === 0) return { base: before, additions }
  return { base: before.filter(item => !deleted.has(identityOf(item, keyed))), additions }
}

/** The list with each addition merged into the first item of its key, or behind the others. (Go: mergeSliceWithoutSpecialElements.) */
function mergeItems(
  base: readonly Json[],
  additions: readonly Json[],
  keyed: Keyed,
  mergeItem: MergeItem,
): readonly Json[] {
  const items = [...base]
  const places = placesOf(base, keyed)
  for (const addition of additions) {
    const value = mergeValueOf(addition, keyed)
    const place = places.get(scalarKey(value)) ?? items.length
    const target = items[place]
    places.set(scalarKey(value), place)
    items[place] =
      target === undefined
        ? addition
        : mergeItem(requireObject(target, keyed.at), requireObject(addition, keyed.at), belowItem(keyed, value))
  }
  return items
}

/**
 * Refuses (`patch-list-order`) a patch list whose items are not in the `$setElementOrder` list, or in another order
 * there. (Go: validatePatchWithSetOrderList.)
 */
export function requireOrder(patch: readonly Json[], order: readonly Json[], keyed: Keyed): void {
  if (order.length === 0 || patch.length === 0) return
  const items = keyed.mergeKey === '' ? patch : patch.filter(item => !isDeletion(item))
  let next = 0
  for (let place = 0; next < items.length && place < order.length; ) {
    const item = items[next] ?? null
    if (isObject(item) && Object.hasOwn(item, patchDirective)) {
      next++
      continue
    }
    if (identityOf(item, keyed) === identityOf(order[place] ?? null, keyed)) next++
    place++
  }
  if (next < items.length) {
    refuse({ code: 'patch-list-order', detail: 'the items do not follow the order list', path: pathOf(keyed.at) })
  }
}
