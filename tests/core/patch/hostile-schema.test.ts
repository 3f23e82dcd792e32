import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json, type JsonObject } from '../../../core/json.ts'
import {
  applyJsonPatch,
  applyStrategicPatch,
  createJsonPatch,
  createStrategicPatch,
  createThreeWayStrategicPatch,
  formatPath,
  openApiPatchSchema,
  type PatchSchema,
  patchMediaTypes,
  patchSchemaName,
  printJsonPatch,
  prunePatchSchema,
  supportsDryRun,
  supportsFieldValidation,
} from '../../../core/patch/index.ts'
import { frozen } from './tables.ts'

const kind = { group: 'g', version: 'v1', kind: 'K' }

/** Every function that takes a document, on the same one; the schema, if it has one. */
function readAll(document: JsonObject): PatchSchema | null {
  const name = patchSchemaName(document, kind) ?? 'A'
  for (const target of [kind, '/k/{name}']) {
    expect(Array.isArray(patchMediaTypes(document, target))).toBe(true)
    expect(typeof supportsDryRun(document, target)).toBe('boolean')
    expect(typeof supportsFieldValidation(document, target)).toBe('boolean')
  }
  const schema = openApiPatchSchema(document, name)
  const pruned = prunePatchSchema(document, name)
  expect(pruned.ok).toBe(schema.ok)
  if (pruned.ok) expect(openApiPatchSchema(pruned.value, name).ok).toBe(true)
  return schema.ok ? schema.value : null
}

/** Every function that takes a schema, on the same objects. */
function patchAll(schema: PatchSchema, a: JsonObject, b: JsonObject, c: JsonObject): void {
  const strategic = createStrategicPatch(a, b, schema)
  const results = [strategic, createThreeWayStrategicPatch(a, b, c, schema, { overwrite: false })]
  if (strategic.ok) results.push(applyStrategicPatch(c, strategic.value, schema))
  results.push(applyStrategicPatch(a, b, schema))
  for (const guarded of [true, false]) {
    const operations = createJsonPatch(a, b, { guarded, schema })
    if (!operations.ok) continue
    expect(JSON.parse(printJsonPatch(operations.value))).toHaveLength(operations.value.length)
    expect(applyJsonPatch(a, operations.value).ok).toBe(true)
  }
  for (const result of results) {
    if (!result.ok) expect(typeof formatPath(result.problem.path ?? [])).toBe('string')
  }
}

const names = ['A', 'B', 'a', 'b', 'name', '__proto__', 'constructor', 'toString']
const name = fc.constantFrom(...names)
const reference = fc.constantFrom(
  ...names.map(one => `#/components/schemas/${one}`),
  ...names.map(one => `#/definitions/${one}`),
  '',
  '/',
)
const fewScalars = fc.constantFrom<Json[]>('a', '', null, 1, 9007199254740993n, 0.5, true)
const keyword = fc.constantFrom(
  ...['$ref', 'type', 'properties', 'items', 'additionalProperties', 'allOf', 'oneOf', 'default', 'nullable'],
  ...['patch-strategy', 'patch-merge-key', 'list-type', 'list-map-keys', 'map-type', 'int-or-string'].map(
    word => `x-kubernetes-${word}`,
  ),
  'x-kubernetes-group-version-kind',
)
const words = fc.constantFrom<Json[]>(
  ...['object', 'array', 'string', 'merge', 'replace', 'merge,retainKeys', 'retainKeys', 'map', 'set', 'atomic'],
)

