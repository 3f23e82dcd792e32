import { type Ground, type IdentifiedItem, itemGround } from '../identity.ts'
import type { Json } from '../json.ts'
import { fieldOf, isObject } from '../object.ts'
import { matchLines } from '../text-match.ts'
import { type Operation, pointerTo } from './json-patch.ts'
import { append, aside, guard, type PatchDraft, removeValue, replaceValue } from './json-patch-draft.ts'

type Items = readonly IdentifiedItem[]

/** A list with identities, before and after; items in both are the common ones. */
type Lists = { readonly from: Items; readonly to: Items; readonly ground: Ground; readonly at: string }

// Beyond these the tests (or the work to place the items) would cost more than the list itself.
const mostTests = 100
const mostMoves = 1000

/**
 * Turns a list into another, item by item: changes, then removals from the back, moves, and additions from the front, so
 * that every index is right when its turn comes. Guarded, an item is tested for all its identity keys before something
 * in it changes; where items move or come in, all of the list's are.
 */
export function changeItems(draft: PatchDraft, from: Items, to: Items, ground: Ground, at: string): void {
  const lists = { from, to, ground, at }
  const [before, after] = [places(from), places(to)]
  const kept = from.filter(item => after.has(item.id))
  const wanted = to.filter(item => before.has(item.id))
  const moves = movesBetween(kept, wanted)
  if (moves === null) {
    replaceValue(draft, at, valuesOf(from), valuesOf(to))
    return
  }
  const rearranged = moves.length > 0 || wanted.length < to.length
  if (rearranged) guardWholeList(draft, lists)
  changeCommon(draft, lists, after, rearranged)
  for (let index = from.length - 1; index >= 0; index--) {
    const item = from[index]
    if (item === undefined || after.has(item.id)) continue
    // A set's item is its identity, which has been tested.
    const tested = rearranged && 'value' in item.step
    removeValue(tested ? { ...draft, guarded: false } : draft, pointerTo(at, index), item.value)
  }
  for (const move of moves) {
    draft.operations.push({ op: 'move', from: pointerTo(at, move.from), path: pointerTo(at, move.to) })
  }
  addNew(draft, lists, before, wanted.length)
}

function places(items: Items): ReadonlyMap<string, number> {
  return new Map(items.map(({ id }, index) => [id, index]))
}

function valuesOf(items: Items): readonly Json[] {
  return items.map(item => item.value)
}

function changeCommon(
  draft: PatchDraft,
  { from, to, ground, at }: Lists,
  after: ReadonlyMap<string, number>,
  known: boolean,
): void {
  for (const [index, item] of from.entries()) {
    const other = to[after.get(item.id) ?? to.length]
    if (other === undefined) continue
    const inside = aside(draft, draft.guarded)
    draft.change(inside, item.value, other.value, itemGround(ground, item.value, other.value), pointerTo(at, index))
    if (inside.operations.length === 0) continue
    if (draft.guarded && !known) append(draft, identityTests(item, pointerTo(at, index)))
    append(draft, inside.operations)
  }
}

/** Tests of all identity keys as the item holds them. One left to its default is absent, which the server reads as null. */
function identityTests({ step, value }: IdentifiedItem, at: string): readonly Operation[] {
  if ('value' in step) return [{ op: 'test', path: at, value: step.value }]
  return Object.keys(step.keys).map(key => {
    const own = isObject(value) ? fieldOf(value, key) : undefined
    return { op: 'test', path: pointerTo(at, key), value: own ?? null }
  })
}

/**
 * Guards the order and the membership of the list: nobody has added what this patch adds, or moved what it passes. The
 * first item is tested at its place from the end, too: since identities are unique, the list then has no further items.
 */
function guardWholeList(draft: PatchDraft, { from, at }: Lists): void {
  if (!draft.guarded) return
  const [first] = from
  const tests = from.flatMap((item, index) => identityTests(item, pointerTo(at, index)))
  if (first !== undefined) tests.push(...identityTests(first, pointerTo(at, -from.length)))
  if (tests.length > mostTests) guard(draft, at, valuesOf(from))
  else append(draft, tests)
}

type Move = { readonly from: number; readonly to: number }

/** The fewest moves that bring the items into the wanted order, each from where its item then is. Null when they are too many. */
function movesBetween(items: Items, wanted: Items): readonly Move[] | null {
  const rank = places(wanted)
  const order = Int32Array.from(items, item => rank.get(item.id) ?? 0)
  const staying = matchLines(order, Int32Array.from(wanted.keys()), wanted.length)
  const moving = order.filter((_, index) => (staying[index] ?? -1) < 0).sort()
  if (moving.length > mostMoves) return null
  const now = [...order]
  return [...moving].map(place => {
    const from = now.indexOf(place)
    now.splice(from, 1)
    // Behind the one that precedes it in the end, which is already in its place among those before.
    const to = now.indexOf(place - 1) + 1
    now.splice(to, 0, place)
    return { from, to }
  })
}

function addNew(draft: PatchDraft, { to, at }: Lists, before: ReadonlyMap<string, number>, common: number): void {
  let length = common
  for (const [index, { id, value }] of to.entries()) {
    if (before.has(id)) continue
    draft.operations.push({ op: 'add', path: pointerTo(at, index === length ? '-' : index), value })
    length++
  }
}
