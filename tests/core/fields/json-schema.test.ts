import { describe, expect, test } from 'vitest'
import { enumWords } from '../../../core/fields/enum-words.ts'
import { type DocumentedField, jsonSchemaOf } from '../../../core/fields/json-schema.ts'
import { openFields } from '../../../core/fields/open-fields.ts'
import { typeName } from '../../../core/fields/type-name.ts'
import type { Json } from '../../../core/json.ts'

const documenting = { field: ({ name }: DocumentedField) => name, value: (words: string) => words }

/** A document of one kind whose root is this schema, beside some that it may refer to. */
const documentOf = (root: Json): Json => ({
  components: {
    schemas: {
      'example.Widget': root,
      'example.Spec': { type: 'object', properties: { size: { type: 'integer' } }, description: 'What it is.' },
      'example.Loop': { type: 'object', properties: { not: { $ref: '#/components/schemas/example.Loop' } } },
      'io.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }], description: 'How much.' },
      'io.IntOrString': { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
    },
  },
})

/** The JSON Schema of a field of that schema. */
function fieldOf(field: Json): unknown {
  const schema = jsonSchemaOf(documentOf({ type: 'object', properties: { field } }), 'example.Widget', documenting)
  return Reflect.get(Object(schema), 'definitions')['example.Widget'].properties.field
}

const said = { markdownDescription: 'field' }

describe('a field of a kind as JSON Schema', () => {
  test.for<[string, Json, unknown]>([
    ['a scalar', { type: 'string' }, { ...said, type: 'string' }],
    ['a nullable one', { type: 'string', nullable: true }, { ...said, type: ['string', 'null'] }],
    [
      'a nullable choice',
      { type: 'string', nullable: true, enum: ['a'] },
      { ...said, type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      'what Kubernetes wraps to say more of it',
      { description: 'Mine.', default: {}, allOf: [{ $ref: '#/components/schemas/example.Spec' }] },
      { ...said, $ref: '#/definitions/example.Spec' },
    ],
    ['a default that says something', { type: 'string', default: 'TCP' }, { ...said, type: 'string', default: 'TCP' }],
    ['one that is Go’s zero value', { type: 'string', default: '' }, { ...said, type: 'string' }],
    ['an integer or a text', { 'x-kubernetes-int-or-string': true }, { ...said, type: ['integer', 'string'] }],
    [
      'a struct, where no other field is known',
      { type: 'object', required: ['a', 'gone'], properties: { a: { type: 'boolean' } } },
      {
        ...said,
        type: 'object',
        properties: { a: { markdownDescription: 'a', type: 'boolean' } },
        required: ['a'],
        additionalProperties: false,
      },
    ],
    [
      'a struct that keeps unknown fields',
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'boolean' } } },
      { ...said, type: 'object', properties: { a: { markdownDescription: 'a', type: 'boolean' } } },
    ],
    [
      'an embedded object',
      { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { spec: {} } },
      {
        ...said,
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: { type: 'object' },
          spec: { markdownDescription: 'spec' },
        },
      },
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'string' } },
      { ...said, type: 'object', additionalProperties: { markdownDescription: '', type: 'string' } },
    ],
    [
      'limits, exclusive ones as numbers',
      { type: 'integer', minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
      { ...said, type: 'integer', exclusiveMinimum: 0, maximum: 9 },
    ],
    [
      'a pattern of Go’s that JavaScript has not',
      { type: 'string', pattern: '^\\pL+\\z' },
      { ...said, type: 'string' },
    ],
    [
      'alternatives, which only the server judges',
      { type: 'string', anyOf: [{ format: 'ipv4' }] },
      { ...said, type: 'string' },
    ],
  ])('%s', ([, field, expected]) => expect(fieldOf(field)).toEqual(expected))

  test('a quantity is a text or a number of its form, blanks around it and all', () => {
    const schema = jsonSchemaOf(
      documentOf({ type: 'object', properties: { q: { $ref: '#/components/schemas/io.Quantity' } } }),
      'example.Widget',
      documenting,
    )
    const { pattern, type } = Reflect.get(Object(schema), 'definitions')['io.Quantity']
    expect(type).toEqual(['string', 'number'])
    const takes = (text: string) => new RegExp(pattern, 'u').test(text)
    expect(['1', '.5', '100m', '1.5Gi', '2e3', ' 1 ', '+1'].filter(text => !takes(text))).toEqual([])
    expect(['1GB', 'one', '', '1 Gi'].filter(takes)).toEqual([])
  })

  test('a kind that holds itself ends, and every name that it refers to is there', () => {
    const schema = jsonSchemaOf(
      documentOf({ $ref: '#/components/schemas/example.Loop' }),
      'example.Widget',
      documenting,
    )
    const names = [...JSON.stringify(schema).matchAll(/#\/definitions\/([\w.]+)/g)].map(([, name]) => name)
    expect(Object.keys(Reflect.get(Object(schema), 'definitions')).sort()).toEqual([...new Set(names)].sort())
  })

  test('apiVersion and kind are those of the kind', () => {
    const root = {
      type: 'object',
      properties: { apiVersion: { type: 'string' }, kind: { type: 'string' } },
      'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Widget' }],
    }
    const { properties } = Reflect.get(
      Object(jsonSchemaOf(documentOf(root), 'example.Widget', documenting)),
      'definitions',
    )['example.Widget']
    expect([properties.apiVersion.enum, properties.kind.enum]).toEqual([['example.com/v1'], ['Widget']])
  })

  test('what is no schema says nothing', () => {
    expect(jsonSchemaOf(null, 'x', documenting)).toBeNull()
    expect(jsonSchemaOf(documentOf(7), 'example.Widget', documenting)).toBeNull()
    expect(fieldOf({ type: 7, properties: [], items: 'no', enum: {}, required: 'all' })).toEqual(said)
  })
})

test.for<[Json, string]>([
  [{ type: 'string' }, 'string'],
  [{ type: 'array', items: { type: 'string' } }, '[]string'],
  [{ type: 'array', items: { $ref: '#/components/schemas/example.Spec' } }, '[]Spec'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, 'map[string]string'],
  [{ $ref: '#/components/schemas/io.IntOrString' }, 'IntOrString'],
  [{ $ref: '#/components/schemas/io.Quantity' }, 'Quantity'],
  [{ type: 'object', properties: {} }, 'Object'],
])('%j is called %s, as kubectl explain does', ([field, expected]) => {
  const root = openFields(documentOf({ type: 'object', properties: { field } }), 'example.Widget')
  const found = root?.field('field') ?? null
  expect(found === null ? null : typeName(found)).toBe(expected)
})

test('what a description says of single values stands apart from it', () => {
  const description = 'Which one.\n\nPossible enum values:\n - `"A"` means a\n - `"B"` '
  expect(enumWords(description)).toEqual({
    description: 'Which one.',
    values: new Map([
      ['A', 'means a'],
      ['B', ''],
    ]),
  })
  expect(enumWords('Which one.')).toEqual({ description: 'Which one.', values: new Map() })
})
