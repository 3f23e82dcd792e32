import { parseQuantity } from '../../../core/quantity.ts'
import type { Cell } from './table.ts'

/** What a column's values are compared as. `plain` is the server's own order of names. */
export type Meaning = 'plain' | 'natural' | 'age' | 'value'

/** Each value's place in ascending order (equal values share one), and from which place on they are empty. */
export type Ranks = { readonly ranks: Uint32Array; readonly emptyFrom: number }

type Key = { readonly kind: number; readonly number: number; readonly text: string }

const empty: Key = { kind: 2, number: 0, text: '' }

/**
 * Ranks a column's distinct values as a person means them: numbers, quantities (`250m`, `1Gi`), `1/2`, `3 (5m ago)`,
 * durations (`3d4h`), and texts with their numbers counted (`pod-2` before `pod-10`). Empty ones come last.
 */
export function rankValues(values: readonly Cell[], meaning: Meaning): Ranks {
  const keys = values.map(keyMaker(values, meaning))
  const order = Uint32Array.from(values, (_, index) => index)
  order.sort((a, b) => compareKeys(keys[a] ?? empty, keys[b] ?? empty))
  const ranks = new Uint32Array(values.length)
  let rank = 0
  let emptyFrom = Number.POSITIVE_INFINITY
  order.forEach((value, place) => {
    const key = keys[value] ?? empty
    const before = keys[order[place - 1] ?? value] ?? empty
    if (place > 0 && compareKeys(before, key) !== 0) rank = place
    if (key.kind === empty.kind) emptyFrom = Math.min(emptyFrom, rank)
    ranks[value] = rank
  })
  return { ranks, emptyFrom }
}

/** What the values of a column of the server's Table are compared as. */
export function meaningOf(name: string): Meaning {
  return /\b(age|duration|last|since|uptime)\b/i.test(name) ? 'age' : 'value'
}

function keyMaker(values: readonly Cell[], meaning: Meaning): (value: Cell) => Key {
  switch (meaning) {
    case 'plain':
      return value => (isEmpty(value) ? empty : { kind: 1, number: 0, text: String(value) })
    case 'natural':
      return value => (isEmpty(value) ? empty : { kind: 1, number: 0, text: naturalText(String(value)) })
    case 'age':
      return value => (isEmpty(value) ? empty : keyOf(value, seconds))
    case 'value': {
      // `5m` is five minutes or five thousandths: durations only where some value can be nothing else.
      const texts = values.filter(value => !isEmpty(value)).map(String)
      const durations = texts.every(text => seconds(text) !== null) && texts.some(text => parseQuantity(text) === null)
      return value => (isEmpty(value) ? empty : keyOf(value, durations ? seconds : amount))
    }
  }
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
