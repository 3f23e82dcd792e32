import { canonicalJson, type Json } from './json.ts'

/** What becomes of the items of a list: an old one stays (perhaps changed), goes, or a new one comes. */
type ItemStep =
  | { readonly kind: 'keep'; readonly from: number; readonly to: number }
  | { readonly kind: 'remove'; readonly from: number }
  | { readonly kind: 'add'; readonly to: number }

/** Names an item so that it is recognised although it changed; null where it has no name. */
type NameItem = (item: Json) => string | null

/**
 * How one list becomes another, in the order of the text. Items are recognised by their names, without a name by being
 * equal; between those, nameless items are taken for changed ones in order. What moved is removed and added.
 */
export function alignItems(from: readonly Json[], to: readonly Json[], nameItem: NameItem): readonly ItemStep[] {
  const oldNames = namesOf(from, nameItem)
  const newNames = namesOf(to, nameItem)
  const steps: ItemStep[] = []
  let [nextOld, nextNew] = [0, 0]
  for (const [oldAt, newAt] of [...inOrder(samePairs(oldNames, newNames)), [from.length, to.length] as const]) {
    while (nextOld < oldAt && nextNew < newAt && isNameless(oldNames[nextOld]) && isNameless(newNames[nextNew])) {
      steps.push({ kind: 'keep', from: nextOld++, to: nextNew++ })
    }
    while (nextOld < oldAt) steps.push({ kind: 'remove', from: nextOld++ })
    while (nextNew < newAt) steps.push({ kind: 'add', to: nextNew++ })
    if (oldAt < from.length) steps.push({ kind: 'keep', from: nextOld++, to: nextNew++ })
  }
  return steps
}

function namesOf(items: readonly Json[], nameItem: NameItem): readonly string[] {
  return items.map(item => {
    const name = nameItem(item)
    return name === null ? `=${canonicalJson(item)}` : `#${name}`
  })
}

function isNameless(name: string | undefined): boolean {
  return name?.startsWith('=') ?? false
}

/** Pairs of places with the same name, each place once, in order of the new list. */
function samePairs(oldNames: readonly string[], newNames: readonly string[]): readonly (readonly [number, number])[] {
  const places = Map.groupBy(oldNames.keys(), index => oldNames[index] ?? '')
  return newNames.flatMap((name, newAt): [number, number][] => {
    const oldAt = places.get(name)?.shift()
    return oldAt === undefined ? [] : [[oldAt, newAt]]
  })
}

/** The longest choice of pairs whose old places ascend too (patience sorting). */
function inOrder(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const previous: (number | undefined)[] = []
  const tops: number[] = []
  for (const [index, [oldAt]] of pairs.entries()) {
    const pile = firstPile(tops, top => (pairs[top]?.[0] ?? 0) >= oldAt)
    previous[index] = pile > 0 ? tops[pile - 1] : undefined
    tops[pile] = index
  }
  const chosen: (readonly [number, number])[] = []
  for (let at = tops.at(-1); at !== undefined; at = previous[at]) {
    const pair = pairs[at]
    if (pair !== undefined) chosen.push(pair)
  }
  return chosen.reverse()
}

function firstPile(tops: readonly number[], fits: (top: number) => boolean): number {
  let [low, high] = [0, tops.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const top = tops[middle]
    if (top !== undefined && fits(top)) high = middle
    else low = middle + 1
  }
  return low
}