/** Schemas that mostly keep to the form, and lie in it: any keyword may hold what belongs to another, or nothing at all. */
const { schema: lyingSchema } = fc.letrec<{ schema: Json; value: Json }>(tie => ({
  schema: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fewScalars,
    fc.record(
      {
        type: words,
        properties: fc.dictionary(name, tie('schema'), { maxKeys: 4 }),
        'x-kubernetes-patch-strategy': words,
      },
      { requiredKeys: ['properties'] },
    ),
    fc.record(
      {
        type: words,
        items: tie('schema'),
        'x-kubernetes-patch-strategy': fc.constantFrom('merge', 'merge,retainKeys', 'x'),
        'x-kubernetes-patch-merge-key': name,
        'x-kubernetes-list-type': words,
        'x-kubernetes-list-map-keys': fc.array(name, { maxLength: 2 }),
      },
      { requiredKeys: ['items'] },
    ),
    reference.map((ref): Json => ({ $ref: ref })),
    fc.tuple(reference, fc.nat(2)).map(([ref, more]): Json => ({ allOf: Array(more + 1).fill({ $ref: ref }) })),
    fc.array(fc.tuple(keyword, tie('value')), { maxLength: 4 }).map((entries): Json => Object.fromEntries(entries)),
  ),
  value: fc.oneof(
    { maxDepth: 5 },
    fewScalars,
    words,
    reference,
    tie('schema'),
    fc.array(tie('schema'), { maxLength: 3 }),
  ),
}))

const operation = fc.record(
  {
    consumes: fc.oneof(lyingSchema, fc.array(lyingSchema, { maxLength: 2 })),
    requestBody: fc.oneof(lyingSchema, fc.record({ content: lyingSchema })),
    parameters: fc.array(
      fc.oneof(lyingSchema, fc.constantFrom<Json[]>({ name: 'dryRun' }, { $ref: '#/parameters/a' })),
    ),
    'x-kubernetes-group-version-kind': fc.oneof(lyingSchema, fc.constant<Json>(kind), fc.constant<Json>([null, kind])),
  },
  { requiredKeys: [] },
)
const lyingDocument = fc
  .record(
    {
      schemas: fc.oneof(
        { weight: 9, arbitrary: fc.dictionary(name, lyingSchema, { maxKeys: 6 }) },
        { weight: 1, arbitrary: lyingSchema },
      ),
      root: lyingSchema,
      paths: fc.oneof(
        lyingSchema,
        fc.dictionary(
          fc.constantFrom('/k/{name}', '/k', '__proto__'),
          fc.oneof(lyingSchema, fc.record({ patch: operation })),
        ),
      ),
      old: fc.boolean(),
    },
    { noNullPrototype: true },
  )
  .map(({ schemas, root, paths, old }): JsonObject => {
    const all: Json = typeof schemas === 'object' && schemas !== null ? { ...schemas, A: root } : schemas
    return old ? { definitions: all, paths } : { components: { schemas: all }, paths }
  })

const { tree } = fc.letrec<{ tree: Json; object: JsonObject }>(tie => ({
  object: fc
    .array(fc.tuple(fc.oneof(name, fc.constantFrom('$patch', '$retainKeys', '$setElementOrder/a')), tie('tree')), {
      maxLength: 4,
    })
    .map((entries): JsonObject => Object.fromEntries(entries)),
  tree: fc.oneof({ maxDepth: 4 }, fewScalars, tie('object'), tie('object'), fc.array(tie('tree'), { maxLength: 3 })),
}))
const object = fc
  .array(fc.tuple(name, tree), { maxLength: 4 })
  .map((entries): JsonObject => Object.fromEntries(entries))

test('documents that lie give a schema or a problem, and a schema that lies patches or a problem', () => {
  const untouched = Object.getOwnPropertyNames(Object.prototype).join()
  const seen = { schemas: 0, refused: 0 }
  fc.assert(
    fc.property(lyingDocument, object, object, object, (document, a, b, c) => {
      const schema = readAll(frozen(document))
      seen[schema === null ? 'refused' : 'schemas']++
      if (schema !== null) patchAll(schema, frozen(a), frozen(b), frozen(c))
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(untouched)
    }),
    { numRuns: 1500 },
  )
  expect(Math.min(seen.schemas, seen.refused)).toBeGreaterThan(150)
})

