import { Text } from '@codemirror/state'
import { describe, expect, test } from 'vitest'
import { fieldAt, openFields } from '../../../core/fields/open-fields.ts'
import type { JsonObject } from '../../../core/json.ts'
import { readYaml } from '../../../core/yaml.ts'
import { deprecationIn, firstSentence, readDescription } from '../../../renderer/explain/description.ts'
import { fieldPath, fieldText } from '../../../renderer/explain/field-address.ts'
import { fieldLabel, fieldsOfKind, searchFields } from '../../../renderer/explain/field-list.ts'
import { keepsValue, rulesAt } from '../../../renderer/explain/field-rules.ts'
import { typeWords } from '../../../renderer/explain/field-words.ts'
import { entriesToField, insertField } from '../../../renderer/explain/insert-field.ts'
import { noVisits, stepVisits, type VisitEvent } from '../../../renderer/explain/use-visits.ts'

const text = { type: 'string' }
const container = {
  type: 'object',
  description: 'A single application container that you want to run within a pod.',
  required: ['name'],
  properties: {
    args: { type: 'array', items: text },
    env: { type: 'array', items: { type: 'object', required: ['name'], properties: { name: text, value: text } } },
    image: { ...text, description: 'Container image name.' },
    name: text,
    resources: { type: 'object', properties: { limits: { type: 'object', additionalProperties: text } } },
  },
}
const schemas: JsonObject = {
  Kind: {
    type: 'object',
    properties: {
      kind: text,
      spec: {
        type: 'object',
        required: ['containers', 'mode'],
        'x-kubernetes-validations': [
          { rule: 'self.mode == oldSelf.mode', message: 'mode is immutable' },
          { rule: 'self.replicas > 0' },
        ],
        properties: {
          containers: { type: 'array', items: { $ref: '#/components/schemas/x.Container' } },
          mode: { ...text, enum: ['A', 'B'] },
          paused: { type: 'boolean', default: false },
          replicas: { type: 'integer', default: 1, 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] },
          selector: { type: 'object', additionalProperties: text },
          tree: { $ref: '#/components/schemas/x.Tree' },
          template: {
            type: 'object',
            required: ['spec'],
            properties: { spec: { $ref: '#/components/schemas/x.Spec' } },
          },
        },
      },
    },
  },
  'x.Container': container,
  'x.Spec': {
    type: 'object',
    required: ['containers'],
    properties: { containers: { type: 'array', items: { $ref: '#/components/schemas/x.Container' } } },
  },
  'x.Tree': {
    type: 'object',
    properties: { leaf: text, children: { type: 'array', items: { $ref: '#/components/schemas/x.Tree' } } },
  },
}
const opened = openFields({ components: { schemas } }, 'Kind')
if (opened === null) throw new Error('the schema cannot be read')
const root = opened
const field = (...path: string[]) => fieldAt(root, path)

describe('a description', () => {
  test('is paragraphs and lists, and never markup', () => {
    const blocks = readDescription('One\nline.\n\nValues:\n - `A` is\n   this\n - B\n\n<img onerror=x>')
    expect(blocks).toEqual([
      { kind: 'paragraph', text: 'One line.' },
      { kind: 'paragraph', text: 'Values:' },
      { kind: 'list', items: ['`A` is this', 'B'] },
      { kind: 'paragraph', text: '<img onerror=x>' },
    ])
  })

  test.each([
    ['Use e.g. this. And that.', 'Use e.g.'],
    ['Replicas of v1.2 things! More.', 'Replicas of v1.2 things!'],
    ['no end', 'no end'],
  ])('%s begins with a sentence', (words, expected) => expect(firstSentence(words)).toBe(expected))

  test.each([
    ['Deprecated: use x instead. More.', 'Deprecated: use x instead.'],
    [
      'An account. DeprecatedServiceAccount is a deprecated alias for it. Use it.',
      'DeprecatedServiceAccount is a deprecated alias for it.',
    ],
    ['Nothing of the kind.', null],
  ])('%s tells of its deprecation', (words, expected) => expect(deprecationIn(words)).toBe(expected))
})

test.each([
  [['spec', 'containers'], '[]Container'],
  [['spec', 'selector'], 'map[string]string'],
  [['spec', 'replicas'], 'integer'],
  [['spec', 'template', 'spec'], 'Spec'],
  [['spec'], 'Object'],
])('%j is of type %s', (path, expected) => expect(typeWords(field(...path))).toBe(expected))

test.each([
  ['spec.containers.image', ['spec', 'containers', -1, 'image']],
  ['spec.selector.app', ['spec', 'selector', 'app']],
  ['spec.none.such', ['spec', 'none', 'such']],
  ['', []],
])('%s is a place of the schema, as kubectl explain writes it', (text, path) => {
  expect(fieldPath(root, text)).toEqual(path)
  expect(fieldText(path)).toBe(text)
})

test('the rules of a field are its own, and those above it that name it', () => {
  const told = (...path: string[]) => rulesAt(root, path).map(rule => [rule.rule, rule.own, keepsValue(rule, path)])
  expect(told('spec', 'mode')).toEqual([['self.mode == oldSelf.mode', false, true]])
  expect(told('spec', 'replicas')).toEqual([
    ['self.replicas > 0', false, false],
    ['self == oldSelf', true, true],
  ])
  expect(told('spec', 'paused')).toEqual([])
})

