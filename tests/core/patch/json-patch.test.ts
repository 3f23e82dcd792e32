import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffFields } from '../../../core/diff.ts'
import { canonicalJson, type Json, type JsonObject } from '../../../core/json.ts'
import {
  applyJsonPatch,
  createJsonPatch,
  guardJsonPatch,
  type Operation,
  type PatchSchema,
  printJsonPatch,
} from '../../../core/patch/index.ts'
import { formatPath } from '../../../core/path.ts'
import type { Result } from '../../../core/problem.ts'
import { arbitraryEdits, arbitraryWorkload } from '../arbitrary.ts'
import { anyJson } from '../json-values.ts'
import { workload, workloadSchema } from '../schemas.ts'
import { arbitraryDeployment } from './arbitrary.ts'
import { frozen, rowsOf, schemaOf, type TableKind } from './tables.ts'

const deployment = schemaOf('Deployment')

function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

function expectSame(actual: Json, expected: Json): void {
  expect(canonicalJson(actual)).toBe(canonicalJson(expected))
}

describe('applied as the API server does', () => {
  type Row = { name: string; object: Json; patch: Json; result?: Json; problem?: string }
  test.each(rowsOf<Row>('json-patch-apply.yaml'))('$name', ({ object, patch, result, problem }) => {
    const applied = applyJsonPatch(frozen(object), frozen(patch))
    if (applied.ok) expectSame(applied.value, result ?? null)
    else expect(applied.problem.code).toBe(problem)
  })

  test('a refusal says which operation and where', () => {
    const patch: readonly Operation[] = [
      { op: 'add', path: '/b', value: 1 },
      { op: 'test', path: '/a/0', value: 2 },
    ]
    expect(applyJsonPatch({ a: [1] }, patch)).toEqual({
      ok: false,
      problem: { code: 'json-patch-test-failed', operation: 1, pointer: '/a/0' },
    })
  })

  test('what is left alone is shared', () => {
    const object: JsonObject = { spec: { a: [1] }, data: { b: { c: 1 }, d: { e: 1 } } }
    const result = expectOk(applyJsonPatch(object, [{ op: 'add', path: '/data/b/x', value: 2 }]))
    expect(result).toEqual({ spec: { a: [1] }, data: { b: { c: 1, x: 2 }, d: { e: 1 } } })
    // The line above has shown the shape.
    const { spec, data } = result as { spec: Json; data: { d: Json } }
    expect(spec).toBe(object.spec)
    expect(data.d).toBe((object.data as JsonObject).d)
    expect(expectOk(applyJsonPatch(object, [{ op: 'test', path: '/spec/a/0', value: 1 }]))).toBe(object)
  })

  test('integers beyond 2^53 keep every digit and are told apart', () => {
    const object = { a: 9007199254740993n, b: 9007199254740993n }
    const patch: readonly Operation[] = [
      { op: 'test', path: '/a', value: 9007199254740993n },
      { op: 'move', from: '/b', path: '/c' },
    ]
    expect(expectOk(applyJsonPatch(object, patch))).toEqual({ a: 9007199254740993n, c: 9007199254740993n })
    expect(applyJsonPatch(object, [{ op: 'test', path: '/a', value: 9007199254740992n }]).ok).toBe(false)
    // Go prints the one as 1e+21, and compares what is printed.
    expect(applyJsonPatch({ a: 10n ** 21n }, [{ op: 'test', path: '/a', value: 1e21 }]).ok).toBe(false)
  })
})

describe('created', () => {
  type Row = { name: string; kind?: TableKind; from: JsonObject; to: JsonObject; patch: readonly Operation[] }
  test.each(rowsOf<Row>('json-patch-create.yaml'))('$name', ({ kind, from, to, patch }) => {
    const schema = kind === undefined ? null : schemaOf(kind)
    const guarded = expectOk(createJsonPatch(frozen(from), frozen(to), { guarded: true, schema }))
    expect(guarded).toEqual(patch)
    const bare = expectOk(createJsonPatch(from, to, { guarded: false, schema }))
    expect(bare).toEqual(patch.filter(({ op }) => op !== 'test'))
    for (const made of [guarded, bare]) expectSame(expectOk(applyJsonPatch(from, made)), to)
  })

  test('a schema may be left out', () => {
    expect(createJsonPatch({ a: 1 }, { a: 1 }, { guarded: true })).toEqual({ ok: true, value: [] })
  })

  test('a null in a list cannot be tested', () => {
    const [from, to] = [{ spec: { matrix: [[1, null]] } }, { spec: { matrix: [] } }]
    expect(createJsonPatch(from, to, { guarded: true })).toEqual({
      ok: false,
      problem: { code: 'json-patch-unguardable', pointer: '/spec/matrix' },
    })
    expectSame(expectOk(applyJsonPatch(from, expectOk(createJsonPatch(from, to, { guarded: false })))), to)
  })

  test('more operations than servers take', () => {
    const keys = (value: string) => Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, value]))
    expect(createJsonPatch({ data: keys('a') }, { data: keys('b') }, { guarded: true })).toEqual({
      ok: false,
      problem: { code: 'json-patch-too-long', operations: 10_000, limit: 9998 },
    })
    expect(createJsonPatch({ data: keys('a') }, { data: keys('b') }, { guarded: false }).ok).toBe(true)
  })
})

