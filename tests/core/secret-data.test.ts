import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { decodeSecret, encodeSecret, keyTwice, sameSecret } from '../../core/secret-data.ts'

const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64')
const secret = (fields: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', ...fields })

test('texts stand under stringData, all else stays under data', () => {
  const data = {
    password: base64('hunter2'),
    lines: base64('a\n b\r\n\tc\n'),
    empty: '',
    mark: base64('\ufeffbom'),
    umlaut: base64('größe 🔑'),
    binary: base64(new Uint8Array([0xff, 0xfe, 0])),
    nul: base64('a\0b'),
    escape: base64('\u001b[31m'),
    broken: 'no base64!',
    number: 5,
  }
  const shown = decodeSecret(secret({ data, type: 'Opaque' }))
  expect(shown).toEqual(
    secret({
      type: 'Opaque',
      data: { binary: data.binary, nul: data.nul, escape: data.escape, broken: data.broken, number: 5 },
      stringData: {
        password: 'hunter2',
        lines: 'a\n b\r\n\tc\n',
        empty: '',
        mark: '\ufeffbom',
        umlaut: 'größe 🔑',
      },
    }),
  )
  expect(encodeSecret(shown)).toEqual({ ok: true, value: secret({ data, type: 'Opaque' }) })
})

test('a registry login is text, a Helm release is left as it is', () => {
  const login = '{"auths":{"example.org":{"auth":"eDp5"}}}'
  const release = base64(`H4sIAAAAAAAA/${'ab12'.repeat(400)}==`)
  expect(decodeSecret(secret({ data: { '.dockerconfigjson': base64(login), release } }))).toEqual(
    secret({ data: { release }, stringData: { '.dockerconfigjson': login } }),
  )
})

test('other kinds, and a Secret without values, are the same value', () => {
  for (const object of [
    { apiVersion: 'v1', kind: 'ConfigMap', data: { a: base64('text') } },
    { apiVersion: 'example.org/v1', kind: 'Secret', data: { a: base64('text') } },
    secret({}),
    secret({ data: {} }),
    secret({ data: null }),
    secret({ data: 'eA==' }),
    secret({ data: { a: '//8=' } }),
  ]) {
    expect(decodeSecret(object)).toBe(object)
    expect(encodeSecret(object)).toEqual({ ok: true, value: object })
  }
})

test('a value that did not change keeps its base64, however unusual', () => {
  const near = secret({ data: { folded: 'aHVu\ndGVy\nMg==', bare: 'eA', other: 'eQ==' } })
  const shown = decodeSecret(near)
  expect(shown).toEqual(secret({ stringData: { folded: 'hunter2', bare: 'x', other: 'y' } }))
  expect(encodeSecret(shown, near)).toEqual({ ok: true, value: near })
  const edited = secret({ stringData: { folded: 'hunter2', bare: 'x', other: 'z\n' } })
  expect(encodeSecret(edited, near)).toEqual({
    ok: true,
    value: secret({ data: { folded: 'aHVu\ndGVy\nMg==', bare: 'eA', other: base64('z\n') } }),
  })
})

test('what is typed under data is base64 as typed; a key in both is refused', () => {
  const typed = secret({ data: { a: 'aGk=' }, stringData: { b: 'hi', gone: null, wrong: 5 } })
  expect(encodeSecret(typed)).toEqual({
    ok: true,
    value: secret({ data: { a: 'aGk=', b: 'aGk=', gone: null }, stringData: { wrong: 5 } }),
  })
  const twice = secret({ data: { a: 'aGk=' }, stringData: { a: 'hi' } })
  expect(keyTwice(twice)).toBe('a')
  expect(encodeSecret(twice)).toEqual({
    ok: false,
    problem: { code: 'secret-key-twice', key: 'a', path: ['stringData', 'a'] },
  })
})

test('what was under both stays apart when it is decoded', () => {
  const both = secret({ data: { a: 'aGk=', b: 'aGk=' }, stringData: { a: 'new' } })
  expect(decodeSecret(both)).toEqual(secret({ data: { a: 'aGk=' }, stringData: { a: 'new', b: 'hi' } }))
})

test('the same values are the same Secret, under data or under stringData', () => {
  expect(sameSecret(secret({ data: { a: 'aGk=' } }), secret({ stringData: { a: 'hi' } }))).toBe(true)
  expect(sameSecret(secret({ data: { a: 'aGk=' } }), secret({ stringData: { a: 'hi\n' } }))).toBe(false)
})

test('decoded and encoded again, any bytes are the same', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: 'binary' }).map(text => Buffer.from(text)),
  )
  const keys = fc.stringMatching(/^[-._a-z0-9]{1,8}$/)
  fc.assert(
    fc.property(fc.dictionary(keys, bytes.map(base64), { maxKeys: 5 }), data => {
      const object = secret({ data })
      expect(encodeSecret(decodeSecret(object))).toEqual({ ok: true, value: object })
    }),
    { numRuns: 500 },
  )
})
