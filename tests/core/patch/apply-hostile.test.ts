import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json, type JsonObject, parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import {
  type ApplyAs,
  conflictsOfApply,
  createApplyConfiguration,
  mergeApplyConfiguration,
  type PatchSchema,
} from '../../../core/patch/index.ts'
import { workloadSchema } from '../schemas.ts'
import { frozen } from './tables.ts'

const as = (schema: PatchSchema | null): ApplyAs => ({ manager: 'me', subresource: null, schema })

/** Both functions that give a Result, on the same objects; the third walks whatever it is given. */
function everything(a: JsonObject, b: JsonObject) {
  return [null, workloadSchema].flatMap(schema => {
    expect(Array.isArray(conflictsOfApply(a, b, as(schema)))).toBe(true)
    return [createApplyConfiguration(a, b, as(schema)), mergeApplyConfiguration(a, b, as(schema))]
  })
}

/** Text to object: only there does `__proto__` become an own key. */
function read(text: string): JsonObject {
  const value = parseJson(text)
  if (!value.ok || !isObject(value.value)) throw new Error('not an object')
  return value.value
}

test.each([[null], [undefined], [1], ['x'], [[]], [[{}]]])('a root that is no object (%j) is a problem', root => {
  // A caller without types can pass it.
  const value = root as unknown as JsonObject
  for (const result of [...everything(value, {}), ...everything({}, value)]) {
    expect(result).toMatchObject({ ok: false, problem: { code: 'patch-type-mismatch', expected: 'object' } })
  }
})

describe('depth', () => {
  function deep(levels: number, wrap: (inner: Json) => Json): JsonObject {
    let value: Json = 1
    for (let i = 0; i < levels; i++) value = wrap(value)
    return { a: value }
  }
  const cyclic: Record<string, Json> = {}
  Object.assign(cyclic, { a: cyclic, b: [cyclic] })

  test.each([
    ['10,000 maps', deep(10_000, inner => ({ a: inner }))],
    ['10,000 lists', deep(10_000, inner => [inner])],
    ['a cycle', cyclic],
  ])('%s are refused', (_, value) => {
    for (const result of [...everything(value, {}), ...everything({}, value), ...everything(value, value)]) {
      expect(result).toMatchObject({ ok: false, problem: { code: 'too-deep', limit: 1000 } })
    }
  })

  test('990 levels are not', () => {
    const value = deep(990, inner => ({ a: inner }))
    for (const result of [...everything(value, {}), ...everything({}, value)]) expect(result.ok).toBe(true)
  })

  test.each(['k:', 'v:'])('10,000 levels inside a name of an owned item (%s) name nothing', prefix => {
    const name = prefix + '['.repeat(10_000) + ']'.repeat(10_000)
    const live = {
      apiVersion: 'v1',
      metadata: { managedFields: [entry({ 'f:spec': { 'f:containers': { [name]: {} } } })] },
      ...object,
    }
    for (const result of everything(live, object)) expect(result.ok).toBe(true)
  })
})

const object = { spec: { containers: [{ name: 'a' }] } }

function entry(fieldsV1: Json, manager = 'me'): JsonObject {
  return { manager, operation: 'Apply', apiVersion: 'v1', fieldsV1 }
}

test('keys that JavaScript treats specially are taken over, and away, as any other', () => {
  const fields = read('{"f:metadata":{"f:labels":{"f:__proto__":{},"f:constructor":{}}}}')
  const labels = read('{"__proto__":"x","constructor":"y","z":"1"}')
  const live = { apiVersion: 'v1', metadata: { labels, managedFields: [entry(fields)] } }
  const wanted = read('{"metadata":{"labels":{"__proto__":"w","toString":"v","z":"1"}}}')
  const configuration = createApplyConfiguration(live, wanted, as(workloadSchema))
  if (!configuration.ok) throw new Error(configuration.problem.code)
  const made = mergeApplyConfiguration(live, configuration.value, as(workloadSchema))
  if (!made.ok || !isObject(made.value.metadata)) throw new Error('nothing made')
  expect(canonicalJson(made.value.metadata.labels ?? null)).toBe('{"__proto__":"w","toString":"v","z":"1"}')
})

const key = fc.constantFrom(
  ...['spec', 'containers', 'volumes', 'ports', 'selector', 'metadata', 'finalizers', 'labels', 'name'],
  ...['apiVersion', 'kind', 'containerPort', '__proto__', 'constructor'],
)
const { tree } = fc.letrec<{ tree: Json; object: JsonObject }>(tie => ({
  object: fc
    .array(fc.tuple(key, tie('tree')), { maxLength: 6 })
    .map((entries): JsonObject => Object.fromEntries(entries)),
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<Json[]>('a', 'b', '', null, 1, 1n, 1.5, true),
    tie('object'),
    tie('object'),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}))
const name = fc.oneof(
  key.map(field => `f:${field}`),
  fc.constantFrom('.', 'v:"a"', 'v:1', 'k:{"name":"a"}', 'k:{}', 'k:', 'i:0', 'f:', '__proto__'),
)
const { fields } = fc.letrec<{ fields: Json }>(tie => ({
  fields: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Json[]>({}, null, 1, []),
    fc.array(fc.tuple(name, tie('fields')), { maxLength: 4 }).map((entries): Json => Object.fromEntries(entries)),
  ),
}))
const entries = fc.array(
  fc.oneof(
    tree,
    fc.tuple(fields, fc.constantFrom('me', 'other')).map(([tree, manager]): Json => entry(tree, manager)),
  ),
  { maxLength: 3 },
)
const anyObject = fc.tuple(tree, fc.option(entries)).map(([value, managedFields]): JsonObject => {
  const made = isObject(value) ? value : { spec: value }
  if (managedFields === null) return made
  return { apiVersion: 'v1', ...made, metadata: { ...(isObject(made.metadata) ? made.metadata : {}), managedFields } }
})

test('any JSON gives a value or a problem, changes no argument and no prototype', () => {
  const untouched = Object.getOwnPropertyNames(Object.prototype).join()
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyObject, anyObject, (a, b) => {
      for (const result of everything(frozen(a), frozen(b))) seen.add(result.ok ? 'ok' : result.problem.code)
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(untouched)
    }),
    { numRuns: 2000 },
  )
  expect([...seen].sort()).toEqual(['ok', 'patch-falls-short'])
})
