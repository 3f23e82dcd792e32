import { parseQuantity } from '../../../core/quantity.ts'
import type { Cell } from './table.ts'

/** What a column's values are compared as. `plain` is the server's own order of names. */
export type Meaning = 'plain' | 'natural' | 'age' | 'value'

/** Each value's place in ascending order (equal values share one), and from which place on they are empty. */
export type Ranks = {
  readonly ranks: Uint32Array
  readonly emptyFrom: number
  /** What ranking more of the same values can begin from. */
  readonly sorted: Sorted
}

type Sorted = {
  readonly values: readonly Cell[]
  readonly read: (value: Cell) => Key
  readonly keys: readonly Key[]
  readonly order: Uint32Array
}

type Key = { readonly kind: number; readonly number: number; readonly text: string }

const empty: Key = { kind: 2, number: 0, text: '' }

/**
 * Ranks a column's distinct values as a person means them: numbers, quantities (`250m`, `1Gi`), `1/2`, `3 (5m ago)`,
 * durations (`3d4h`), and texts with their numbers counted (`pod-2` before `pod-10`). Empty ones come last.
 * `before` is an earlier answer for the same list of values, which may have grown since.
 */
export function rankValues(values: readonly Cell[], meaning: Meaning, before?: Ranks): Ranks {
  const read = readerOf(values, meaning)
  // A list that follows a busy cluster gets a few new names at a time: only those are sorted, then merged in.
  const known = before?.sorted.values === values && before.sorted.read === read ? before.sorted : null
  const knownKeys = known?.keys ?? []
  const keys = [...knownKeys, ...values.slice(knownKeys.length).map(read)]
  const added = Uint32Array.from({ length: keys.length - knownKeys.length }, (_, at) => knownKeys.length + at)
  added.sort((a, b) => compareKeys(keys[a] ?? empty, keys[b] ?? empty))
  const order = known === null ? added : mergeOrders(known.order, added, keys)
  return { ...ranksOf(order, keys), sorted: { values, read, keys, order } }
}

function ranksOf(order: Uint32Array, keys: readonly Key[]): Pick<Ranks, 'ranks' | 'emptyFrom'> {
  const ranks = new Uint32Array(order.length)
  let rank = 0
  let emptyFrom = Number.POSITIVE_INFINITY
  let before: Key | null = null
  order.forEach((value, place) => {
    const key = keys[value] ?? empty
    if (before !== null && compareKeys(before, key) !== 0) rank = place
    if (key.kind === empty.kind) emptyFrom = Math.min(emptyFrom, rank)
    ranks[value] = rank
    before = key
  })
  return { ranks, emptyFrom }
}

function mergeOrders(known: Uint32Array, added: Uint32Array, keys: readonly Key[]): Uint32Array {
  const order = new Uint32Array(known.length + added.length)
  let from = 0
  let at = 0
  for (const value of added) {
    const key = keys[value] ?? empty
    while (from < known.length && compareKeys(keys[known[from] ?? 0] ?? empty, key) <= 0)
      order[at++] = known[from++] ?? 0
    order[at++] = value
  }
  order.set(known.subarray(from), at)
  return order
}

/** What the values of a column of the server's Table are compared as. */
export function meaningOf(name: string): Meaning {
  return /\b(age|duration|last|since|uptime)\b/i.test(name) ? 'age' : 'value'
}

function readerOf(values: readonly Cell[], meaning: Meaning): (value: Cell) => Key {
  switch (meaning) {
    case 'plain':
      return plainKey
    case 'natural':
      return naturalKey
    case 'age':
      return ageKey
    case 'value':
      return areDurations(values) ? ageKey : amountKey
  }
}

// `5m` is five minutes or five thousandths: durations only where some value can be nothing else.
function areDurations(values: readonly Cell[]): boolean {
  const isDuration = (value: Cell) => isEmpty(value) || seconds(String(value)) !== null
  return values.every(isDuration) && values.some(value => !isEmpty(value) && parseQuantity(String(value)) === null)
}

function plainKey(value: Cell): Key {
  return isEmpty(value) ? empty : { kind: 1, number: 0, text: String(value) }
}

function naturalKey(value: Cell): Key {
  return isEmpty(value) ? empty : { kind: 1, number: 0, text: naturalText(String(value)) }
}

function ageKey(value: Cell): Key {
  return isEmpty(value) ? empty : keyOf(value, seconds)
}

function amountKey(value: Cell): Key {
  return isEmpty(value) ? empty : keyOf(value, amount)
}

function keyOf(value: Cell, read: (text: string) => number | null): Key {
  if (typeof value === 'number') return { kind: 0, number: value, text: '' }
  const text = String(value)
  const number = read(text)
  return number === null ? { kind: 1, number: 0, text: naturalText(text) } : { kind: 0, number, text: '' }
}

function compareKeys(a: Key, b: Key): number {
  return a.kind - b.kind || a.number - b.number || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
}

function isEmpty(value: Cell): boolean {
  return value === null || value === '' || value === '<none>' || value === '<unknown>' || value === '<unset>'
}

// A number is written as its length and its digits, so that comparing texts compares numbers.
function naturalText(text: string): string {
  if (!/\d/.test(text)) return text.toLowerCase()
  return text.toLowerCase().replace(/0*(\d+)/g, (_, digits: string) => String.fromCharCode(48 + digits.length) + digits)
}

function amount(text: string): number | null {
  const part = /^(\d+)\/(\d+)$/.exec(text)
  // 1/2 before 2/2, and 1/1 before 2/2: by ready share, then by how many.
  if (part !== null) return Number(part[1]) / Math.max(Number(part[2]), 1) + Number(part[2]) * 1e-9
  const leading = /^(\d+) \(.*\)$/.exec(text)
  if (leading !== null) return Number(leading[1])
  const percent = /^(-?\d+(?:\.\d+)?)%/.exec(text)
  if (percent !== null) return Number(percent[1])
  const quantity = parseQuantity(text)
  return quantity === null ? null : Number(quantity) / 1e9
}

const unitSeconds: Readonly<Record<string, number>> = { y: 365 * 86_400, d: 86_400, h: 3_600, m: 60, s: 1 }

function seconds(text: string): number | null {
  if (!/^(\d+[ydhms])+( ago)?$/.test(text)) return null
  const parts = [...text.matchAll(/(\d+)([ydhms])/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ''] ?? 0), 0)
}
