import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  annotationsFit,
  applyClientSide,
  printApplied,
  readApplied,
  withApplied,
} from '../../core/client-side-apply.ts'
import { diffObjects } from '../../core/diff.ts'
import { equalJson, type Json, type JsonObject, parseJson } from '../../core/json.ts'
import { driftOf, forecastApply, holds, withChangesApplied } from '../../core/last-applied.ts'
import { isObject, metadataOf } from '../../core/object.ts'
import { formatPath, valueAt } from '../../core/path.ts'
import { lastApplied } from '../../core/secrets.ts'
import { arbitraryEdits } from './arbitrary.ts'
import { containers, workloadSchema as schema, workload } from './schemas.ts'

const ways = { schema, strategic: true }

/** Live, with an annotation that says that configuration. */
function annotated(live: JsonObject, configuration: JsonObject): JsonObject {
  const annotations = { [lastApplied]: printApplied(configuration) }
  return { ...live, metadata: { ...metadataOf(live), annotations } }
}

/** The spec that the annotation says after `mine` was made of `live` and remembered. */
function remembered(live: JsonObject, mine: JsonObject, applied: JsonObject): Json | undefined {
  const [before, after] = [live, mine].map(spec => annotated(workload(spec), workload(applied)))
  if (before === undefined || after === undefined) return undefined
  const read = readApplied(withChangesApplied(after, diffObjects(before, after, schema), schema))
  return read.kind === 'present' ? read.configuration.spec : read.kind
}

describe('my change alone, where it holds the place: live, mine, applied, remembered', () => {
  const of = (notation: string) => ({ containers: containers(notation) })
  const rows: readonly [string, JsonObject, JsonObject, JsonObject, JsonObject][] = [
    ['a field that it holds', { replicas: 4 }, { replicas: 5 }, { replicas: 1 }, { replicas: 5 }],
    ['a field that it does not', { replicas: 4 }, { replicas: 5 }, {}, {}],
    ['a field that I added and it does not hold', {}, { replicas: 5 }, { paused: true }, { paused: true }],
    ['a field that I put back', {}, { replicas: 5 }, { replicas: 1 }, { replicas: 5 }],
    ['a field that I removed', { replicas: 4, paused: true }, { paused: true }, { replicas: 1 }, {}],
    ['an item of a list by its identity', of('side=1 a=1'), of('side=2 a=2'), of('a=1'), of('a=2')],
    ['an item that I removed', of('side=1 a=1 b=1'), of('side=1 a=1'), of('a=1 b=1'), of('a=1')],
    ['an item that I added', of('a=1'), of('a=1 b=1'), of('a=1'), of('a=1')],
    [
      'an item that I put back: only what it holds',
      of('a=1'),
      { containers: [...containers('a=1'), { name: 'b', image: '2', args: ['x'] }] },
      of('a=1 b=1'),
      of('a=1 b=2'),
    ],
    ['the order of what it holds', of('s a b'), of('b s a'), of('a b'), of('b a')],
    [
      'an atomic list as it was live',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'b' }] },
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'b' }] },
    ],
    [
      'an atomic list with others’ work in it',
      { tolerations: [{ key: 'a' }, { key: 'x' }] },
      { tolerations: [{ key: 'b' }, { key: 'x' }] },
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'a' }] },
    ],
    ['a map that I removed', { selector: { app: 'a' } }, {}, { selector: { app: 'a' }, replicas: 1 }, { replicas: 1 }],
    ['nothing', of('a=1'), of('a=1'), of('a=0'), of('a=0')],
  ]
  test.each(rows)('%s', (_, live, mine, applied, after) => {
    expect(remembered(live, mine, applied)).toEqual(after)
  })
})

const leaves = (value: Json): readonly string[] =>
  isObject(value) || Array.isArray(value)
    ? Object.values(value).flatMap(child => leaves(child as Json))
    : [String(value)]