test.each<[string, fc.Arbitrary<JsonObject>, PatchSchema | null]>([
  ['Deployments', arbitraryDeployment, deployment],
  ['Deployments without a schema', arbitraryDeployment, null],
  ['Workloads', arbitraryWorkload, workloadSchema],
  ['anything', fc.dictionary(fc.string(), anyJson, { maxKeys: 4 }), null],
])('what is created and applied is what was wanted: %s', (_, objects, schema) => {
  fc.assert(
    fc.property(objects, objects, fc.boolean(), (from, to, guarded) => {
      const patch = createJsonPatch(frozen(from), frozen(to), { guarded, schema })
      if (!patch.ok && patch.problem.code === 'json-patch-unguardable') return
      expectSame(expectOk(applyJsonPatch(from, expectOk(patch))), to)
    }),
    { numRuns: 1000 },
  )
})

/** What differs, each difference as one text, to compare two of them as sets. */
function differences(from: Json, to: Json): readonly string[] {
  // Workloads are objects, before and after any patch.
  return diffFields(from as JsonObject, to as JsonObject, workloadSchema)
    .map(change => JSON.stringify({ ...change, path: formatPath(change.path) }))
    .sort()
}

const port = fc.record(
  {
    containerPort: fc.constantFrom(53, 80, 443),
    protocol: fc.constantFrom('TCP', 'UDP'),
    name: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: ['containerPort'] },
)
const ports = fc.uniqueArray(port, { selector: item => `${item.containerPort}${item.protocol ?? 'TCP'}`, maxLength: 4 })
const mostlyOne = fc.tuple(ports, ports, ports, fc.nat(5)).map(([a, b, c, which]) => {
  const versions = [[a, b, a] as const, [a, b, b.slice(1)] as const, [a, b, [...a].reverse()] as const]
  return versions[which] ?? ([a, b, c] as const)
})
const arbitraryPorts = mostlyOne.map(lists => lists.map(list => workload({ containers: [{ name: 'a', ports: list }] })))

describe('guarded', () => {
  test.each<[string, fc.Arbitrary<readonly JsonObject[]>]>([
    ['workloads', arbitraryEdits],
    ['ports', arbitraryPorts],
  ])('on another version it fails, or changes just what it was made to change: %s', (_, versions) => {
    const seen = { applied: 0, failed: 0 }
    fc.assert(
      fc.property(versions, ([from = {}, to = {}, other = {}]) => {
        const patch = expectOk(createJsonPatch(from, to, { guarded: true, schema: workloadSchema }))
        const result = applyJsonPatch(other, patch)
        if (result.ok) expect(differences(other, result.value)).toEqual(differences(from, to))
        else expect(result.problem.code).toMatch(/^json-patch-(test-failed|path-missing)$/)
        seen[result.ok ? 'applied' : 'failed']++
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(seen.applied, seen.failed)).toBeGreaterThan(300)
  })

  test('an item that another writer put in front is not taken for mine', () => {
    const containers = (...names: string[]) => workload({ containers: names.map(name => ({ name, image: '1' })) })
    const edited = workload({ containers: [{ name: 'app', image: '2' }] })
    const [guarded, bare] = [true, false].map(guarded =>
      expectOk(createJsonPatch(containers('app'), edited, { guarded, schema: workloadSchema })),
    )
    const live = containers('envoy', 'app')
    expect(applyJsonPatch(live, guarded ?? []).ok).toBe(false)
    // What the guard is for.
    expectSame(
      expectOk(applyJsonPatch(live, bare ?? [])),
      workload({
        containers: [
          { name: 'envoy', image: '2' },
          { name: 'app', image: '1' },
        ],
      }),
    )
  })

  test('an item that another writer added, too, is not added twice', () => {
    const env = (...names: string[]) => workload({ containers: [{ name: 'a', env: names.map(name => ({ name })) }] })
    const patch = expectOk(
      createJsonPatch(env('A', 'B'), env('A', 'B', 'C'), { guarded: true, schema: workloadSchema }),
    )
    for (const live of [env('A', 'B', 'C'), env('C', 'A', 'B'), env('A', 'B', 'D'), env('A'), env('B', 'A')]) {
      expect(applyJsonPatch(live, patch).ok).toBe(false)
    }
    expectSame(expectOk(applyJsonPatch(env('A', 'B'), patch)), env('A', 'B', 'C'))
  })

  const change: readonly Operation[] = [{ op: 'replace', path: '/spec/replicas', value: 2 }]

  test('by version: the uid is tested, the version replaced by itself', () => {
    expect(guardJsonPatch(change, { uid: 'u', resourceVersion: '7' })).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'u' },
      { op: 'replace', path: '/metadata/resourceVersion', value: '7' },
      ...change,
    ])
  })

  test('by value: the uid is tested', () => {
    expect(guardJsonPatch(change, { uid: 'u', resourceVersion: null })).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'u' },
      ...change,
    ])
  })

  test.each([
    ['', '7'],
    ['u', ''],
    ['u', '0'],
  ])('a guard of uid %j and version %j would be none', (uid, resourceVersion) => {
    expect(() => guardJsonPatch(change, { uid, resourceVersion })).toThrow('guards nothing')
  })
})

test('texts are printed as Go prints them, since the server compares them so', () => {
  const operation: Operation = { op: 'test', path: '/data/a&b', value: '<a> && b\u2028"\\\n\u0001é😀' }
  const text = printJsonPatch([operation])
  expect(text).toBe(
    String.raw`[{"op":"test","path":"/data/a\u0026b","value":"\u003ca\u003e \u0026\u0026 b\u2028\"\\\n\u0001é😀"}]`,
  )
  expect(JSON.parse(text)).toEqual([operation])
  expect(printJsonPatch([{ op: 'add', path: '/a', value: 9007199254740993n }])).toContain(':9007199254740993}')
})
