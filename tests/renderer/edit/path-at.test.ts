import { Text } from '@codemirror/state'
import { describe, expect, test, vi } from 'vitest'
import { formatPath } from '../../../core/path.ts'
import { pathAt } from '../../../renderer/edit/path-at.ts'
import { entriesTo } from '../../../renderer/edit/place/entries.ts'

/** The place of `|` in a text without it, as `path on "what stands there"`. */
function at(marked: string): string {
  const position = marked.indexOf('|')
  const text = Text.of(marked.replace('|', '').split('\n'))
  const { path, on, from, to } = pathAt(text, position)
  const there = text.sliceString(from, to)
  return `${formatPath(path) || '.'} ${on}${there === '' ? '' : ` "${there}"`}`
}

const pod = (line: string) => `kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
  - name: one
    ports:
    - containerPort: 80
      protocol: TCP
    - containerPort: 81
  - name: two
${line}
  volumes: []`

describe('the path of a position', () => {
  test.each([
    ['a key', 'metadata:\n  na|me: web', 'metadata.name key "name"'],
    ['its end', 'metadata:\n  name|: web', 'metadata.name key "name"'],
    ['its value', 'metadata:\n  name: w|eb', 'metadata.name value "web"'],
    ['before a value to be typed', 'metadata:\n  name: |', 'metadata.name value'],
    ['behind a comment', 'metadata:\n  name: web # |x', 'metadata.name value "web"'],
    ['the indentation of a key', 'metadata:\n |  name: web', 'metadata.name key "name"'],
    ['a dash', pod('  |- name: three'), 'spec.containers[2] key "-"'],
    ['a key behind a dash', pod('  - na|me: three'), 'spec.containers[2].name key "name"'],
    ['a key of an item', pod('    ima|ge: x'), 'spec.containers[1].image key "image"'],
    [
      'an item of an item',
      pod('    ports:\n    - containerPort: 1\n    - containerPort: 2|'),
      'spec.containers[1].ports[1].containerPort value "2"',
    ],
    ['a list in a list', 'a:\n- - x\n  - y: 1\n  - z|: 1', 'a[0][2].z key "z"'],
    ['an inner dash', 'a:\n- - |x', 'a[0][0] entry "x"'],
    ['an indented list', 'a:\n    - b: 1\n    - b: |1', 'a[1].b value "1"'],
    ['an item on the lines below its dash', 'a:\n-\n  b: |1', 'a[0].b value "1"'],
    ['a list of words', 'args:\n- one\n- t|wo', 'args[1] entry "two"'],
    ['a quoted key', 'metadata:\n  annotations:\n    "a: b/c": |x', 'metadata.annotations["a: b/c"] value "x"'],
    ['a key in single quotes', "a:\n  'it''s': |1", `a["it's"] value "1"`],
    ['a key with a colon', 'a:\n  b:c: |1', 'a["b:c"] value "1"'],
    ['a key with a blank', 'a:\n  b c: |1', 'a["b c"] value "1"'],
    ['an anchor and a tag', 'a: &x !!map\n  b: |1', 'a.b value "1"'],
    ['a value with a colon', 'image: nginx:|1', 'image value "nginx:1"'],
    ['the first line of nothing', '|', '. entry'],
  ])('%s', (_, text, expected) => expect(at(text)).toBe(expected))

  test.each([
    ['at the margin', pod('|'), '. entry'],
    ['under the keys of spec', pod('  |'), 'spec entry'],
    ['under the keys of an item', pod('    |'), 'spec.containers[1] entry'],
    ['between a dash and its keys', pod('   |'), 'spec.containers[1] entry'],
    ['below a key without a value', 'metadata:\n  labels:\n    |', 'metadata.labels entry'],
    ['beside it', 'metadata:\n  labels:\n  |', 'metadata entry'],
    ['behind a new dash', pod('  - |'), 'spec.containers[2] entry'],
    ['a word that may become a key', pod('    ima|'), 'spec.containers[1] entry "ima"'],
    ['such a word below a key', 'metadata:\n  na|', 'metadata entry "na"'],
    ['in a comment', pod('    # |note'), 'spec.containers[1] entry'],
    ['past a comment further left', 'a:\n  b:\n# note\n    |', 'a.b entry'],
    ['past a broken line', 'a:\n  b: [1\n  c: {\n  d:\n    |', 'a.d entry'],
  ])('a blank line decides by its column: %s', (_, text, expected) => expect(at(text)).toBe(expected))

  const script = (line: string) =>
    `data:\n  run.sh: |\n    if true; then\n      a: b\n${line}\n    fi\n  other: x`.replace('|', 'PIPE')
  const inScript = (line: string) => at(script(line).replace('|', '\u0000').replace('PIPE', '>').replace('\u0000', '|'))
  test.each([
    ['a line like a key', '      b: |c', 'data["run.sh"] value "      b: c"'],
    ['a line like a comment', '    # |x', 'data["run.sh"] value "    # x"'],
    ['a line like an item', '      - |x', 'data["run.sh"] value "      - x"'],
    ['a blank line at the margin', '|', 'data["run.sh"] value'],
  ])('in a block scalar: %s', (_, line, expected) => expect(inScript(line)).toBe(expected))

  test.each([
    ['the key behind it', 'data:\n  a: >\n    x: y\n  b|: 1', 'data.b key "b"'],
    ['a scalar over lines', 'a:\n  b: one\n    t|wo: x', 'a.b value "    two: x"'],
    ['a quoted one', 'a:\n  b: "one\n    t|wo"\n  c: 1', 'a.b value "    two""'],
    ['an item that is one', 'a:\n- >\n  x: |y', 'a[0] value "  x: y"'],
  ])('%s', (_, text, expected) => expect(at(text)).toBe(expected))

  test.each([
    ['a key', 'a: {b: 1, c|: 2}', 'a.c key "c"'],
    ['a value', 'a: {b: 1, c: |2}', 'a.c value "2"'],
    ['a list', 'a: [x, {y: [1, |2]}]', 'a[1].y[1] value "2"'],
    ['a key to be typed', 'a: {b: 1, |', 'a entry'],
    ['a word to become a key', 'a: {b: 1, na|', 'a entry "na"'],
    ['a value to be typed', 'a: {b: |', 'a.b value'],
    ['quotes and colons', `a: {"b,}": 'x: y', c: |z}`, 'a.c value "z"'],
    ['behind the end', 'a: {b: 1}|', 'a value "a: {b: 1}"'],
    ['over lines', 'a: {\n  b: 1,\n  c: {\n    d: |1', 'a.c.d value "1"'],
    [
      'JSON',
      '{\n  "kind": "Pod",\n  "spec": {\n    "containers": [\n      { "name": "a" },\n      { "na|me": "b" }',
      'spec.containers[1].name key ""name""',
    ],
    ['JSON on one line', '{"a":{"b":[1,|2]}}', 'a.b[1] value "2"'],
  ])('in brackets: %s', (_, text, expected) => expect(at(text)).toBe(expected))
})

