import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { reindent } from '../../../renderer/text/paste-yaml.ts'

/** What a text in which `¦` is the cursor becomes by a paste; null where it is pasted as it is. */
function pasted(marked: string, raw: string): string | null {
  const at = marked.indexOf('¦')
  const text = Text.of(marked.replace('¦', '').split('\n'))
  const line = text.lineAt(at)
  const before = line.text.slice(0, at - line.from)
  const after = line.text.slice(at - line.from)
  const put = reindent({ text, line: line.number, before, after }, raw)
  return put === null ? null : text.replace(at - put.dropped, at, Text.of(put.insert.split('\n'))).toString()
}

const pod = 'spec:\n  containers:\n  - name: a\n    image: b\n'

test.each([
  ['a container into its list', `${pod}    ¦`, '- name: c\n  image: d\n', `${pod}  - name: c\n    image: d`],
  [
    'a container that stood deeper',
    `${pod}    ¦`,
    '      - name: c\n        image: d\n',
    `${pod}  - name: c\n    image: d`,
  ],
  [
    'a container copied from its dash on',
    `${pod}    ¦`,
    '- name: c\n        image: d\n        env: []',
    `${pod}  - name: c\n    image: d\n    env: []`,
  ],
  ['a container at the margin', `${pod}¦`, '- name: c\n  image: d\n', `${pod}  - name: c\n    image: d`],
  [
    'a container without its dash, where only items stand',
    'c:\n  - name: a\n  ¦',
    'name: c\nimage: d\n',
    'c:\n  - name: a\n  - name: c\n    image: d',
  ],
  [
    'a container among containers, though another list is nearer',
    `${pod}    ports:\n    - containerPort: 80\n    ¦`,
    '- name: c\n  image: d\n',
    `${pod}    ports:\n    - containerPort: 80\n  - name: c\n    image: d`,
  ],
  [
    'an item where nothing below it is taken away',
    `${pod}    ports:\n    - containerPort: 80\n    ¦\n    tty: true`,
    '- name: c\n  image: d\n',
    `${pod}    ports:\n    - containerPort: 80\n    - name: c\n      image: d\n    tty: true`,
  ],
  [
    'a list below its empty key',
    'spec:\n  containers:\n    ¦',
    '- name: c\n  image: d\n',
    'spec:\n  containers:\n  - name: c\n    image: d',
  ],
  [
    'a list behind its key',
    'spec:\n  containers: ¦',
    '- name: c\n  image: d\n',
    'spec:\n  containers:\n  - name: c\n    image: d',
  ],
  [
    'a list below a key whose items stand further in',
    'a:\n  b:\n    ¦\n    - x: 1',
    '- x: 2\n',
    'a:\n  b:\n    - x: 2\n    - x: 1',
  ],
  [
    'a map below a key',
    'spec:\n  resources:\n    ¦',
    'limits:\n  cpu: 1\nrequests:\n  cpu: 1\n',
    'spec:\n  resources:\n    limits:\n      cpu: 1\n    requests:\n      cpu: 1',
  ],
  [
    'a map behind its key',
    'spec:\n  resources: ¦',
    'limits:\n  cpu: 1\n',
    'spec:\n  resources:\n    limits:\n      cpu: 1',
  ],
  ['a map behind a dash', 'c:\n- ¦', 'name: c\nimage: d', 'c:\n- name: c\n  image: d'],
  ['an item behind a dash', 'c:\n- ¦', '- name: c\n  image: d\n- name: e', 'c:\n- name: c\n  image: d\n- name: e'],
  [
    'fields beside fields',
    `${pod}    ¦`,
    'env:\n- name: A\n  value: "1"\n',
    `${pod}    env:\n    - name: A\n      value: "1"`,
  ],
  [
    'a fragment as kubectl prints it',
    `${pod}    ¦`,
    '        resources:\n          limits:\n            cpu: 500m\n',
    `${pod}    resources:\n      limits:\n        cpu: 500m`,
  ],
  [
    'a fragment copied from the middle of its first line',
    'a:\n  ¦',
    'limits:\n            cpu: 500m\n            memory: 1Gi\n          requests:\n            cpu: 1',
    'a:\n  limits:\n    cpu: 500m\n    memory: 1Gi\n  requests:\n    cpu: 1',
  ],
  ['fields copied from the middle of the first', 'a:\n  ¦', 'name: x\n      image: y\n', 'a:\n  name: x\n  image: y'],
  ['tabs as blanks', 'a:\n  ¦', 'b:\n\tc: 1\n\td:\n\t\te: 2', 'a:\n  b:\n    c: 1\n    d:\n      e: 2'],
  ['hard blanks of a web page', 'a:\n  ¦', 'b:\n\u00a0\u00a0c: 1', 'a:\n  b:\n    c: 1'],
  ['without a fence', 'a:\n  ¦', '```yaml\nb: 1\nc: 2\n```\n', 'a:\n  b: 1\n  c: 2'],
  ['without a prompt', 'a:\n  ¦', '$ kubectl get x -o yaml\nb: 1\nc: 2\n', 'a:\n  b: 1\n  c: 2'],
  ['lines with Windows line breaks', 'a:\n  ¦', 'b: 1\r\nc: 2\r\n', 'a:\n  b: 1\n  c: 2'],
  ['whole lines above a line', 'a:\n¦  b: 1', '    c: 2\n    d: 3\n', 'a:\n  c: 2\n  d: 3\n  b: 1'],
  [
    'a script as it is',
    'a:\n  ¦',
    'run.sh: |\n  if x; then\n  \ty # not a comment\n\n    - z\n  fi\nb: 1',
    'a:\n  run.sh: |\n    if x; then\n    \ty # not a comment\n\n      - z\n    fi\n  b: 1',
  ],
  ['a text over several lines', 'a:\n  ¦', 'b: "one\n  two"\nc: 3', 'a:\n  b: "one\n    two"\n  c: 3'],
  ['comments with their fields', 'a:\n  ¦', '# about b\nb: 1\nc: 2', 'a:\n  # about b\n  b: 1\n  c: 2'],
  [
    'a script into a script',
    'data:\n  run.sh: |\n    a\n    ¦',
    'if x; then\n  y: z\n\nfi\n',
    'data:\n  run.sh: |\n    a\n    if x; then\n      y: z\n\n    fi\n',
  ],
  [
    'a script from the middle of a line',
    'data:\n  run.sh: |\n    a ¦',
    'b\n  c',
    'data:\n  run.sh: |\n    a b\n      c',
  ],
  ['into an empty script', 'data:\n  run.sh: |\n    ¦', 'a\nb\n', 'data:\n  run.sh: |\n    a\n    b\n'],
  ['a whole object into an empty text', '¦', 'kind: A\nspec:\n  b: 1\n', 'kind: A\nspec:\n  b: 1'],
  [
    'fields below the script before them',
    'data:\n  s: |\n    x\n  ¦',
    'b: 1\nc: 2\n',
    'data:\n  s: |\n    x\n  b: 1\n  c: 2',
  ],
])('puts %s', (_, before, raw, expected) => {
  expect(pasted(before, raw)).toBe(expected)
})

test.each([
  ['text that is no YAML', 'a:\n  ¦', 'some words\nand others'],
  ['text with a colon', 'a:\n  ¦', 'Dear all: words\nand: others no'.replace('and: ', 'and ')],
  ['lines into the middle of a value', 'a: x¦y', 'b: 1\nc: 2'],
  ['a map above an item', 'c:\n¦- a', 'b: 1\nc: 2\n'],
  ['half a line above a line', 'a:\n  ¦b: 1', 'c: 2\nd: 3'],
])('leaves %s', (_, before, raw) => {
  expect(pasted(before, raw)).toBeNull()
})
