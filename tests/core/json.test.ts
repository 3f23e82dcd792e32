import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, equalJson, type Json, parseJson, printJson } from '../../core/json.ts'
import { anyJson } from './json-values.ts'

function parsed(text: string): Json {
  const result = parseJson(text)
  if (!result.ok) throw new Error(`${text}: ${result.problem.detail}`)
  return result.value
}

describe('parseJson', () => {
  test.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['18446744073709551615', 18446744073709551615n],
    ['1234567890123456.5', 1234567890123456.5],
    ['1e20', 1e20],
    ['{"a":[9007199254740993,1.50]}', { a: [9007199254740993n, 1.5] }],
  ])('%s keeps its digits', (text, value) => expect(parsed(text)).toStrictEqual(value))

  test('a key named __proto__ is data', () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":9007199254740993}}']) {
      const value = parsed(text)
      expect(Object.keys(value as object)).toEqual(['__proto__'])
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(printJson(value)).toBe(text)
    }
  })

  test('escaped keys are not mistaken for the backslash key of an earlier object', () => {
    for (let round = 0; round < 200; round++) {
      parsed(`{"a${round % 5}":0,"\\\\":1}`)
      expect(parsed(`{"a${round % 5}":0,"\\u003c":1}`)).toEqual({ [`a${round % 5}`]: 0, '<': 1 })
    }
  })

  test.each([
    ['', 0],
    ['{"a":}', 5],
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['[1,2', 4],
    ['[1] x', 4],
    ['"a\nb"', 0],
    ['01', 1],
    ['nul', 0],
    ["{'a':1}", 1],
    ['["\\q"]', 1],
  ])('%j is wrong at %d', (text, offset) => {
    const result = parseJson(text)
    expect(result.ok ? null : [result.problem.code, result.problem.offset]).toEqual(['json-syntax', offset])
  })

  test('the problem does not quote the text', () => {
    const result = parseJson('{"password": "hunter2" "x"}')
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })
})

describe('printJson', () => {
  test('reads back as the same value', () => {
    fc.assert(fc.property(anyJson, value => equalJson(parsed(printJson(value)), value)))
    fc.assert(fc.property(anyJson, value => equalJson(parsed(printJson(value, { indent: 2 })), value)))
  })

  test('big integers are digits', () => {
    expect(printJson({ a: [18446744073709551615n], b: 1 })).toBe('{"a":[18446744073709551615],"b":1}')
    expect(printJson({ a: 9007199254740993n }, { indent: 2 })).toBe('{\n  "a": 9007199254740993\n}')
  })
})

describe('canonicalJson', () => {
  test('sorts keys and writes equal numbers alike', () => {
    expect(canonicalJson({ b: 1n, a: [1e3, -0], '10': null, '9': 'x' })).toBe('{"10":null,"9":"x","a":[1000,0],"b":1}')
  })

  test('is equal just for equal values', () => {
    fc.assert(fc.property(anyJson, anyJson, (a, b) => equalJson(a, b) === (canonicalJson(a) === canonicalJson(b))))
    fc.assert(fc.property(anyJson, value => canonicalJson(value) === canonicalJson(parsed(printJson(value)))))
  })
})

describe('equalJson', () => {
  test.each<[Json | undefined, Json | undefined, boolean]>([
    [1, 1n, true],
    [2 ** 60, 2n ** 60n, true],
    [2 ** 53, 2n ** 53n + 1n, false],
    [1.5, 1n, false],
    [0, -0, true],
    ['1', 1, false],
    [{ a: 1, b: [2] }, { b: [2n], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: null }, { b: null }, false],
    [[], {}, false],
    [null, {}, false],
    [undefined, undefined, true],
    [undefined, null, false],
    [{ toString: 1 }, {}, false],
  ])('%o and %o: %o', (a, b, equal) => {
    expect(equalJson(a, b)).toBe(equal)
    expect(equalJson(b, a)).toBe(equal)
  })
})
