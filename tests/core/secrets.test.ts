import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Json, type JsonObject, printJson } from '../../core/json.ts'
import { maskText, safeServerMessage, secretValues } from '../../core/secret-text.ts'
import {
  isSecret,
  isSecretRef,
  lastApplied,
  maskChange,
  maskJsonPatch,
  maskObject,
  maskPair,
  maskSecret,
} from '../../core/secrets.ts'

const secret = (data: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  data,
  ...more,
})

const annotated = (value: string): JsonObject => ({ name: 's', annotations: { [lastApplied]: value, team: 'web' } })

describe('what is a Secret', () => {
  test('by its type, not by its name', () => {
    expect(isSecret(secret({}))).toBe(true)
    expect(isSecret({ apiVersion: 'example.org/v1', kind: 'Secret' })).toBe(false)
    expect(isSecretRef({ group: '', resource: 'secrets' })).toBe(true)
    expect(isSecretRef({ group: 'example.org', resource: 'secrets' })).toBe(false)
  })
})

describe('maskObject', () => {
  test('masks data, stringData and the last-applied annotation, nothing else', () => {
    const object = secret({ a: 'eA==' }, { stringData: { b: 'y' }, metadata: annotated('{}'), type: 'Opaque' })
    expect(maskObject(object)).toEqual(
      secret({ a: '***' }, { stringData: { b: '***' }, metadata: annotated('***'), type: 'Opaque' }),
    )
  })

  test('masks the Secrets in lists', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }
    const list = (...items: Json[]): JsonObject => ({ apiVersion: 'v1', kind: 'List', items })
    expect(maskObject(list(secret({ a: 'eA==' }), map))).toEqual(list(secret({ a: '***' }), map))
    const untyped = { apiVersion: 'v1', kind: 'SecretList', items: [{ data: { a: 'eA==' } }] }
    expect(maskObject(untyped)).toEqual({ ...untyped, items: [{ data: { a: '***' } }] })
  })

  test('gives other kinds back as they are', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }
    expect(maskObject(object)).toBe(object)
  })

  test('masks what someone typed in the wrong shape', () => {
    expect(maskObject(secret({ a: 5, b: true, c: ['x'], d: { e: 'x' } })).data).toEqual({
      a: '***',
      b: '***',
      c: '***',
      d: '***',
    })
    expect(maskObject({ ...secret({}), data: 'plain' }).data).toBe('***')
  })
})

describe('maskPair', () => {
  test('tells changed values apart and no others, as kubectl diff', () => {
    const [before, after] = maskPair(secret({ same: 'eA==', old: 'eQ==', gone: 'eg==' }), {
      ...secret({ same: 'eA==', old: 'ZQ==', fresh: 'Zg==' }),
    })
    expect(before?.data).toEqual({ same: '***', old: '*** (before)', gone: '***' })
    expect(after?.data).toEqual({ same: '***', old: '*** (after)', fresh: '***' })
  })

  test('tells a changed annotation apart', () => {
    const [before, after] = maskPair(secret({}, { metadata: annotated('1') }), secret({}, { metadata: annotated('2') }))
    expect(before?.metadata).toEqual(annotated('*** (before)'))
    expect(after?.metadata).toEqual(annotated('*** (after)'))
  })

  test('masks what has no other side', () => {
    expect(maskPair(null, secret({ a: 'eA==' }))).toEqual([null, secret({ a: '***' })])
    expect(maskPair(secret({ a: 'eA==' }), null)).toEqual([secret({ a: '***' }), null])
  })
})

test('patches: removals and directives stay, values do not', () => {
  const patch = { data: { a: 'eA==', gone: null, $patch: 'replace' }, metadata: { resourceVersion: '1' } }
  expect(maskSecret(patch)).toEqual({ ...patch, data: { a: '***', gone: null, $patch: 'replace' } })
  expect(maskSecret({ data: null })).toEqual({ data: null })
})

test('JSON Patch: values at secret places, in tests too', () => {
  const at = (path: string, value: Json, op = 'add') => ({ op, path, value })
  expect(
    maskJsonPatch([
      at('/data/a', 'eA==', 'test'),
      at('/data', { a: 'eA==' }),
      at('/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration', '{}'),
      at('', secret({ a: 'eA==' })),
      at('/metadata/labels/a', 'b'),
      { op: 'remove', path: '/data/a' },
    ]),
  ).toEqual([
    at('/data/a', '***', 'test'),
    at('/data', { a: '***' }),
    at('/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration', '***'),
    at('', secret({ a: '***' })),
    at('/metadata/labels/a', 'b'),
    { op: 'remove', path: '/data/a' },
  ])
})

test('changes: at a value, above it, beside it', () => {
  expect(maskChange({ kind: 'changed', path: ['data', 'a'], from: 'eA==', to: 'eQ==' })).toEqual({
    kind: 'changed',
    path: ['data', 'a'],
    from: '*** (before)',
    to: '*** (after)',
  })
  expect(maskChange({ kind: 'added', path: ['stringData'], to: { a: 'x' } })).toMatchObject({ to: { a: '***' } })
  expect(maskChange({ kind: 'removed', path: ['metadata', 'annotations', lastApplied], from: 'x' })).toMatchObject({
    from: '***',
  })
  expect(maskChange({ kind: 'changed', path: ['type'], from: 'a', to: 'b' })).toMatchObject({ from: 'a', to: 'b' })
  expect(maskChange({ kind: 'added', path: ['data', 'a', 'deep'], to: 'x' })).toMatchObject({ to: '***' })
})