test('a shape that is no map of schemas is one all the same, in the small document too', () => {
  const B = { allOf: [{ $ref: '#/components/schemas/A' }], properties: [] }
  expect(readAll({ components: { schemas: { A: { $ref: '#/components/schemas/B' }, B } } })).not.toBe(null)
})

describe('documents without end', () => {
  const v3 = (schemas: JsonObject): JsonObject => ({ components: { schemas } })
  const ref = (to: string): JsonObject => ({ $ref: `#/components/schemas/${to}` })
  function nested(levels: number, wrap: (inner: Json) => Json): Json {
    let value: Json = { type: 'string' }
    for (let i = 0; i < levels; i++) value = wrap(value)
    return value
  }

  test.each<[string, (inner: Json) => Json]>([
    ['properties', inner => ({ properties: { a: inner } })],
    ['items', inner => ({ items: inner })],
    ['additionalProperties', inner => ({ additionalProperties: inner })],
    ['allOf', inner => ({ allOf: [inner] })],
    ['a later member of allOf', inner => ({ allOf: [{}, inner] })],
    ['oneOf', inner => ({ oneOf: [inner] })],
    ['a default', inner => ({ default: inner })],
  ])('10,000 levels of %s are refused', (_, wrap) => {
    const document = v3({ A: { properties: { a: nested(10_000, wrap) } } })
    for (const read of [openApiPatchSchema, prunePatchSchema]) {
      expect(read(document, 'A')).toMatchObject({ ok: false, problem: { code: 'too-deep' } })
    }
  })

  test.each<[string, (to: string) => JsonObject]>([
    ['$ref', ref],
    ['allOf', to => ({ allOf: [ref(to)] })],
  ])('a chain of 20,000 %s is refused at once', (_, link) => {
    const chain = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`S${i}`, link(`S${i + 1}`)]))
    expect(openApiPatchSchema(v3({ ...chain, S20000: {} }), 'S0')).toMatchObject({
      ok: false,
      problem: { code: 'schema-invalid' },
    })
  })

  test('a loop of allOf wrappers is refused', () => {
    const document = v3({ A: { properties: { a: { allOf: [ref('B')] } } }, B: { allOf: [{ allOf: [ref('B')] }] } })
    expect(openApiPatchSchema(document, 'A')).toMatchObject({ problem: { code: 'schema-invalid', path: ['A', 'a'] } })
  })

  test('20,000 schemas that all hold each other are read', () => {
    const many = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [
        `S${i}`,
        { properties: { a: ref(`S${(i * 7919) % 20_000}`), b: ref(`S${(i + 1) % 20_000}`) } },
      ]),
    )
    expect(openApiPatchSchema(v3(many), 'S0').ok).toBe(true)
  })
})

test('lists of 20,000 items', () => {
  const text = { type: 'string' }
  const schema = openApiPatchSchema(
    {
      definitions: {
        A: {
          properties: {
            keyed: {
              type: 'array',
              items: { properties: { name: text, a: text } },
              'x-kubernetes-patch-strategy': 'merge',
              'x-kubernetes-patch-merge-key': 'name',
            },
            plain: { type: 'array', items: text, 'x-kubernetes-patch-strategy': 'merge' },
          },
        },
      },
    },
    'A',
  )
  if (!schema.ok) throw new Error(schema.problem.code)
  const made = (from: number, a: string): JsonObject => ({
    keyed: Array.from({ length: 20_000 }, (_, i) => ({ name: `n${from + i}`, a })),
    plain: Array.from({ length: 20_000 }, (_, i) => `n${from + i}`),
  })
  const [from, to, live] = [made(0, 'x'), made(10_000, 'x'), made(5_000, 'x')]
  const patch = createStrategicPatch(from, to, schema.value)
  if (!patch.ok) throw new Error(patch.problem.code)
  const result = applyStrategicPatch(from, patch.value, schema.value)
  expect(result.ok && canonicalJson(result.value)).toBe(canonicalJson(to))
  expect(createThreeWayStrategicPatch(from, to, live, schema.value, { overwrite: false }).ok).toBe(true)
})
