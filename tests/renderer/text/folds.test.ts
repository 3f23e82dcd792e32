import { codeFolding, foldedRanges } from '@codemirror/language'
import { EditorState, Text, type Transaction } from '@codemirror/state'
import { expect, test } from 'vitest'
import { foldAtOpening, longValues, regions } from '../../../renderer/text/folds.ts'

const textOf = (lines: string) => Text.of(lines.split('\n'))
const long = 'x'.repeat(400)

test.each([
  [
    'what kubectl applied last',
    `metadata:\n  annotations:\n    last: |\n      {"a":"${long}"}\n  name: x`,
    [`\n      {"a":"${long}"}`],
  ],
  ['a certificate', `data:\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n${'    AAAA\n'.repeat(9)}  b: 1`, [9]],
  ['most of a long line', `data:\n  a: ${long}\n  b: 1`, [long.slice(48)]],
  ['nothing of a script', `data:\n  run.sh: |\n${'    echo\n'.repeat(50)}  b: 1`, []],
  ['nothing that is short', 'metadata:\n  annotations:\n    a: b\n  name: x', []],
])('folds at opening %s', (_, text, expected) => {
  const doc = textOf(text)
  const folded = longValues(doc).map(({ from, to }) => doc.sliceString(from, to))
  expect(folded.map(part => (part.includes('AAAA') ? part.split('AAAA').length - 1 : part))).toEqual(expected)
})

test('regions are found by indentation, items too, and nothing within a script', () => {
  const doc = textOf('a:\n  b:\n  - c: 1\n    d: 2\n  - e: 3\n    s: |\n      x\n        y\n\nz: 1\n')
  const found = regions(doc).map(({ header, to, depth }) => [
    doc.lineAt(header).text,
    doc.lineAt(to).text.trim(),
    depth,
  ])
  expect(found).toEqual([
    ['a:', 'y', 1],
    ['  b:', 'y', 2],
    ['  - c: 1', 'd: 2', 3],
    ['  - e: 3', 'y', 3],
    ['    s: |', 'y', 4],
  ])
})

test('what kubectl applied last is folded beside the status that stands below it', () => {
  const applied = `metadata:\n  annotations:\n    last: |\n      {"a":"${long}"}\n`
  let state = EditorState.create({ doc: `${applied}status:\n  replicas: 1`, extensions: codeFolding() })
  const dispatch = (transaction: Transaction) => {
    state = transaction.state
  }
  foldAtOpening({ state, dispatch })
  const folded: string[] = []
  foldedRanges(state).between(0, state.doc.length, from => void folded.push(state.doc.lineAt(from).text.trim()))
  expect(folded).toEqual(['last: |', 'status:'])
})
