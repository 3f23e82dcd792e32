import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { enumWords } from '../../core/fields/enum-words.ts'
import { parseJson } from '../../core/json.ts'
import { parseLabelSelector } from '../../core/label-selector.ts'
import { maskText, secretValues } from '../../core/secret-text.ts'
import { readYaml } from '../../core/yaml.ts'

const levels = 10_000
const maps = (key: string, inner: string) => `{${key}: `.repeat(levels) + inner + '}'.repeat(levels)
const lists = (inner: string) => '['.repeat(levels) + inner + ']'.repeat(levels)

describe('10,000 levels', () => {
  test.each([
    ['maps', maps('"a"', '1')],
    ['lists', lists('1')],
    ['maps around a long integer', maps('"a"', '9007199254740993')],
    ['lists around a long integer', lists('9007199254740993')],
    ['maps around an escaped key', maps('"a"', '{"\\u003c":1}')],
    ['maps with escaped keys', maps('"\\u003c"', '1')],
    ['lists that do not close', '['.repeat(levels)],
    ['maps around what is no JSON', maps('"a"', 'x')],
  ])('of JSON are read or refused: %s', (_, text) => {
    const result = parseJson(text)
    if (!result.ok) expect(result.problem).toMatchObject({ code: 'json-syntax', offset: expect.any(Number) })
  })

  test.each([
    ['maps', maps('a', '1')],
    ['lists', lists('1')],
    ['lists that do not close', '['.repeat(levels)],
    ['lists in blocks', `${'- '.repeat(levels)}1`],
    ['lists in a map', `a: 1\nb:\n  ${'- '.repeat(levels)}1`],
  ])('of YAML are refused: %s', (_, text) => {
    expect(readYaml(text)).toMatchObject({ ok: false, problems: [{ code: 'too-deep' }] })
  })
})

test('1,000 levels of JSON are read in every way', () => {
  const nested = (inner: string) => `${'[{"a":'.repeat(499)}${inner}${'}]'.repeat(499)}`
  for (const inner of ['1', '9007199254740993', '{"\\u003c":1}']) expect(parseJson(nested(inner)).ok).toBe(true)
})

test('an integer of 100,000 digits', () => {
  const digits = '7'.repeat(100_000)
  expect(parseJson(`[${digits}]`)).toEqual({ ok: true, value: [BigInt(digits)] })
})

const special = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'polluted', 'a')
const { node } = fc.letrec<{ node: unknown }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(1, null, 'x', true),
    fc.array(fc.tuple(special, tie('node')), { maxLength: 3 }).map(entries => Object.fromEntries(entries)),
    fc.array(tie('node'), { maxLength: 3 }),
  ),
}))

test('keys that JavaScript treats specially are data, in JSON and in YAML', () => {
  const untouched = Object.getOwnPropertyNames(Object.prototype).join()
  fc.assert(
    fc.property(node, value => {
      const text = JSON.stringify(value)
      const [json, yaml] = [parseJson(text), readYaml(text)]
      if (!json.ok || !yaml.ok) throw new Error(text)
      expect(JSON.stringify(json.value)).toBe(text)
      expect(JSON.stringify(yaml.value)).toBe(text)
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(untouched)
    }),
    { numRuns: 500 },
  )
})

test.each(['__proto__', 'constructor'])('what a merge key brings under %s is data', key => {
  const reading = readYaml(`a: &a {${key}: {polluted: 1}}\nb: {<<: *a}\n`)
  if (!reading.ok) throw new Error('refused')
  const merged = JSON.parse(`{"${key}":{"polluted":1}}`)
  expect(JSON.stringify(reading.value)).toBe(JSON.stringify({ a: merged, b: merged }))
  expect({}).not.toHaveProperty('polluted')
})

describe('what takes no longer because somebody made it long', () => {
  test('the list of values in a description of 300,000 blank lines', () => {
    const blank = '\n'.repeat(300_000)
    expect(enumWords(`Which one.${blank}Possible enum values:\n - \`"A"\` the first`)).toEqual({
      description: 'Which one.',
      values: new Map([['A', 'the first']]),
    })
    expect(enumWords(blank).values.size).toBe(0)
  })

  test('the masking of a short message by a Secret of a megabyte', () => {
    const lines = Array.from({ length: 40_000 }, (_, line) => `line ${line} of a long certificate`)
    expect(maskText('refused: line 7 of a long certificate', [lines.join('\n')])).toBe('refused: ***')
  })

  test('the padding of a value of a Secret', () => {
    const value = `${'='.repeat(300_000)}a`
    expect(secretValues({ data: { a: value, b: 'YWI= \n' } })).toEqual(expect.arrayContaining([value, 'YWI', 'ab']))
  })

  test('the conditions of a selector', () => {
    expect(parseLabelSelector(','.repeat(300_000))).toBeNull()
    expect(parseLabelSelector(`a in (x, y), ${'b,'.repeat(50_000)}c`)).toHaveLength(50_002)
  })
})
