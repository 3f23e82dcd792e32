import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { pathKey } from '../../../core/path.ts'
import { findFields } from '../../../renderer/outline/find-fields.ts'
import { itemName } from '../../../renderer/outline/item-name.ts'
import { outlineRows, rowRange } from '../../../renderer/outline/outline-rows.ts'

const deployment = `kind: Deployment
metadata:
  annotations:
    a: b
  name: web
spec:
  template:
    spec:
      containers:
      - image: x
        name: one
        ports:
        - containerPort: 80
          protocol: TCP
        env:
        - name: A
          value: "1"
      - image: y
        name: two
        args: [a, b]
        command:
        - run
status:
  replicas: 1`
const text = Text.of(deployment.split('\n'))

/** The rows as a person sees them: two blanks a level, `+` before what is closed. */
function seen(rows: ReturnType<typeof outlineRows>): string[] {
  return rows.map(({ level, open, entry }) => {
    const name = typeof entry.step === 'number' ? (itemName(text, entry) ?? entry.step) : entry.step
    return `${'  '.repeat(level - 1)}${open === false ? '+' : ''}${name}`
  })
}

test('an outline shows keys and named items, all but what hardly anybody edits', () => {
  expect(seen(outlineRows(text, new Map(), []))).toEqual([
    'kind',
    'metadata',
    '  +annotations',
    '  name',
    'spec',
    '  template',
    '    spec',
    '      containers',
    '        one',
    '          image',
    '          name',
    '          ports',
    '            80',
    '              containerPort',
    '              protocol',
    '          env',
    '            A',
    '              name',
    '              value',
    '        two',
    '          image',
    '          name',
    '          args',
    '          command',
    '            run',
    '+status',
  ])
})

test('what was closed by hand stays closed, and the cursor opens the way to it', () => {
  const closed = new Map([[pathKey(['spec']), false]])
  expect(seen(outlineRows(text, closed, ['metadata', 'annotations', 'a']))).toEqual([
    'kind',
    'metadata',
    '  annotations',
    '    a',
    '  name',
    '+spec',
    '+status',
  ])
})

test('a row stands for all that is below it', () => {
  const rows = outlineRows(text, new Map(), [])
  const containers = rows.find(row => row.path.at(-1) === 'containers')
  if (containers === undefined) throw new Error('no such row')
  const { from, to } = rowRange(text, containers)
  expect(text.sliceString(from, to)).toMatch(/^ {6}containers:\n.*- run$/s)
})

test('of a long list the outline reads nothing until it is opened', () => {
  const items = Array.from({ length: 5_000 }, (_, index) => `- name: n${index}`)
  const long = Text.of(['spec:', '  env:', ...items.map(item => `  ${item}`), 'status: {}'])
  expect(outlineRows(long, new Map(), []).map(({ path }) => path.join('.'))).toEqual(['spec', 'spec.env', 'status'])
  expect(outlineRows(long, new Map(), ['spec', 'env', 4_000, 'name'])).toHaveLength(3)
  expect(outlineRows(long, new Map([[pathKey(['spec', 'env']), true]]), [])).toHaveLength(5_003)
})

test.each([
  ['containers image', 'spec.template.spec.containers[one].image'],
  ['two image', 'spec.template.spec.containers[two].image'],
  ['containerport', 'spec.template.spec.containers[one].ports[80].containerPort'],
  ['metaname', 'metadata.name'],
])('%s finds %s', (query, expected) => {
  expect(findFields({ kind: 'fields', text: deployment, query })[0]?.label).toBe(expected)
})

test('a found field tells its value and where it stands', () => {
  const [found] = findFields({ kind: 'fields', text: deployment, query: 'env a value' })
  expect(found).toMatchObject({ value: '1', from: deployment.indexOf('value: "1"') })
})