test('no work of others comes into it: each value is one that it held, or mine', () => {
  fc.assert(
    fc.property(arbitraryEdits, ([applied, mine, live]) => {
      const before = annotated(live, applied)
      // What I changed since live, with everything of others in it.
      const after = annotated(mine, applied)
      const changes = diffObjects(before, after, schema)
      const read = readApplied(withChangesApplied(after, changes, schema))
      if (read.kind !== 'present') throw new Error(read.kind)
      const { configuration } = read
      for (const change of diffObjects(applied, configuration, schema)) {
        // Nothing is in it that was not.
        expect(change.kind).not.toBe('added')
        if (change.kind !== 'changed') continue
        expect(equalJson(valueAt(configuration, change.path, schema), valueAt(mine, change.path, schema))).toBe(true)
      }
      expect(new Set([...leaves(applied), ...leaves(mine)])).toEqual(
        new Set([...leaves(applied), ...leaves(mine), ...leaves(configuration)]),
      )
      expect(leaves(configuration).length).toBeLessThanOrEqual(leaves(applied).length + leaves(mine).length)
    }),
    { numRuns: 300 },
  )
})

describe('drift: applied, live, where', () => {
  const of = (notation: string) => ({ containers: containers(notation) })
  const rows: readonly [string, JsonObject, JsonObject, readonly string[]][] = [
    ['the same', { replicas: 1 }, { replicas: 1 }, []],
    ['another value', { replicas: 1 }, { replicas: 2 }, ['changed spec.replicas']],
    ['gone', { replicas: 1 }, {}, ['removed spec.replicas']],
    ['never applied', {}, { replicas: 2, paused: true }, []],
    ['an injected item', of('a=1'), of('envoy=1 a=1'), []],
    ['an item that is gone', of('a=1 b=1'), of('a=1'), ['removed spec.containers[name=b]']],
    ['another order', of('a=1 b=1'), of('b=1 a=1'), []],
    [
      'a default of an identity',
      { containers: [{ name: 'a', ports: [{ containerPort: 1 }] }] },
      { containers: [{ name: 'a', ports: [{ containerPort: 1, protocol: 'TCP' }] }] },
      [],
    ],
    [
      'an equal quantity',
      { containers: [{ name: 'a', image: '1000m' }] },
      { containers: [{ name: 'a', image: '1' }] },
      [],
    ],
    [
      'defaults in an atomic list',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'a', operator: 'Equal' }] },
      [],
    ],
    ['an empty value left out', { selector: {}, paused: false }, {}, []],
  ]
  test.each(rows)('%s', (_, applied, live, drift) => {
    const found = driftOf(workload(live), workload(applied), schema)
    expect(found.map(({ kind, path }) => `${kind} ${formatPath(path)}`)).toEqual(drift)
  })

  test('what the server gives, and the words of labels', () => {
    const [applied, live] = [
      { creationTimestamp: null, labels: { a: '1', b: '1k' } },
      { creationTimestamp: 'now', labels: { a: '1', b: '1000' } },
    ]
    const found = driftOf(workload({}, live), workload({}, applied), schema)
    expect(found.map(({ path }) => formatPath(path))).toEqual(['metadata.labels.b'])
  })
})

/** Items that a strategic patch merges, from the notation of containers: name and image are ip and host. */
const aliases = (notation: string) =>
  notation.split(' ').map(item => {
    const [ip = '', host = ''] = item.split('=')
    return { ip, host }
  })

