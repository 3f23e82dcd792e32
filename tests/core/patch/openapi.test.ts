import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../core/json.ts'
import {
  openApiPatchSchema,
  type PatchSchema,
  patchMediaTypes,
  patchSchemaName,
  prunePatchSchema,
  supportsDryRun,
  supportsFieldValidation,
} from '../../../core/patch/index.ts'
import { documentOf, schemaOf } from './tables.ts'

const deploymentKind = { group: 'apps', version: 'v1', kind: 'Deployment' }
const deploymentName = 'io.k8s.api.apps.v1.Deployment'

/** The schema at a place: `spec.containers[]` goes into a field, then a list's items. */
function at(schema: PatchSchema, place: string): PatchSchema | null {
  const steps = place.replaceAll('[]', '.[]').split('.')
  return steps.reduce<PatchSchema | null>(
    (here, step) => (step === '[]' ? here?.items() : here?.field(step)) ?? null,
    schema,
  )
}

describe('a real Deployment', () => {
  const deployment = schemaOf('Deployment')
  const spec = 'spec.template.spec'

  test.each([
    ['spec', { type: 'object', struct: true, strategies: [] }],
    ['spec.strategy', { type: 'object', strategies: ['retainKeys'], mergeKey: null }],
    ['spec.replicas', { type: 'scalar', struct: false }],
    ['spec.selector', { atomicMap: true }],
    ['metadata.labels', { type: 'object', struct: false }],
    ['metadata.labels.any', { type: 'scalar', nullable: false }],
    ['metadata.finalizers', { type: 'array', strategies: ['merge'], mergeKey: null, listType: 'set' }],
    [`${spec}.containers`, { type: 'array', strategies: ['merge'], mergeKey: 'name', listMapKeys: ['name'] }],
    [`${spec}.containers[]`, { type: 'object', struct: true, strategies: [], mergeKey: null }],
    [`${spec}.containers[].ports`, { mergeKey: 'containerPort', listMapKeys: ['containerPort', 'protocol'] }],
    [`${spec}.containers[].ports[].protocol`, { type: 'scalar', default: 'TCP' }],
    [`${spec}.containers[].args`, { type: 'array', strategies: [], listType: 'atomic' }],
    [`${spec}.containers[].livenessProbe.httpGet.port`, { type: 'scalar' }],
    [`${spec}.containers[].resources.limits.cpu`, { type: 'scalar' }],
    [`${spec}.volumes`, { strategies: ['merge', 'retainKeys'], mergeKey: 'name' }],
    [`${spec}.tolerations`, { strategies: [], listType: 'atomic' }],
    ['metadata.managedFields[].fieldsV1', { type: 'object', struct: false }],
  ] as const)('%s', (place, expected) => {
    expect(at(deployment, place)).toMatchObject(expected)
  })

  test('a place that it does not know is null', () => {
    expect(at(deployment, 'spec.nope')).toBeNull()
    expect(at(deployment, 'spec.replicas[]')).toBeNull()
    expect(deployment.field('constructor')).toBeNull()
    expect(deployment.field('__proto__')).toBeNull()
  })

  test('is read once for each place', () => {
    expect(at(deployment, `${spec}.containers[].env`)).toBe(at(deployment, `${spec}.containers[].env`))
  })
})

const text = { type: 'string' }
const v3 = (schemas: JsonObject): JsonObject => ({ components: { schemas } })

