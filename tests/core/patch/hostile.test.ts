import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json, type JsonObject, parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import {
  applyMergePatch,
  applyStrategicPatch,
  createMergePatch,
  createStrategicPatch,
  createThreeWayMergePatch,
  createThreeWayStrategicPatch,
} from '../../../core/patch/index.ts'
import { frozen, schemaOf } from './tables.ts'

const deployment = schemaOf('Deployment')

/** Every function of the folder that takes two or three objects, on the same ones. */
function everything(a: JsonObject, b: JsonObject, c: JsonObject) {
  return [
    createStrategicPatch(a, b, deployment),
    applyStrategicPatch(a, b, deployment),
    createThreeWayStrategicPatch(a, b, c, deployment, { overwrite: false }),
    createMergePatch(a, b),
    applyMergePatch(a, b),
    createThreeWayMergePatch(a, b, c),
  ]
}

/** Text to object: only there does `__proto__` become an own key. */
function read(text: string): JsonObject {
  const value = parseJson(text)
  if (!value.ok || !isObject(value.value)) throw new Error('not an object')
  return value.value
}

describe('keys that JavaScript treats specially', () => {
  const labels = (text: string): JsonObject => read(`{"metadata":{"labels":${text}}}`)

  test.each([
    ['added', '{"a":"1"}', '{"a":"1","__proto__":"x","constructor":"y"}'],
    ['changed', '{"__proto__":"x","constructor":"y"}', '{"__proto__":"z","constructor":"y"}'],
    ['removed', '{"__proto__":"x","hasOwnProperty":"y"}', '{}'],
    ['maps', '{"a":"1"}', '{"__proto__":{"polluted":"1"},"toString":{"b":"1"}}'],
  ])('%s as any other', (_, before, after) => {
    const [from, to] = [labels(before), labels(after)]
    const strategic = createStrategicPatch(from, to, deployment)
    const merge = createMergePatch(from, to)
    if (!strategic.ok || !merge.ok) throw new Error('no patch')
    for (const result of [applyStrategicPatch(from, strategic.value, deployment), applyMergePatch(from, merge.value)]) {
      expect(result.ok && canonicalJson(result.value)).toBe(canonicalJson(to))
    }
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  test('merge keys too', () => {
    const containers = (image: string) =>
      read(`{"spec":{"template":{"spec":{"containers":[{"name":"__proto__","image":"${image}"}]}}}}`)
    const patch = createStrategicPatch(containers('1'), containers('2'), deployment)
    if (!patch.ok) throw new Error(patch.problem.code)
    expect(applyStrategicPatch(containers('1'), patch.value, deployment)).toEqual({ ok: true, value: containers('2') })
  })

  test('$setElementOrder and $deleteFromPrimitiveList of __proto__', () => {
    for (const directive of ['$setElementOrder', '$deleteFromPrimitiveList']) {
      const result = applyStrategicPatch(
        { metadata: {} },
        read(`{"metadata":{"${directive}/__proto__":["a"]}}`),
        deployment,
      )
      expect(result.ok ? result.value : result.problem.code).toEqual(
        directive === '$setElementOrder' ? 'schema-unknown' : { metadata: {} },
      )
    }
  })
})

describe('10,000 levels', () => {
  function deep(wrap: (inner: Json) => Json): JsonObject {
    let value: Json = 1
    for (let i = 0; i < 10_000; i++) value = wrap(value)
    return { a: value }
  }
  test.each([
    ['maps', deep(inner => ({ a: inner }))],
    ['lists', deep(inner => [inner])],
  ])('of %s are refused', (_, value) => {
    // All but the strategic patch that touches nothing.
    const [created, _applied, ...others] = everything(value, {}, {})
    for (const result of [created, ...others, ...everything({}, value, {})]) {
      expect(result).toMatchObject({ ok: false, problem: { code: 'too-deep', limit: 1000 } })
    }
  })

  test('that a strategic patch does not go into are left as they are', () => {
    const object = deep(inner => ({ a: inner }))
    expect(applyStrategicPatch({ ...object, spec: { replicas: 1 } }, { spec: { replicas: 2 } }, deployment)).toEqual({
      ok: true,
      value: { ...object, spec: { replicas: 2 } },
    })
  })

  test.each(['$patch', '$setElementOrder/finalizers', '$deleteFromPrimitiveList/finalizers'])(
    'in a %s are refused',
    directive => {
      const { a: value = null } = deep(inner => [inner])
      const result = applyStrategicPatch(
        { metadata: { finalizers: ['a'] } },
        { metadata: { [directive]: value } },
        deployment,
      )
      expect(result).toMatchObject({ ok: false, problem: { path: expect.anything() } })
    },
  )

  test('999 levels are not', () => {
    let value: JsonObject = {}
    for (let i = 0; i < 998; i++) value = { a: value }
    for (const result of everything({ a: 1 }, value, { a: 1 })) expect(result.ok).toBe(true)
  })
})

test.each([[null], [1], ['x'], [[]], [[{}]]])('a root that is no object (%j) is a problem', root => {
  // A caller without types can pass it.
  const value = root as unknown as JsonObject
  for (const result of [...everything(value, {}, {}), ...everything({}, value, {})]) {
    expect(result).toMatchObject({ ok: false, problem: { code: 'patch-type-mismatch', expected: 'object' } })
  }
})

const key = fc.constantFrom(
  'spec',
  'template',
  'containers',
  'volumes',
  'strategy',
  'metadata',
  'finalizers',
  'labels',
  'name',
  '__proto__',
  'constructor',
  '$patch',
  '$retainKeys',
  '$setElementOrder/containers',
  '$setElementOrder/finalizers',
  '$deleteFromPrimitiveList/finalizers',
  '$setElementOrder',
)
const { tree } = fc.letrec<{ tree: Json; object: JsonObject }>(tie => ({
  object: fc
    .array(fc.tuple(key, tie('tree')), { maxLength: 6 })
    .map((entries): JsonObject => Object.fromEntries(entries)),
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<Json[]>('a', 'b', 'delete', 'replace', 'merge', null, 1, 1n, 1.5, true),
    tie('object'),
    tie('object'),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}))
const object = tree.map((value): JsonObject => (isObject(value) ? value : { spec: value }))

test('any JSON gives a value or a problem, changes no argument and no prototype', () => {
  const untouched = Object.getOwnPropertyNames(Object.prototype).join()
  fc.assert(
    fc.property(object, object, object, (a, b, c) => {
      for (const result of everything(frozen(a), frozen(b), frozen(c))) expect(typeof result.ok).toBe('boolean')
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(untouched)
    }),
    { numRuns: 3000 },
  )
})
