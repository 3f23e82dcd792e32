import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json, type JsonObject } from '../../../core/json.ts'
import { isList, isObject } from '../../../core/object.ts'
import {
  applyStrategicPatch,
  createStrategicPatch,
  createThreeWayStrategicPatch,
  openApiPatchSchema,
} from '../../../core/patch/index.ts'
import { formatPath } from '../../../core/path.ts'
import type { PatchProblem, Result } from '../../../core/problem.ts'
import { arbitraryDeployment } from './arbitrary.ts'
import { documentOf, frozen, rowsOf, schemaNameOf, schemaOf, type TableKind } from './tables.ts'

type Row = {
  readonly name: string
  readonly kind: TableKind
  readonly original: JsonObject
  readonly modified: JsonObject
  readonly current?: JsonObject
  readonly twoWay: JsonObject
  readonly result?: JsonObject
  readonly resultOnCurrent?: JsonObject
  readonly threeWay?: JsonObject
  readonly threeWayResult?: JsonObject
  readonly conflicts?: readonly string[]
}

/** A result as the tables write it: the value, or which problem. */
function outcome(result: Result<JsonObject, PatchProblem>): Json {
  return result.ok ? result.value : { problem: result.problem.code }
}

function expectSame(actual: Json, expected: Json | undefined): void {
  expect(canonicalJson(actual)).toBe(canonicalJson(expected ?? null))
}

describe('as Go, two ways', () => {
  test.each(rowsOf<Row>('patch-strategic.yaml'))('$name', ({ kind, original, modified, current, ...expected }) => {
    const schema = schemaOf(kind)
    const patch = createStrategicPatch(frozen(original), frozen(modified), schema)
    expectSame(outcome(patch), expected.twoWay)
    if (!patch.ok) return
    expectSame(outcome(applyStrategicPatch(original, frozen(patch.value), schema)), expected.result ?? modified)
    if (current === undefined) return
    expectSame(outcome(applyStrategicPatch(frozen(current), patch.value, schema)), expected.resultOnCurrent)
  })
})

describe('as Go, three ways', () => {
  const rows = rowsOf<Row>('patch-strategic.yaml').filter(row => row.current !== undefined)
  test.each(rows)('$name', ({ kind, original, modified, current = {}, ...expected }) => {
    const schema = schemaOf(kind)
    const sides = [frozen(original), frozen(modified), frozen(current)] as const
    const patch = createThreeWayStrategicPatch(...sides, schema, { overwrite: true })
    expectSame(outcome(patch), expected.threeWay)
    if (!patch.ok) return
    expectSame(outcome(applyStrategicPatch(current, frozen(patch.value), schema)), expected.threeWayResult)
    const careful = createThreeWayStrategicPatch(...sides, schema, { overwrite: false })
    const conflicts = careful.ok || careful.problem.code !== 'merge-conflict' ? [] : careful.problem.conflicts
    expect(conflicts.map(({ path }) => formatPath(path))).toEqual(expected.conflicts)
    if (careful.ok) expectSame(careful.value, patch.value)
  })
})

describe('as Go, written by hand', () => {
  type Applied = { name: string; kind: TableKind; object: JsonObject; patch: JsonObject; result: JsonObject }
  test.each(rowsOf<Applied>('patch-strategic-apply.yaml'))('$name', ({ kind, object, patch, result }) => {
    expectSame(outcome(applyStrategicPatch(frozen(object), frozen(patch), schemaOf(kind))), result)
  })
})

describe('by an OpenAPI v2 document', () => {
  /** As servers write it in v2: in another place, what is said beside a `$ref` not around a wrapper of it. */
  function asV2(value: Json): Json {
    if (typeof value === 'string') return value.replace('#/components/schemas/', '#/definitions/')
    if (isList(value)) return value.map(asV2)
    if (!isObject(value)) return value
    const { allOf, ...own } = value
    const [wrapped] = isList(allOf) ? allOf : []
    const said = isObject(wrapped) ? { ...own, ...wrapped } : own
    return Object.fromEntries(Object.entries(said).map(([key, inner]) => [key, asV2(inner)]))
  }

  function schemaByV2(kind: TableKind) {
    const { components } = documentOf(kind)
    const schemas = isObject(components) ? (components.schemas ?? {}) : {}
    const read = openApiPatchSchema({ definitions: asV2(schemas) }, schemaNameOf(kind))
    if (!read.ok) throw new Error(read.problem.code)
    return read.value
  }

  test.each(rowsOf<Row>('patch-strategic.yaml'))('$name', ({ kind, original, modified, twoWay, result }) => {
    const schema = schemaByV2(kind)
    const patch = createStrategicPatch(original, modified, schema)
    expectSame(outcome(patch), twoWay)
    if (patch.ok) expectSame(outcome(applyStrategicPatch(original, patch.value, schema)), result ?? modified)
  })
})