test('the forecast is what the three-way apply does: kept, reverted, removed', () => {
  const applied = workload({ replicas: 1, paused: true, aliases: aliases('a=1'), tolerations: [{ key: 'a' }] })
  const before = workload({ replicas: 4, paused: true, aliases: aliases('a=1'), tolerations: [{ key: 'a' }] })
  const result = workload(
    { replicas: 5, aliases: aliases('a=2 b=1'), tolerations: [{ key: 'a' }] },
    { labels: { x: '1' } },
  )
  const forecast = forecastApply(result, applied, diffObjects(before, result, schema), ways)
  const told = forecast?.map(({ change, outcome, next }) => [formatPath(change.path), { outcome, next }])
  expect(Object.fromEntries(told ?? [])).toEqual({
    'metadata.labels': { outcome: 'kept', next: { x: '1' } },
    'spec.replicas': { outcome: 'reverted', next: 1 },
    'spec.paused': { outcome: 'reverted', next: true },
    'spec.aliases[ip=a].host': { outcome: 'reverted', next: '1' },
    'spec.aliases[ip=b]': { outcome: 'kept', next: { ip: 'b', host: '1' } },
  })
})

test('the forecast says what an apply would take away: an item of a list that it writes whole', () => {
  const [applied, result] = ['a=1', 'a=1 b=1'].map(items => workload({ containers: containers(items) }))
  if (applied === undefined || result === undefined) throw new Error('two of them')
  const forecast = forecastApply(result, applied, diffObjects(applied, result, schema), ways)
  expect(forecast?.map(({ outcome, next }) => [outcome, next])).toEqual([['removed', undefined]])
})

test('after remembering, the next apply of what is remembered leaves my changes alone wherever it holds them', () => {
  fc.assert(
    fc.property(arbitraryEdits, ([applied, mine, live]) => {
      const after = annotated(mine, applied)
      const changes = diffObjects(annotated(live, applied), after, schema)
      const result = withChangesApplied(after, changes, schema)
      const read = readApplied(result)
      if (read.kind !== 'present') throw new Error(read.kind)
      const held = changes.filter(
        change =>
          change.kind === 'changed' && typeof change.to !== 'object' && holds(read.configuration, change, schema),
      )
      const forecast = forecastApply(result, read.configuration, held, ways) ?? []
      expect(forecast.map(({ change, outcome }) => `${formatPath(change.path)} ${outcome}`)).toEqual(
        (forecast.length === 0 ? [] : held).map(change => `${formatPath(change.path)} kept`),
      )
    }),
    { numRuns: 300 },
  )
})

describe('the annotation', () => {
  test.each([
    ['absent', {}, 'absent'],
    ['no text', { [lastApplied]: 1 }, 'unreadable'],
    ['no JSON', { [lastApplied]: '{"a":' }, 'unreadable'],
    ['no object', { [lastApplied]: '[]' }, 'unreadable'],
    ['10,000 levels deep', { [lastApplied]: `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}` }, 'unreadable'],
    [
      'of another name',
      { [lastApplied]: '{"apiVersion":"example.org/v1","kind":"Workload","metadata":{"name":"x"}}' },
      'other-object',
    ],
    [
      'of another kind',
      { [lastApplied]: '{"apiVersion":"example.org/v1","kind":"Job","metadata":{"name":"w"}}' },
      'other-object',
    ],
    [
      'its own',
      { [lastApplied]: '{"apiVersion":"example.org/v1","kind":"Workload","metadata":{"name":"w"}}' },
      'present',
    ],
  ])('%s', (_, annotations, kind) => {
    expect(readApplied(workload({}, { annotations })).kind).toBe(kind)
  })

  test('hostile keys stay data', () => {
    const text =
      '{"apiVersion":"example.org/v1","kind":"Workload","metadata":{"name":"w"},"spec":{"__proto__":{"polluted":1},"constructor":{"a":1},"replicas":1}}'
    const live = workload({ replicas: 1 }, { annotations: { [lastApplied]: text } })
    const mine = { ...live, spec: { replicas: 2 } }
    const read = readApplied(withChangesApplied(mine, diffObjects(live, mine, schema), schema))
    if (read.kind !== 'present') throw new Error(read.kind)
    expect(valueAt(read.configuration, ['spec', '__proto__', 'polluted'])).toBe(1)
    expect(valueAt(read.configuration, ['spec', 'replicas'])).toBe(2)
    expect(driftOf(live, read.configuration, schema).length).toBeGreaterThan(0)
    forecastApply(mine, read.configuration, diffObjects(live, mine, schema), ways)
    expect('polluted' in {}).toBe(false)
  })

  test('is printed as Go prints it', () => {
    expect(printApplied({ b: [1, '<a&b>\u2028', 12345678901234567890n], 10: true, 9: null, a: {} })).toBe(
      '{"10":true,"9":null,"a":{},"b":[1,"\\u003ca\\u0026b\\u003e\\u2028",12345678901234567890]}\n',
    )
  })

  test('of a configuration holds it without itself', () => {
    const once = withApplied(workload({ replicas: 1 }))
    expect(withApplied(once)).toEqual(once)
    const parsed = parseJson(String(valueAt(once, ['metadata', 'annotations', lastApplied])))
    expect(parsed).toEqual({ ok: true, value: workload({ replicas: 1 }, { annotations: {} }) })
  })

  test('counts with all others against the limit, by bytes', () => {
    const of = (length: number) => workload({}, { annotations: { k: 'é'.repeat(length) } })
    expect(annotationsFit(of(131_071))).toBe(true)
    expect(annotationsFit(of(131_072))).toBe(false)
  })
})

