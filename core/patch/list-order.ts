import type { Json } from '../json.ts'
import { isDeletion } from './directives.ts'
import { identityOf, type Keyed } from './list-items.ts'

/** The place of each identity in the list that gives the order. */
export type Order = ReadonlyMap<string, number>

/** The items in the given order, items with `$patch: delete` last. (Go: normalizeSliceOrder.) */
export function inOrder(items: readonly Json[], order: Order, keyed: Keyed): readonly Json[] {
  const kept = items.filter(item => !isDeletion(item))
  const ranked = kept.map(item => ({ item, rank: order.get(identityOf(item, keyed)) }))
  const sorted = ranked.every(({ rank }) => rank !== undefined) ? ranked.sort(byRank) : withUnnamed(ranked)
  return [...sorted.map(({ item }) => item), ...items.filter(isDeletion)]
}

type Ranked = { readonly item: Json; readonly rank: number | undefined }

function byRank(a: Ranked, b: Ranked): number {
  return (a.rank ?? 0) - (b.rank ?? 0)
}

// In Go an item that the order does not name is "less" than every other, and every other less than it. Where such
// items land is what insertion sort makes of that; up to 20 items Go sorts so. Of more, they come first, last first.
function withUnnamed(ranked: readonly Ranked[]): readonly Ranked[] {
  if (ranked.length > 20) {
    const unnamed = ranked.filter(({ rank }) => rank === undefined).reverse()
    return [...unnamed, ...ranked.filter(({ rank }) => rank !== undefined).sort(byRank)]
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
 * One list of the items that the order names and those that only the server has. Both keep their own order; a
 * server's item goes before the first named one that stood behind it on the server. (Go: normalizeElementOrder.)
 */
export function interleaved(items: readonly Json[], order: Order, serverOrder: Order, keyed: Keyed): readonly Json[] {
  const named = items.filter(item => order.has(identityOf(item, keyed)))
  const serverOnly = items.filter(item => !order.has(identityOf(item, keyed)))
  const waiting = inOrder(serverOnly, serverOrder, keyed)
  const placeOf = (item: Json | undefined): number =>
    (item === undefined ? undefined : serverOrder.get(identityOf(item, keyed))) ?? Number.NaN
  const all: Json[] = []
  let taken = 0
  for (const item of inOrder(named, order, keyed)) {
    const limit = placeOf(item)
    // A place that is not known is NaN: not before, not behind.
    while (placeOf(waiting[taken]) < limit) all.push(...waiting.slice(taken, ++taken))
    all.push(item)
  }
  return [...all, ...waiting.slice(taken)]
}
