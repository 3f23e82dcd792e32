import { insertNewlineAndIndent } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { indentUnit } from '@codemirror/language'
import { EditorState, type TransactionSpec } from '@codemirror/state'
import { expect, test } from 'vitest'
import { joinLines } from '../../../renderer/text/join-lines.ts'
import { yamlIndent } from '../../../renderer/text/yaml-indent.ts'
import { blockMoved, dashAt } from '../../../renderer/text/yaml-items.ts'

/** A state from a text in which `¦` is the cursor. */
function stateOf(marked: string): EditorState {
  const anchor = marked.indexOf('¦')
  return EditorState.create({
    doc: marked.replace('¦', ''),
    selection: { anchor },
    extensions: [indentUnit.of('  '), yamlIndent, yaml()],
  })
}

function marked({ doc, selection }: EditorState): string {
  const text = doc.toString()
  return `${text.slice(0, selection.main.head)}¦${text.slice(selection.main.head)}`
}

function after(before: string, change: (state: EditorState) => TransactionSpec | null): string | null {
  const state = stateOf(before)
  const made = change(state)
  return made === null ? null : marked(state.update(made).state)
}

test.each([
  ['a map below its key', 'spec:¦', 'spec:\n  ¦'],
  ['beside a field', 'spec:\n  replicas: 3¦', 'spec:\n  replicas: 3\n  ¦'],
  ['in the map of an item', '- name: a¦', '- name: a\n  ¦'],
  ['below a key of an item', '- ports:¦', '- ports:\n    ¦'],
  ['beside an item that is a word', 'args:\n- --flag¦', 'args:\n- --flag\n¦'],
  ['below an empty dash', 'a:\n- ¦', 'a:\n- \n  ¦'],
  ['a list that stands in the column of its key', 'a:\n  list:¦\n  - x', 'a:\n  list:\n  ¦\n  - x'],
  ['a map whose fields stand further in', 'a:¦\n    b: 1', 'a:\n    ¦\n    b: 1'],
  ['below the beginning of a script', 'data:\n  run.sh: |¦', 'data:\n  run.sh: |\n    ¦'],
  ['below a script in a list', '- |-¦', '- |-\n  ¦'],
  ['in a script', 'run.sh: |\n  if x; then\n    y¦', 'run.sh: |\n  if x; then\n    y\n    ¦'],
  ['in a script, at what looks like a key', 'run.sh: |\n  key:¦', 'run.sh: |\n  key:\n  ¦'],
  ['in a script, at what looks like a comment', 'run.sh: |\n  # a¦', 'run.sh: |\n  # a\n  ¦'],
  ['on an empty line of a script', 'run.sh: |\n  a\n¦', 'run.sh: |\n  a\n\n  ¦'],
  ['below a comment', 'a:\n  # about b¦', 'a:\n  # about b\n  ¦'],
  ['with a comment behind the key', 'a: # about¦', 'a: # about\n  ¦'],
  ['with an anchor behind the key', 'a: &x¦', 'a: &x\n  ¦'],
  ['in the middle of a value', 'a:\n  b: one¦ two', 'a:\n  b: one\n  ¦two'],
  ['within brackets', 'a: [¦]', 'a: [\n  ¦\n]'],
])('Enter indents %s', (_, before, expected) => {
  const state = stateOf(before)
  let made = state
  insertNewlineAndIndent({ state, dispatch: transaction => (made = transaction.state) })
  expect(marked(made)).toBe(expected)
})

test.each([
  ['goes to the list around', 'c:\n- name: a\n  image: b\n  -¦', 'c:\n- name: a\n  image: b\n- ¦'],
  ['goes to the nearest list', 'c:\n  - p:\n    - n: 1\n      -¦', 'c:\n  - p:\n    - n: 1\n    - ¦'],
  ['goes on below a script', 'c:\n- s: |\n    x\n  -¦', 'c:\n- s: |\n    x\n- ¦'],
  ['begins a list below its key', 'c:\n- ports:\n    -¦', null],
  ['begins a list in the column of its key', 'c:\n- ports:\n  -¦', null],
  ['stays where items stand', 'c:\n  - a\n  -¦', null],
  ['stays in a script', 'c:\n- s: |\n    x\n    -¦', null],
  ['stays where there is no list', 'a: 1\n  -¦', null],
])('a dash %s', (_, before, expected) => {
  expect(after(before, dashAt)).toBe(expected)
})

test.each([
  ['an item with its fields', 2, 'c:\n¦- a: 1\n  b: 2\n- c', 'c:\n¦  - a: 1\n    b: 2\n- c'],
  ['an item back', -2, 'c:\n  - ¦a: 1\n    b: 2\n  - c', 'c:\n- ¦a: 1\n  b: 2\n  - c'],
  ['a key with the list in its column', 2, 'a:\n¦b:\n- 1\nc: 2', 'a:\n¦  b:\n  - 1\nc: 2'],
  ['a script as a whole', 2, '¦s: |\n  a\n\n  b\nc: 1', '¦  s: |\n    a\n\n    b\nc: 1'],
  ['nothing from the middle of a line', 2, 'a: ¦1\nb: 2', null],
  ['nothing that stands alone', 2, '¦a: 1\nb: 2', null],
  ['nothing out of the margin', -2, '¦a:\n  b: 2', null],
] as const)('Tab moves %s', (_, by, before, expected) => {
  expect(after(before, state => blockMoved(state, by))).toBe(expected)
})

test.each([
  ['with one blank between', 'a:¦\n  b', 'a:¦ b'],
  ['an empty line away', 'a¦\n\nb', 'a¦\nb'],
  ['not at the end', 'a¦', 'a¦'],
])('lines are joined %s', (_, before, expected) => {
  const state = stateOf(before)
  let made = state
  joinLines({ state, dispatch: transaction => (made = transaction.state) })
  expect(marked(made)).toBe(expected)
})