describe('the entries on the way to a path', () => {
  const text = Text.of(pod('    image: x').split('\n'))
  test.each([
    [['metadata', 'labels', 'app'], 'metadata labels app'],
    [['spec', 'containers', 1, 'image'], 'spec containers - image'],
    [['spec', 'containers', 0, 'ports', 1, 'containerPort'], 'spec containers - ports - containerPort'],
    [['spec', 'containers', 7, 'image'], 'spec containers'],
    [['spec', 'containers', 1, 'image'], 'spec containers - image'],
    [['spec', 'containers', 2], 'spec containers'],
    [['metadata', 0], 'metadata'],
    [['spec', 'containers', 'image'], 'spec containers'],
    [['spec', 'volumes', 0], 'spec volumes'],
    [['nothing'], ''],
  ])('%j', (path, expected) => {
    const found = entriesTo(text, path).map(({ from, to }) => text.sliceString(from, to))
    expect(found.join(' ')).toBe(expected)
  })

  test('each of them is found by its position again', () => {
    const nested = Text.of(
      'a:\n- - x: 1\n  - y: 2\n- z\nb:\n    c:\n    - d\n    -\n      e: |\n        f: 1\n'.split('\n'),
    )
    for (const path of [
      ['a', 0, 0, 'x'],
      ['a', 0, 1, 'y'],
      ['b', 'c', 0],
      ['b', 'c', 1, 'e'],
      ['a', 1],
    ]) {
      const entries = entriesTo(nested, path)
      expect(entries).toHaveLength(path.length)
      for (const [index, { from }] of entries.entries()) {
        expect(pathAt(nested, from).path).toEqual(path.slice(0, index + 1))
      }
    }
  })
})

test('in a large text a place is found by looking at a few of its lines, after each key typed', () => {
  const items = Array.from({ length: 22_000 }, (_, index) => `  - name: n${index}\n    value: some text of an item`)
  let text = Text.of(`spec:\n  env:\n${items.join('\n')}`.split('\n'))
  expect(text.length).toBeGreaterThan(1_000_000)
  pathAt(text, text.length)
  // The leaves of CodeMirror's tree, of some tens of lines each.
  let leaf = text
  while (leaf.children?.[0] !== undefined) leaf = leaf.children[0]
  const reading = vi.spyOn(Object.getPrototypeOf(leaf), 'toJSON')
  for (let count = 0; count < 10; count += 1) {
    const end = text.length
    text = text.replace(end, end, Text.of(['x']))
    expect(pathAt(text, end).path).toEqual(['spec', 'env', 21_999, 'value'])
  }
  expect(reading.mock.calls.length).toBeLessThan(10 * 20)
  reading.mockRestore()
})
