import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { foldableAtOpening } from '../../../renderer/edit/fold-status.ts'

/** The folded parts of a text, each without the key's own line. */
function folded(lines: string): string[] {
  const text = Text.of(lines.split('\n'))
  return foldableAtOpening(text).map(({ from, to }) => text.sliceString(from, to))
}

test.each([
  ['status at the end', 'kind: Pod\nstatus:\n  a: 1\n  b:\n  - c\n', ['\n  a: 1\n  b:\n  - c']],
  ['status in between', 'status:\n  a: 1\nzone: x', ['\n  a: 1']],
  [
    'a list at the margin of its key',
    'metadata:\n  managedFields:\n  - a: 1\n    b: 2\n  - c: 3\n  name: x',
    ['\n  - a: 1\n    b: 2\n  - c: 3'],
  ],
  ['an empty line inside a block scalar', 'status:\n  text: |\n    a\n\n    b\nz: 1', ['\n  text: |\n    a\n\n    b']],
  ['a status with its value on the line', 'status: {}\nkind: Pod', []],
  ['a field named status elsewhere', 'spec:\n  status:\n    a: 1', []],
  ['managedFields outside of metadata', 'spec:\n  managedFields:\n  - a', []],
  ['nothing below it', 'status:\n', []],
])('folds %s', (_, text, expected) => {
  expect(folded(text)).toEqual(expected)
})
