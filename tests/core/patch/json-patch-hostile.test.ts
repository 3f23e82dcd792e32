import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json, type JsonObject, parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { applyJsonPatch, createJsonPatch, type Operation } from '../../../core/patch/index.ts'
import { workload, workloadSchema } from '../schemas.ts'
import { frozen } from './tables.ts'

/** Text to value: only there does `__proto__` become an own key. */
function read(text: string): Json {
  const value = parseJson(text)
  if (!value.ok) throw new Error(text)
  return value.value
}

function deep(levels: number, wrap: (inner: Json) => Json): JsonObject {
  let value: Json = 1
  for (let i = 0; i < levels; i++) value = wrap(value)
  return { a: value }
}
const maps = (levels: number) => deep(levels, inner => ({ a: inner }))
const lists = (levels: number) => deep(levels, inner => [inner])

function codeOf(result: { ok: true } | { ok: false; problem: { code: string } }): string {
  return result.ok ? 'ok' : result.problem.code
}

describe('depth', () => {
  test.each([
    ['maps', maps(10_000)],
    ['lists', lists(10_000)],
  ])('10,000 levels of %s are refused', (_, value) => {
    for (const guarded of [true, false]) {
      expect(codeOf(createJsonPatch(value, {}, { guarded }))).toBe('too-deep')
      expect(codeOf(createJsonPatch({}, value, { guarded }))).toBe('too-deep')
    }
    expect(codeOf(applyJsonPatch(value, []))).toBe('too-deep')
    for (const op of ['add', 'replace', 'test'] as const) {
      expect(codeOf(applyJsonPatch({}, [{ op, path: '/b', value }]))).toBe('too-deep')
    }
  })

  test('990 levels are not', () => {
    for (const make of [maps, lists]) {
      const patch = createJsonPatch(make(990), { a: make(989) }, { guarded: true })
      if (!patch.ok) throw new Error(patch.problem.code)
      expect(applyJsonPatch(make(990), patch.value).ok).toBe(true)
    }
  })

  const nest = (times: number): readonly Operation[] =>
    Array.from({ length: times }, (_, i) => ['x', 'y'][i % 2] ?? '').flatMap((name, i): readonly Operation[] => [
      { op: 'add', path: `/${name}`, value: {} },
      { op: 'move', from: `/${['y', 'x'][i % 2]}`, path: `/${name}/in` },
    ])

  test.each<[string, string, readonly Operation[]]>([
    ['added', 'too-deep', [{ op: 'add', path: `/a${'/a'.repeat(900)}`, value: maps(900) }]],
    ['moved', 'too-deep', nest(4000)],
    [
      'moved and copied',
      'too-deep',
      [...nest(4000), { op: 'copy', from: '/y', path: '/z' }, { op: 'remove', path: '/y' }],
    ],
    [
      'moved and tested',
      'json-patch-test-failed',
      [...nest(4000), { op: 'test', path: '/y', value: deep(900, value => ({ in: value })) }],
    ],
    ['moved and removed', 'ok', [...nest(4000), { op: 'remove', path: '/y' }]],
  ])('levels that a patch piles up: %s', (_, code, patch) => {
    expect(codeOf(applyJsonPatch({ ...maps(901), y: 1 }, patch))).toBe(code)
  })

  test('a pointer of a million steps', () => {
    expect(codeOf(applyJsonPatch({ a: 1 }, [{ op: 'remove', path: '/a'.repeat(1_000_000) }]))).toBe(
      'json-patch-path-missing',
    )
  })
})

describe('size', () => {
  test('10,000 operations are applied, one more is refused', () => {
    const operation: Operation = { op: 'add', path: '/a/0', value: 1 }
    const result = applyJsonPatch({ a: [] }, Array(10_000).fill(operation))
    expect(result).toEqual({ ok: true, value: { a: Array(10_000).fill(1) } })
    expect(applyJsonPatch({ a: [] }, Array(10_001).fill(operation))).toMatchObject({
      problem: { code: 'json-patch-too-long', operations: 10_001, limit: 10_000 },
    })
  })

  test('what is not there is looked for without a copy of what is', () => {
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]))
    const absent: readonly Operation[] = Array(10_000).fill({ op: 'test', path: '/wide/none', value: null })
    expect(applyJsonPatch({ wide }, absent).ok).toBe(true)
    expect(applyJsonPatch({ wide }, [{ op: 'add', path: '/wide/a', value: 1 }, ...absent.slice(1)]).ok).toBe(true)
  })

  test('copies of copies of copies are refused before they fill the memory', () => {
    const double: readonly Operation[] = [
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'add', path: '/c', value: {} },
      { op: 'move', from: '/a', path: '/c/left' },
      { op: 'move', from: '/b', path: '/c/right' },
      { op: 'move', from: '/c', path: '/a' },
    ]
    const result = applyJsonPatch({ a: { text: 'some text' } }, Array(200).fill(double).flat())
    expect(result).toMatchObject({ problem: { code: 'json-patch-invalid', detail: 'it copies more than 3 MiB' } })
  })

  test('3 MiB of copies are counted in the bytes that Go prints', () => {
    // In Go's print 600,000 bytes and two quotes.
    const copies = (times: number) =>
      applyJsonPatch(
        { a: '<'.repeat(100_000) },
        Array.from({ length: times }, (_, i) => ({ op: 'copy', from: '/a', path: `/b${i}` })),
      )
    expect([codeOf(copies(5)), codeOf(copies(6))]).toEqual(['ok', 'json-patch-invalid'])
  })

  test('long lists that have little in common', () => {
    const list = (offset: number) =>
      Array.from({ length: 30_000 }, (_, i) => ({ name: `n${(i * 7919 + offset) % 45_000}` }))
    for (const guarded of [true, false]) {
      const [from, to] = [{ list: list(0) }, { list: list(20_011) }]
      const patch = createJsonPatch(from, to, { guarded })
      if (!patch.ok) throw new Error(patch.problem.code)
      expect(applyJsonPatch(from, patch.value)).toEqual({ ok: true, value: to })
    }
  })

  test('a long list of items in another order', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => ({ name: `c${i}` }))
    const [from, to] = [workload({ containers: items }), workload({ containers: [...items].reverse() })]
    const patch = createJsonPatch(from, to, { guarded: true, schema: workloadSchema })
    if (!patch.ok) throw new Error(patch.problem.code)
    expect(applyJsonPatch(from, patch.value)).toEqual({ ok: true, value: to })
  })
})