describe('the shapes of schemas', () => {
  const document = v3({
    Root: {
      type: 'object',
      properties: {
        wrapped: { allOf: [{ $ref: '#/components/schemas/Leaf' }], default: {}, nullable: true },
        plain: { $ref: '#/components/schemas/Leaf' },
        alias: { $ref: '#/components/schemas/Alias' },
        self: { $ref: '#/components/schemas/Root' },
        anything: { 'x-kubernetes-preserve-unknown-fields': true },
        intOrString: { 'x-kubernetes-int-or-string': true },
        union: { oneOf: [text, { type: 'number' }] },
        ruled: { type: 'object', properties: { a: text }, allOf: [{ properties: { b: text } }] },
        newer: { type: ['array', 'null'], items: text },
      },
    },
    Alias: { $ref: '#/components/schemas/Leaf' },
    Leaf: { type: 'object', properties: { a: text }, 'x-kubernetes-map-type': 'atomic', default: { a: '1' } },
  })
  const read = openApiPatchSchema(document, 'Root')
  const root = read.ok ? read.value : null

  test.each([
    ['wrapped', { struct: true, atomicMap: true, nullable: true, default: {} }],
    ['plain', { struct: true, atomicMap: true, nullable: false, default: { a: '1' } }],
    ['alias', { struct: true, atomicMap: true }],
    ['anything', { type: 'unknown', struct: false }],
    ['intOrString', { type: 'scalar' }],
    ['union', { type: 'scalar' }],
    ['ruled', { type: 'object', struct: true }],
    ['newer', { type: 'array' }],
  ])('%s', (field, expected) => {
    expect(root?.field(field)).toMatchObject(expected)
  })

  test('a schema within itself', () => {
    expect(root?.field('self')?.field('self')?.field('plain')?.field('a')).toMatchObject({ type: 'scalar' })
    expect(root?.field('ruled')?.field('b')).toBeNull()
  })

  test('OpenAPI v2', () => {
    const definitions = {
      Pod: { properties: { spec: { $ref: '#/definitions/Spec' } } },
      Spec: { properties: { n: { type: 'string', format: 'int-or-string' } } },
    }
    const schema = openApiPatchSchema({ definitions }, 'Pod')
    expect(schema.ok && schema.value.field('spec')?.field('n')).toMatchObject({ type: 'scalar' })
  })
})

describe('documents that cannot be read', () => {
  test.each([
    ['no such schema', {}, 'Root', { code: 'schema-unknown', name: 'Root' }],
    ['an inherited name', v3({}), 'constructor', { code: 'schema-unknown', name: 'constructor' }],
    ['not a schema', v3({ Root: 'x' }), 'Root', { code: 'schema-invalid' }],
    [
      'a $ref to nothing, deep inside',
      v3({ Root: { properties: { a: { items: { $ref: '#/components/schemas/Gone' } } } } }),
      'Root',
      { code: 'schema-unknown', name: 'Gone', path: ['Root', 'a', 'items'] },
    ],
    [
      'a chain of $ref that comes back',
      v3({
        Root: { properties: { a: { $ref: '#/components/schemas/A' } } },
        A: { allOf: [{ $ref: '#/components/schemas/B' }] },
        B: { $ref: '#/components/schemas/A' },
      }),
      'Root',
      { code: 'schema-invalid', path: ['Root', 'a'] },
    ],
    ['a $ref to itself', v3({ Root: { $ref: '#/components/schemas/Root' } }), 'Root', { code: 'schema-invalid' }],
  ] as const)('%s', (_, document, name, problem) => {
    expect(openApiPatchSchema(document, name)).toMatchObject({ ok: false, problem })
  })

  test('inline nesting of 10,000 levels', () => {
    let schema: JsonObject = text
    for (let i = 0; i < 10_000; i++) schema = { type: 'object', properties: { a: schema } }
    expect(openApiPatchSchema(v3({ Root: schema }), 'Root')).toMatchObject({ ok: false, problem: { code: 'too-deep' } })
  })
})

