import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../contract/browse.ts'
import {
  anchored,
  cursorIndex,
  indexAfterKey,
  noneChosen,
  ranged,
  toggled,
  windowAround,
} from '../../../renderer/browse/selection.ts'

test.each([
  ['ArrowDown', null, 0],
  ['ArrowUp', null, 99],
  ['ArrowDown', 0, 1],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 24],
  ['PageUp', 5, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['x', 50, null],
])('%s from %s leads to %s', (key, index, expected) => {
  expect(indexAfterKey(key, index, 100, 20)).toBe(expected)
})

test('in an empty list no key leads anywhere', () => {
  expect(indexAfterKey('ArrowDown', null, 0, 20)).toBeNull()
})

const rows = ['a', 'b', 'c'].map(
  (key): Row => ({
    key,
    context: 'c',
    namespace: null,
    name: key,
    uid: key,
    created: null,
    changed: null,
    changedBy: null,
    changedIn: null,
    deleting: false,
    cells: [],
    labels: [],
  }),
)

test('the cursor follows its row, and stays where it was when the row is out of sight', () => {
  const list = { window: { start: 10, rows }, matched: 20 }
  expect(cursorIndex({ key: 'b', index: 3 }, list)).toBe(11)
  expect(cursorIndex({ key: 'gone', index: 3 }, list)).toBe(3)
  expect(cursorIndex({ key: 'gone', index: 30 }, list)).toBe(19)
  expect(cursorIndex(null, list)).toBeNull()
  expect(cursorIndex({ key: 'b', index: 3 }, { ...list, matched: 0 })).toBeNull()
})

test('a window holds what is in sight, within what the host answers at once', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 0, max: 100 }), (first, more) => {
      const { start, count } = windowAround(first, first + more)
      expect(start).toBeLessThanOrEqual(first)
      expect(start + count).toBeGreaterThan(first + more)
      expect(count).toBeLessThanOrEqual(500)
    }),
  )
})

test('a range is drawn anew from where it began, beside what was chosen before', () => {
  const at = (key: string) => ({ key, index: 0 })
  const keys = (chosen: { readonly keys: ReadonlySet<string> }) => [...chosen.keys].sort().join('')
  const one = toggled(noneChosen, at('a'))
  const begun = toggled(one, at('c'))
  const long = ranged(begun, ['c', 'd', 'e'])
  expect(keys(long)).toBe('acde')
  expect(keys(ranged(long, ['b', 'c']))).toBe('abc')
  expect(keys(toggled(long, at('a')))).toBe('cde')
  const moved = anchored(long, at('x'))
  expect(keys(moved)).toBe('acde')
  expect(keys(ranged(moved, ['x']))).toBe('acdex')
})
