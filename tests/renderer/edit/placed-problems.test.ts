import { ChangeSet, Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import type { Problem } from '../../../core/problem.ts'
import { lineOf, mapProblems, placeProblems } from '../../../renderer/edit/placed-problems.ts'

const range = { from: 4, to: 7, line: 2, column: 1 }
const invalid: Problem = {
  code: 'invalid',
  message: '',
  causes: [
    { reason: 'FieldValueInvalid', field: 'spec.a', message: 'no', range },
    { reason: 'FieldValueInvalid', field: 'spec.b', message: 'no' },
  ],
}

test('each cause of a refusal has its own place', () => {
  expect(placeProblems([invalid]).map(({ from, to }) => [from, to])).toEqual([
    [4, 7],
    [null, null],
  ])
})

test('a place moves with the text before it', () => {
  const text = Text.of('one\ntwo\nsix'.split('\n'))
  const changes = ChangeSet.of({ from: 0, to: 0, insert: '# a\n' }, text.length)
  const [first, second] = mapProblems(placeProblems([invalid]), changes)
  expect(first && [first.from, first.to, lineOf(first, changes.apply(text))]).toEqual([8, 11, 3])
  expect(second && lineOf(second, text)).toBeNull()
})