describe('what PATCH takes', () => {
  const document = documentOf('Deployment')

  test('the schema of a kind', () => {
    expect(patchSchemaName(document, deploymentKind)).toBe(deploymentName)
    expect(patchSchemaName(document, { ...deploymentKind, kind: 'Deploy' })).toBeNull()
    expect(patchSchemaName({}, deploymentKind)).toBeNull()
  })

  test('media types by kind and by path', () => {
    const all = [
      'application/apply-patch+cbor',
      'application/apply-patch+yaml',
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/strategic-merge-patch+json',
    ]
    expect(patchMediaTypes(document, deploymentKind)).toEqual(all)
    expect(patchMediaTypes(document, '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale')).toEqual(all)
    expect(patchMediaTypes(document, '/apis/apps/v1/nope')).toEqual([])
    expect(patchMediaTypes({}, deploymentKind)).toEqual([])
  })

  test('the resource comes before its subresources', () => {
    const patch = (...types: string[]) => ({
      patch: {
        requestBody: { content: Object.fromEntries(types.map(type => [type, {}])) },
        'x-kubernetes-group-version-kind': deploymentKind,
      },
    })
    const paths = { '/d/{name}/status': patch('a/status'), '/d/{name}': patch('a/main') }
    expect(patchMediaTypes({ paths }, deploymentKind)).toEqual(['a/main'])
  })

  test('parameters, also shared ones and those of OpenAPI v2', () => {
    expect(supportsDryRun(document, deploymentKind)).toBe(true)
    expect(supportsFieldValidation(document, deploymentKind)).toBe(true)
    const patch = {
      consumes: ['application/merge-patch+json'],
      parameters: [{ $ref: '#/parameters/dryRun-x' }],
      'x-kubernetes-group-version-kind': deploymentKind,
    }
    const old = { paths: { '/d/{name}': { patch } }, parameters: { 'dryRun-x': { name: 'dryRun' } } }
    expect(patchMediaTypes(old, deploymentKind)).toEqual(['application/merge-patch+json'])
    expect(supportsDryRun(old, deploymentKind)).toBe(true)
    expect(supportsFieldValidation(old, deploymentKind)).toBe(false)
  })
})

describe('small documents', () => {
  test('say the same as the whole', () => {
    const schemas = {
      Root: {
        description: 'long',
        properties: {
          list: {
            type: 'array',
            description: 'long',
            items: { allOf: [{ $ref: '#/components/schemas/Item' }], default: {} },
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['a', 'b'],
            'x-kubernetes-patch-merge-key': 'a',
            'x-kubernetes-patch-strategy': 'merge,retainKeys',
          },
          any: { 'x-kubernetes-preserve-unknown-fields': true },
          map: { type: 'object', additionalProperties: { type: 'string', format: 'byte', nullable: true } },
          again: { $ref: '#/components/schemas/Root' },
        },
      },
      Item: {
        properties: { a: { oneOf: [text, { type: 'number' }], default: 'x' } },
        'x-kubernetes-map-type': 'atomic',
      },
      Other: { type: 'string' },
    }
    const pruned = prunePatchSchema(v3(schemas), 'Root')
    if (!pruned.ok) throw new Error(pruned.problem.code)
    expect(JSON.stringify(pruned.value)).not.toMatch(/long|Other/)
    const [whole, small] = [v3(schemas), pruned.value].map(document => openApiPatchSchema(document, 'Root'))
    if (!whole?.ok || !small?.ok) throw new Error('unreadable')
    for (const place of ['list', 'list[]', 'list[].a', 'any', 'map', 'map.x', 'again.list[].a', 'nope']) {
      expect(said(at(small.value, place)), place).toEqual(said(at(whole.value, place)))
    }
  })

  test('of a pruned document are that document', () => {
    const document = documentOf('Deployment')
    expect(prunePatchSchema(document, deploymentName)).toEqual({ ok: true, value: { components: document.components } })
  })

  test('of an unknown schema', () => {
    expect(prunePatchSchema({}, 'x')).toMatchObject({ ok: false, problem: { code: 'schema-unknown' } })
  })

  /** What a schema says of its own place. */
  function said(schema: PatchSchema | null): unknown {
    if (schema === null) return null
    const { field: _field, items: _items, ...facts } = schema
    return facts
  }
})