test('the fields of a kind are found by path and by description, and a schema that holds itself ends', () => {
  const fields = fieldsOfKind(root)
  const labels = fields.map(({ label }) => label)
  expect(labels).toContain('spec.template.spec.containers[].env[].value')
  expect(labels.filter(label => label.startsWith('spec.tree'))).toEqual([
    'spec.tree',
    'spec.tree.leaf',
    'spec.tree.children',
  ])
  expect(labels).toEqual(fields.map(({ path }) => fieldLabel(path)))
  expect(searchFields(fields, 'containers image')[0]?.label).toBe('spec.containers[].image')
  expect(searchFields(fields, 'image name').map(({ label }) => label)).toContain('spec.containers[].image')
})

describe('a field is put into the text', () => {
  const base = 'kind: Kind\nspec:\n  containers:\n  - image: x\n    name: one\n  mode: A\n'
  test.each<[string, string, (string | number)[], string]>([
    [
      'at its place among sorted keys',
      base,
      ['spec', 'paused'],
      'kind: Kind\nspec:\n  containers:\n  - image: x\n    name: one\n  mode: A\n  paused: false|\n',
    ],
    [
      'as the first key of an item',
      base,
      ['spec', 'containers', 0, 'args'],
      'kind: Kind\nspec:\n  containers:\n  - args:\n    - |\n    image: x\n    name: one\n  mode: A\n',
    ],
    [
      'with what is required',
      base,
      ['spec', 'containers', 0, 'env'],
      'kind: Kind\nspec:\n  containers:\n  - env:\n    - name: |\n    image: x\n    name: one\n  mode: A\n',
    ],
    [
      'with what is missing above it',
      base,
      ['spec', 'template', 'spec', 'containers', -1, 'image'],
      'kind: Kind\nspec:\n  containers:\n  - image: x\n    name: one\n  mode: A\n  template:\n    spec:\n      containers:\n      - image: |\n',
    ],
    [
      'as another item',
      base,
      ['spec', 'containers', 1],
      'kind: Kind\nspec:\n  containers:\n  - image: x\n    name: one\n  - name: |\n  mode: A\n',
    ],
    [
      'with room for its first key',
      base,
      ['spec', 'containers', 0, 'resources'],
      'kind: Kind\nspec:\n  containers:\n  - image: x\n    name: one\n    resources:\n      |\n  mode: A\n',
    ],
    [
      'a map of any keys',
      base,
      ['spec', 'selector'],
      'kind: Kind\nspec:\n  containers:\n  - image: x\n    name: one\n  mode: A\n  selector:\n    |: \n',
    ],
    ['in the place of an empty map', 'kind: Kind\nspec: {}\n', ['spec', 'mode'], 'kind: Kind\nspec:\n  mode: |\n'],
    [
      'in the place of an empty list',
      'spec:\n  containers: [] # none\n',
      ['spec', 'containers', 0],
      'spec:\n  containers:\n  - name: | # none\n',
    ],
    ['below a key without a value', 'spec:\n', ['spec', 'mode'], 'spec:\n  mode: |\n'],
    [
      'behind keys that are not sorted',
      'spec:\n  mode: A\n  containers:\n  - name: x\n\n',
      ['spec', 'paused'],
      'spec:\n  mode: A\n  containers:\n  - name: x\n  paused: false|\n\n',
    ],
    ['into nothing', '', ['kind'], 'kind: |\n'],
  ])('%s', (_, before, path, expected) => {
    const document = Text.of(before.split('\n'))
    const insertion = insertField(document, root, path)
    if (insertion === null) throw new Error('nothing was put in')
    const { change, cursor } = insertion
    const after = before.slice(0, change.from) + change.insert + before.slice(change.to)
    expect(`${after.slice(0, cursor)}|${after.slice(cursor)}`).toBe(expected)
    expect(entriesToField(Text.of(after.split('\n')), path)).toHaveLength(path.length)
    expect(readYaml(after.replace('    : \n', '    k: \n')).ok).toBe(true)
  })

  test.each<[string, string, (string | number)[]]>([
    ['that is there', base, ['spec', 'mode']],
    ['into brackets', 'spec: {mode: A}\n', ['spec', 'paused']],
    ['into a scalar', 'spec: 1\n', ['spec', 'paused']],
  ])('but none %s', (_, before, path) => {
    expect(insertField(Text.of(before.split('\n')), root, path)).toBeNull()
  })
})

test('the cursor is followed until somebody looks elsewhere, and again when it goes on', () => {
  const events: readonly [VisitEvent, string][] = [
    [{ kind: 'cursor', path: ['a'] }, 'a'],
    [{ kind: 'cursor', path: ['b'] }, 'b'],
    [{ kind: 'show', path: ['c'] }, 'c'],
    [{ kind: 'cursor', path: ['b'] }, 'c'],
    [{ kind: 'step', by: -1 }, 'b'],
    [{ kind: 'step', by: 1 }, 'c'],
    [{ kind: 'cursor', path: ['d'] }, 'd'],
    [{ kind: 'step', by: -1 }, 'c'],
    [{ kind: 'pin' }, 'c'],
    [{ kind: 'cursor', path: ['e'] }, 'c'],
    [{ kind: 'pin' }, 'e'],
    [{ kind: 'cursor', path: ['f'] }, 'f'],
  ]
  let visits = noVisits
  for (const [event, expected] of events) {
    visits = stepVisits(visits, event)
    expect(visits.places[visits.at]?.join('.')).toBe(expected)
  }
})