test('client-side apply: what was applied last and is not any more goes, what others wrote stays', () => {
  const original = workload({ replicas: 1, aliases: aliases('a=1 b=1') })
  const current = workload({ replicas: 1, aliases: aliases('x=1 a=1 b=1') })
  const modified = workload({ aliases: aliases('a=2') })
  const applied = applyClientSide(original, modified, current, ways)
  expect(applied.ok && applied.value.object.spec).toEqual({ aliases: aliases('x=1 a=2') })
  const first = applyClientSide(null, modified, current, ways)
  expect(first.ok && first.value.object.spec).toEqual({ replicas: 1, aliases: aliases('x=1 a=2 b=1') })
})

describe('a Secret that was applied with stringData', () => {
  const secret = (more: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    ...more,
  })
  const applied = secret({ stringData: { user: 'me', word: 'old' }, data: { key: 'AA==' } })
  const live = annotated(secret({ data: { user: 'bWU=', word: 'b2xk', key: 'AA==' } }), applied)
  const mine = (data: JsonObject) => ({ ...live, data })
  const changesTo = (object: JsonObject) => diffObjects(live, object, null)
  const none = { schema: null, strategic: false }

  test('is no drift, and holds what stands in data', () => {
    expect(driftOf(live, applied, null)).toEqual([])
    const changes = changesTo(mine({ user: 'bWU=', word: 'bmV3', key: 'AA==' }))
    expect(changes.map(change => holds(applied, change, null))).toEqual([true])
  })

  test('is forecast as the server would store it', () => {
    const result = mine({ user: 'bWU=', word: 'bmV3', key: 'AA==', mine: 'AA==' })
    const forecast = forecastApply(result, applied, changesTo(result), none) ?? []
    expect(forecast.map(({ change, outcome, next }) => [formatPath(change.path), outcome, next])).toEqual([
      ['data.word', 'reverted', 'b2xk'],
      ['data.mine', 'kept', 'AA=='],
    ])
  })

  test.each<[string, JsonObject, JsonObject]>([
    [
      'text',
      { user: 'bWU=', word: 'bmV3', key: 'AA==' },
      { stringData: { user: 'me', word: 'new' }, data: { key: 'AA==' } },
    ],
    [
      'no text',
      { user: 'bWU=', word: '/w==', key: 'AA==' },
      { stringData: { user: 'me' }, data: { key: 'AA==', word: '/w==' } },
    ],
    ['nothing', { word: 'b2xk', key: 'AA==' }, { stringData: { word: 'old' }, data: { key: 'AA==' } }],
  ])('remembers %s where it was written', (_, data, written) => {
    const result = mine(data)
    const read = readApplied(withChangesApplied(result, changesTo(result), null))
    expect(read.kind === 'present' && read.configuration).toEqual(secret(written))
  })
})