describe('keys that JavaScript treats specially', () => {
  test.each([
    ['added', '{"a":{}}', '{"a":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}'],
    [
      'changed',
      '{"__proto__":{"b":[1]},"hasOwnProperty":1}',
      '{"__proto__":{"b":[2],"polluted":1},"hasOwnProperty":2}',
    ],
    ['removed', '{"__proto__":{"b":1},"toString":{"b":1}}', '{"toString":{}}'],
  ])('%s as any other', (_, before, after) => {
    const [from, to] = [read(before), read(after)]
    if (!isObject(from) || !isObject(to)) throw new Error('not objects')
    for (const guarded of [true, false]) {
      const patch = createJsonPatch(frozen(from), frozen(to), { guarded })
      if (!patch.ok) throw new Error(patch.problem.code)
      const result = applyJsonPatch(from, patch.value)
      expect(result.ok && canonicalJson(result.value)).toBe(canonicalJson(to))
    }
    expect({}).not.toHaveProperty('polluted')
  })

  test.each(['/__proto__/polluted', '/constructor/prototype/polluted', '/a/__proto__/polluted', '/a/length'])(
    'no write goes through %s',
    path => {
      for (const op of ['add', 'replace'] as const) {
        expect(codeOf(applyJsonPatch({ a: [1] }, [{ op, path, value: 1 }]))).toBe('json-patch-path-missing')
      }
      expect({}).not.toHaveProperty('polluted')
    },
  )

  test('members of an operation that it only inherits do not count', () => {
    expect(codeOf(applyJsonPatch({}, read('[{"__proto__":{"op":"add","path":"/a","value":1}}]')))).toBe(
      'json-patch-invalid',
    )
  })
})

test.each<[Json]>([[null], [1], ['x'], [{}], [{ op: 'add' }]])('a patch that is no list (%j) is a problem', patch => {
  expect(applyJsonPatch({}, patch)).toMatchObject({ problem: { code: 'patch-type-mismatch', expected: 'list' } })
})

test.each<[Json]>([[null], [1], ['x'], [true]])('a document that is a scalar (%j) is a problem', object => {
  expect(applyJsonPatch(object, [])).toMatchObject({ problem: { code: 'patch-type-mismatch', expected: 'object' } })
})

test.each<[Json]>([[null], ['x'], [[{}]]])('a patch is made between objects, not of %j', root => {
  // A caller without types can pass it.
  const value = root as JsonObject
  for (const result of [createJsonPatch(value, {}, { guarded: true }), createJsonPatch({}, value, { guarded: true })]) {
    expect(codeOf(result)).toBe('patch-type-mismatch')
  }
})

const key = fc.constantFrom('a', 'b', '', '/', '~', '__proto__', 'constructor', 'length', '0', '-', '-1')
const { tree } = fc.letrec<{ tree: Json }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json[]>('a', null, 1, 1n, 1.5, true, ''),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map((entries): Json => Object.fromEntries(entries)),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}))
const pointer = fc.oneof(
  fc.array(fc.oneof(key, fc.constantFrom('~0', '~1', '1', '-2', '007', '+1', '9'.repeat(30))), { maxLength: 4 }),
  fc.constant(['']),
)
const path = pointer.map(steps => steps.map(step => `/${step}`).join(''))
const operation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constantFrom('add', 'replace', 'test', 'x'), path, value: tree }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constantFrom('move', 'copy', 'remove'), path, from: path }) },
  { weight: 1, arbitrary: tree },
)

test('any JSON gives a value or a problem, changes no argument and no prototype', () => {
  const untouched = Object.getOwnPropertyNames(Object.prototype).join()
  const seen = { ok: 0, failed: 0 }
  fc.assert(
    fc.property(tree, fc.array(operation, { maxLength: 4 }), (object, patch) => {
      seen[applyJsonPatch(frozen(object), frozen(patch)).ok ? 'ok' : 'failed']++
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(untouched)
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(seen.ok, seen.failed)).toBeGreaterThan(100)
})
