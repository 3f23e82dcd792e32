import { describe, expect, it } from 'vitest'
import { kindDocument } from '../../../core/fields/kind-document.ts'
import { fieldAt, openFields } from '../../../core/fields/open-fields.ts'
import type { Json, JsonObject } from '../../../core/json.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const kind = { group: 'tests', version: 'v1', kind: 'Widget' }

const document: JsonObject = {
  components: {
    schemas: {
      Widget: {
        type: 'object',
        description: 'A widget.',
        required: ['spec'],
        'x-kubernetes-group-version-kind': [kind],
        properties: {
          spec: { default: {}, description: 'What is wanted.', allOf: [ref('Spec')] },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
      Spec: {
        type: 'object',
        description: 'The type itself.',
        properties: {
          port: ref('IntOrString'),
          memory: ref('Quantity'),
          mode: { type: 'string', enum: ['Fast', 'Slow'], default: 'Slow', nullable: true, deprecated: true },
          replicas: {
            type: 'integer',
            format: 'int32',
            minimum: 0,
            'x-kubernetes-validations': [{ rule: 'self > 0' }],
          },
          items: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name', 'protocol'],
            'x-kubernetes-patch-strategy': 'merge,retainKeys',
            'x-kubernetes-patch-merge-key': 'name',
            items: { $ref: '#/components/schemas/Item', nullable: true },
          },
          free: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
            'x-kubernetes-embedded-resource': true,
          },
        },
      },
      Item: { type: 'object', properties: { name: { type: 'string', maxLength: 63 }, below: ref('Item') } },
      IntOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
      Quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
      Elsewhere: { type: 'object' },
    },
  },
}

const root = openFields(document, 'Widget')
const at = (...path: (string | number)[]) => fieldAt(root, path)

describe('the fields of a kind', () => {
  it('are what the schema says, a place before the type that it leads to', () => {
    expect(root).toMatchObject({ definition: 'Widget', types: ['object'], struct: true, required: ['spec'] })
    expect(root?.names()).toEqual(['spec', 'labels'])
    expect(at('spec')).toMatchObject({ definition: 'Spec', description: 'What is wanted.', default: {}, struct: true })
    expect(at('spec', 'port')).toMatchObject({ types: ['integer', 'string'], intOrString: true, quantity: false })
    expect(at('spec', 'memory')).toMatchObject({ types: ['string', 'number'], intOrString: false, quantity: true })
    expect(at('spec', 'mode')).toMatchObject({
      enum: ['Fast', 'Slow'],
      default: 'Slow',
      nullable: true,
      deprecated: true,
    })
    expect(at('spec', 'replicas')).toMatchObject({
      format: 'int32',
      limits: { minimum: 0 },
      validations: [{ rule: 'self > 0', message: '', messageExpression: '', reason: '', fieldPath: '' }],
    })
    expect(at('spec', 'items')).toMatchObject({
      listType: 'map',
      listMapKeys: ['name', 'protocol'],
      patchStrategies: ['merge', 'retainKeys'],
      patchMergeKey: 'name',
    })
    expect(at('spec', 'free')).toMatchObject({ preserveUnknown: true, embeddedResource: true, struct: false })
  })

  it('are found by paths: through lists, maps of any keys, and types that hold themselves', () => {
    expect(at('labels', 'app')?.types).toEqual(['string'])
    expect(at('spec', 'items', 3)).toMatchObject({ definition: 'Item', nullable: true })
    const deep: (string | number)[] = ['spec', 'items', 0, ...Array<string>(50).fill('below'), 'name']
    expect(at(...deep)?.limits).toEqual({ maxLength: 63 })
    expect(fieldAt(root, ['spec', 'items', { keys: { name: 'a' } }, 'name'])?.types).toEqual(['string'])
    expect(at('spec', 'nothing', 'below')).toBeNull()
    expect(at('constructor')).toBeNull()
    expect(at('labels', 'app', 'deeper')).toBeNull()
  })

  const odd: readonly (readonly [what: string, schema: Json])[] = [
    ['a reference to nothing', ref('Nowhere')],
    ['a reference to itself', ref('Odd')],
    ['an allOf of texts', { allOf: ['text'] }],
    [
      'keywords of other types',
      { type: 3, properties: [], items: 'x', enum: {}, required: 'x', default: [], format: 1 },
    ],
    ['lists of what they should not hold', { type: ['x', null], required: [1], 'x-kubernetes-validations': [3, {}] }],
  ]
  it.each(odd)('%s says nothing', (_, schema) => {
    const fields = openFields({ components: { schemas: { Odd: schema } } }, 'Odd')
    expect(fields).toMatchObject({ types: [], required: [], enum: null })
    expect([fields?.names(), fields?.items(), fields?.values(), fields?.field('a')]).toEqual([[], null, null, null])
  })

  it('are nothing where the document has none', () => {
    for (const none of [null, [], {}, { components: 3 }, { components: { schemas: { Widget: 'x' } } }] as Json[])
      expect(openFields(none, 'Widget')).toBeNull()
  })
})

describe('the document of a kind', () => {
  it('holds what the kind leads to and nothing else, as it was', () => {
    const found = kindDocument(document, kind)
    expect(found?.name).toBe('Widget')
    const { Elsewhere: _, ...reached } = (document as { components: { schemas: JsonObject } }).components.schemas
    expect(found?.document).toEqual({ components: { schemas: reached } })
    expect(kindDocument(document, { ...kind, kind: 'Gadget' })).toBeNull()
    expect(kindDocument('text', kind)).toBeNull()
  })
})