describe('maskText', () => {
  const hide = (value: string, text: string) =>
    maskText(text, secretValues(secret({}, { stringData: { password: value } })))

  test.each([
    ['as it stands', 'hunter2', 'no such user: hunter2!', 'no such user: ***!'],
    ['encoded', 'hunter2', 'data: aHVudGVyMg==', 'data: ***'],
    ['quoted in JSON', 'a"b\nc', '{"x":"a\\"b\\nc"}', '{"x":"***"}'],
    ['quoted in JSON as Go does', 'a<b>&c', '{"x":"a\\u003cb\\u003e\\u0026c"}', '{"x":"***"}'],
    ['JSON quoted in JSON', 'a"b\nc', String.raw`"{\"x\":\"a\\\"b\\nc\"}"`, String.raw`"{\"x\":\"***\"}"`],
    ['quoted in Go', 'bell\u0007é\u200b', String.raw`"bell\aé\u200b"`, '"***"'],
    ['quoted in YAML', "it's so", "x: 'it''s so'", "x: '***'"],
    ['in an address', 'a b/c=d', '?x=a%20b%2Fc%3Dd', '?x=***'],
    ['as bytes', 'hunter2', '[104 117 110 116 101 114 50]', '[***]'],
    ['a line of it', 'first line\nsecond line\n', 'near "second line"', 'near "***"'],
    ['a short value, alone', 'abc', 'abc is not "abc" in abcde', '*** is not "***" in abcde'],
  ])('%s', (_, value, text, masked) => expect(hide(value, text)).toBe(masked))

  test('knows the decoded values of data and what the last-applied annotation holds', () => {
    const applied = printJson(secret({ a: 'b2xkZXI=' }, { stringData: { b: 'plainly' } }))
    const values = secretValues(secret({ a: 'aHVudGVyMg==', broken: '%%%%' }, { metadata: annotated(applied) }))
    expect(maskText('hunter2 older plainly %%%% aHVudGVyMg', values)).toBe('*** *** *** *** ***')
    expect(maskText(applied, values)).toBe('***')
  })

  test('masks a value that another one begins with as a whole', () => {
    expect(maskText('hunter2', ['hunt', 'hunter2', 'hunter'])).toBe('***')
  })

  test('leaves a text without the values as it is, whatever else is empty or blank', () => {
    expect(maskText('a b', secretValues(secret({ empty: '', blank: 'IA==' })))).toBe('a b')
    expect(maskText('*** a', ['***'])).toBe('*** a')
  })

  test('lets no value through, in whatever quotes', () => {
    const unit = fc.constantFrom(
      'a',
      'Z',
      '0',
      '"',
      "'",
      '\\',
      '\n',
      '\t',
      '<',
      '&',
      '%',
      'é',
      '\u200b',
      '\u0007',
      '😀',
      ' ',
    )
    const value = fc.string({ unit, minLength: 4 }).filter(text => text.trim().length >= 4)
    fc.assert(
      fc.property(value, text => {
        const values = secretValues(secret({}, { stringData: { text } }))
        const quotes = [text, JSON.stringify(text), JSON.stringify(JSON.stringify(text)), encodeURIComponent(text)]
        for (const quoted of quotes) {
          const masked = maskText(`<${quoted}>`, values)
          expect(masked.replace(/["\\]/g, '')).toBe('<***>')
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('safeServerMessage', () => {
  const object = String.raw`"{\"kind\":\"Secret\",\"data\":{\"a\":\"aHVudGVyMg==\"}}"`

  test.each([
    [`Secret "s" is invalid: patch: Invalid value: ${object}: strict decoding error: unknown field "spec.x"`],
    [`patch: Invalid value: ${object}: strict decoding error: unknown field "a", duplicate field "b[0].c"`],
    [`${object}: illegal base64 data at input byte 4`],
    [`${object}: json: cannot unmarshal number into Go struct field Secret.data of type []uint8`],
    [`${object}: json: cannot unmarshal array into Go value of type map[string][]uint8`],
  ])('%s', message => expect(safeServerMessage(message)).toBe(message.slice(message.indexOf('}}": ') + 5 || 0)))

  test('never repeats a number that the server names by its digits', () => {
    expect(
      safeServerMessage('x: json: cannot unmarshal number 271828 into Go struct field Secret.data of type int32'),
    ).toBe('json: cannot unmarshal number into Go struct field Secret.data of type int32')
  })

  test.each([
    ['an unknown ending', `patch: Invalid value: ${object}: something else`],
    ['the object alone', `patch: Invalid value: ${object}`],
    ['a known ending inside the object', String.raw`"{\"a\":\"x: strict decoding error: unknown field \"b\"}"`],
    ['a known ending with more behind it', `${object}: illegal base64 data at input byte 4: aHVudGVyMg==`],
  ])('null for %s', (_, message) => expect(safeServerMessage(message)).toBeNull())
})