test('a conflict carries all three sides, without those that have nothing there', () => {
  const made = (replicas: number, image: string | null): JsonObject => ({
    spec: { replicas, template: { spec: { containers: [{ name: 'a', ...(image !== null && { image }) }] } } },
  })
  const patch = createThreeWayStrategicPatch(made(1, null), made(2, 'x:1'), made(3, 'y:1'), schemaOf('Deployment'), {
    overwrite: false,
  })
  expect(patch).toEqual({
    ok: false,
    problem: {
      code: 'merge-conflict',
      conflicts: expect.arrayContaining([
        { path: ['spec', 'replicas'], base: 1, mine: 2, theirs: 3 },
        {
          path: ['spec', 'template', 'spec', 'containers', { keys: { name: 'a' } }, 'image'],
          mine: 'x:1',
          theirs: 'y:1',
        },
      ]),
    },
  })
})

describe('a problem says where', () => {
  const pod = (spec: JsonObject): JsonObject => ({ spec: { template: { spec } } })
  const place = 'spec.template.spec.containers'

  test.each<[string, JsonObject, JsonObject, string]>([
    ['merge-key-missing', pod({ containers: [{ name: 'a' }] }), pod({ containers: [{ image: 'x' }] }), place],
    ['merge-key-not-scalar', pod({ containers: [{ name: 'a' }] }), pod({ containers: [{ name: {} }] }), place],
    ['patch-type-mismatch', pod({ containers: [{ name: 'a' }] }), pod({ containers: ['a'] }), place],
    [
      'merge-key-missing',
      pod({ containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] }),
      pod({ containers: [{ name: 'a', ports: [{ name: 'web' }] }] }),
      `${place}[name=a].ports`,
    ],
    ['schema-unknown', { spec: { nope: { a: 1 } } }, { spec: { nope: { a: 2 } } }, 'spec.nope'],
  ])('created: %s', (code, from, to, path) => {
    const patch = createStrategicPatch(from, to, schemaOf('Deployment'))
    expect(patch.ok || [patch.problem.code, formatPath(patch.problem.path ?? [])]).toEqual([code, path])
  })

  test.each<[string, JsonObject, string]>([
    ['patch-directive-unknown', pod({ $patch: 'nope' }), 'spec.template.spec'],
    ['patch-directive-unknown', pod({ $retainKeys: 'nope' }), 'spec.template.spec'],
    ['patch-list-order', pod({ '$setElementOrder/containers': [{ name: 'b' }], containers: [{ name: 'a' }] }), place],
    ['merge-key-missing', pod({ containers: [{ $patch: 'delete' }] }), place],
    ['patch-type-mismatch', pod({ containers: [1] }), place],
  ])('applied: %s', (code, patch, path) => {
    const result = applyStrategicPatch(pod({ containers: [{ name: 'a' }] }), patch, schemaOf('Deployment'))
    expect(result.ok || [result.problem.code, formatPath(result.problem.path ?? [])]).toEqual([code, path])
  })
})

test('merge keys that are numbers are one, as number or as bigint', () => {
  const ports = (port: number | bigint, name: string): JsonObject => ({ spec: { ports: [{ port, name }] } })
  expectSame(outcome(createStrategicPatch(ports(80, 'a'), ports(80n, 'b'), schemaOf('Service'))), {
    spec: { ports: [{ port: 80, name: 'b' }], '$setElementOrder/ports': [{ port: 80 }] },
  })
})

