import { expect, test } from 'vitest'
import type { Source } from '../../../contract/browse.ts'
import { progressOf } from '../../../renderer/browse/list-progress.tsx'

const source = (state: Source['state'], rows: number, expected: number | null = null): Source => ({
  context: 'a',
  namespace: null,
  state,
  problem: null,
  rows,
  expected,
})

test.each([
  ['all there', [source('live', 5)], null],
  ['one loading', [source('loading', 500, 10_000)], { rows: 500, expected: 10_000 }],
  ['others are there', [source('live', 20), source('loading', 5, 30), source('failed', 0)], { rows: 25, expected: 50 }],
  ['more than was expected', [source('loading', 40, 30)], { rows: 40, expected: 40 }],
  ['a server that does not tell', [source('loading', 5, 30), source('loading', 7)], { rows: 12, expected: null }],
])('%s', (_, sources, expected) => {
  expect(progressOf(sources)).toEqual(expected)
})