describe('where Go gives no useful answer', () => {
  const deployment = schemaOf('Deployment')
  const finalizers = (...list: readonly string[]): JsonObject => ({ metadata: { finalizers: list } })
  const args = (...list: readonly string[]): JsonObject => ({
    spec: { template: { spec: { containers: [{ name: 'a', args: list }] } } },
  })

  test('two who delete from one list of texts do not conflict (Go fails: no such field)', () => {
    const patch = createThreeWayStrategicPatch(
      finalizers('a', 'b', 'c'),
      finalizers('b', 'c'),
      finalizers('a', 'c'),
      deployment,
      { overwrite: false },
    )
    expectSame(outcome(patch), {
      metadata: {
        finalizers: ['b'],
        '$deleteFromPrimitiveList/finalizers': ['a'],
        '$setElementOrder/finalizers': ['b', 'c'],
      },
    })
  })

  test('empty lists inside replaced items agree (Go fails: no elements)', () => {
    const rules = (...list: readonly JsonObject[]): JsonObject => ({ spec: { rules: list } })
    const mine = rules({ host: 'b', http: { paths: [] } })
    const theirs = rules({ http: { paths: [] } })
    const sides = [rules({ host: 'a' }), mine, theirs] as const
    expectSame(outcome(createThreeWayStrategicPatch(...sides, schemaOf('Ingress'), { overwrite: false })), mine)
  })

  test('comparing lists for conflicts leaves their order alone (Go sorts them inside the patch)', () => {
    const patch = createThreeWayStrategicPatch(args('x', 'y'), args('q', 'p'), args('p', 'q'), deployment, {
      overwrite: false,
    })
    expect(JSON.stringify(patch)).toContain('"args":["q","p"]')
  })

  test('comparing lists for conflicts leaves repeated texts alone (Go writes b over the second a)', () => {
    const sides = [args(), args('a', 'a', 'b'), args('b', 'a', 'a')] as const
    const patch = createThreeWayStrategicPatch(...sides, deployment, { overwrite: false })
    expect(JSON.stringify(patch)).toContain('"args":["a","a","b"]')
  })

  test.each([
    [['a', 'a'], ['a', 'b'], 'overlooks it'],
    [['a', 'b'], ['a', 'a'], 'crashes'],
  ] as const)('%j against %j is a conflict (Go %s)', (mine, theirs, _) => {
    const sides = [args(), args(...mine), args(...theirs)] as const
    const patch = createThreeWayStrategicPatch(...sides, deployment, { overwrite: false })
    expect(patch).toMatchObject({ ok: false, problem: { code: 'merge-conflict' } })
  })

  test.each(['a', {}] as const)('a merge key that is no scalar on either side (%j against a map)', other => {
    const from = { spec: { template: { spec: { containers: [{ name: { x: 1 } }] } } } }
    const to = { spec: { template: { spec: { containers: [{ name: other }] } } } }
    const patch = createStrategicPatch(from, to, deployment)
    expect(patch).toMatchObject({
      ok: false,
      problem: { code: 'merge-key-not-scalar', key: 'name', path: ['spec', 'template', 'spec', 'containers'] },
    })
  })
})

test('problems name their place, list items by their merge key', () => {
  const env = (item: Json): JsonObject => ({
    spec: { template: { spec: { containers: [{ name: 'a', env: [item] }] } } },
  })
  const patch = createStrategicPatch(env({ name: 'A' }), env({ value: '1' }), schemaOf('Deployment'))
  expect(patch.ok || formatPath(patch.problem.path ?? [])).toBe('spec.template.spec.containers[name=a].env')
})

test('integers beyond 2^53 keep every digit', () => {
  const from = { spec: { template: { spec: { activeDeadlineSeconds: 9007199254740993n } } } }
  const to = { spec: { template: { spec: { activeDeadlineSeconds: 9007199254740995n } } } }
  const patch = createStrategicPatch(from, to, schemaOf('Deployment'))
  expect(outcome(patch)).toEqual(to)
  expect(
    outcome(createStrategicPatch({ spec: { replicas: 3n } }, { spec: { replicas: 3 } }, schemaOf('Deployment'))),
  ).toEqual({})
})

test('what is created and applied is what was wanted', () => {
  const schema = schemaOf('Deployment')
  fc.assert(
    fc.property(arbitraryDeployment, arbitraryDeployment, (from, to) => {
      const patch = createStrategicPatch(frozen(from), frozen(to), schema)
      if (!patch.ok) throw new Error(patch.problem.code)
      expectSame(outcome(applyStrategicPatch(from, frozen(patch.value), schema)), to)
    }),
    { numRuns: 500 },
  )
})

test('nothing wanted, nothing sent', () => {
  fc.assert(
    fc.property(arbitraryDeployment, from => {
      expect(outcome(createStrategicPatch(from, structuredClone(from), schemaOf('Deployment')))).toEqual({})
    }),
  )
})

test('three ways with nobody else is two ways', () => {
  const schema = schemaOf('Deployment')
  fc.assert(
    fc.property(arbitraryDeployment, arbitraryDeployment, (from, to) => {
      const patch = createThreeWayStrategicPatch(from, to, from, schema, { overwrite: false })
      if (!patch.ok) throw new Error(patch.problem.code)
      expectSame(outcome(applyStrategicPatch(from, patch.value, schema)), to)
    }),
    { numRuns: 300 },
  )
})
