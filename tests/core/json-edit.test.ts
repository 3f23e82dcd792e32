import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalJson, type Json } from '../../core/json.ts'
import { editJson } from '../../core/json-edit.ts'
import { jsonPathAt, jsonPlace, printJsonLine, printJsonText, readJsonText } from '../../core/json-text.ts'
import { changeText } from '../../core/session.ts'
import { anyJson } from './json-values.ts'

function objectIn(text: string): Json {
  const reading = readJsonText(text)
  if (!reading.ok) throw new Error(`a test wrote bad JSON: ${text}`)
  return reading.value
}

function edited(text: string, to: Json): string {
  const changes = editJson(text, to, (_, item) => nameOf(item))
  if (!changes.ok) throw new Error(changes.problem.code)
  return changeText(text, changes.value)
}

const nameOf = (item: Json) => (typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : null)

describe('editJson', () => {
  test.each([
    ['a value', '{\n  "b": 1,\n  "a": "x"\n}\n', { a: 'y', b: 1 }, '{\n  "b": 1,\n  "a": "y"\n}\n'],
    ['a key goes, with its comma', '{"a": 1, "b": 2, "c": 3}', { a: 1, c: 3 }, '{"a": 1, "c": 3}'],
    ['the first key goes', '{"a": 1, "b": 2}', { b: 2 }, '{"b": 2}'],
    ['the last keys go', '{"a": 1, "b": 2, "c": 3}', { a: 1 }, '{"a": 1}'],
    [
      'a key comes in order',
      '{\n  "a": 1,\n  "c": 3\n}',
      { a: 1, b: { x: 1 }, c: 3 },
      '{\n  "a": 1,\n  "b": {\n    "x": 1\n  },\n  "c": 3\n}',
    ],
    ['a key comes first', '{"b": 2}', { a: [1], b: 2 }, '{"a": [1], "b": 2}'],
    [
      'a key comes last where order is the person’s',
      '{"b": 2, "a": 1}',
      { a: 1, aa: 0, b: 2 },
      '{"b": 2, "a": 1, "aa": 0}',
    ],
    [
      'an item by its name',
      '[{"name": "a", "v": 1}, {"name": "b", "v": 1}]',
      [{ name: 'b', v: 2 }],
      '[{"name": "b", "v": 2}]',
    ],
    ['one key for another', '{"a": 1, "b": 2}', { b: 2, c: 3 }, '{"b": 2, "c": 3}'],
    ['all of it', '{"a": 1}', [1], '[\n  1\n]'],
    ['digits', '{"a": 9007199254740993}', { a: 9007199254740995n }, '{"a": 9007199254740995}'],
    ['nothing', '{"a" :1 }', { a: 1 }, '{"a" :1 }'],
  ])('%s', (_, text, to, expected) => expect(edited(text, to)).toBe(expected))

  test('whatever comes is said in the end, in any layout', () => {
    const layouts = [
      printJsonText,
      printJsonLine,
      (value: Json) => JSON.stringify(JSON.parse(printJsonLine(value)), null, '\t'),
    ]
    fc.assert(
      fc.property(anyJson, anyJson, fc.constantFrom(...layouts), (from, to, print) => {
        expect(equalJson(objectIn(edited(print(from), to)), to)).toBe(true)
      }),
    )
  })
})

describe('readJsonText', () => {
  test('a key that stands twice is an error with both lines', () => {
    const reading = readJsonText('{\n  "a": 1,\n  "b": {"x": 1},\n  "a": 2\n}')
    expect(reading).toEqual({
      ok: false,
      problems: [
        { code: 'json-duplicate-key', key: 'a', firstLine: 2, range: { from: 31, to: 34, line: 4, column: 3 } },
      ],
    })
  })

  test.each([
    ['{"a": tru }', { from: 6, to: 9 }],
    ['{"a": 1', { from: 6, to: 7 }],
    ['{"a": 1,}', { from: 8, to: 9 }],
  ])('%s is marked where it goes wrong', (text, range) => {
    const reading = readJsonText(text)
    expect(reading.ok ? null : reading.problems[0]?.range).toMatchObject(range)
  })

  test('what is printed reads back', () => {
    fc.assert(fc.property(anyJson, value => equalJson(objectIn(printJsonText(value)), value)))
  })
})

test('places go by path and back', () => {
  const text = printJsonText({ metadata: { name: 'x' }, spec: { ports: [{ port: 80 }, { port: 81 }] } })
  const reading = readJsonText(text)
  if (!reading.ok) throw new Error('printed JSON was not read')
  const at = (path: readonly (string | number)[], part: 'key' | 'value') => {
    const { from, to } = jsonPlace(reading.root, path, part)
    return text.slice(from, to)
  }
  expect(at(['spec', 'ports', 1, 'port'], 'value')).toBe('81')
  expect(at(['spec', 'ports', 1, 'port'], 'key')).toBe('"port"')
  expect(at(['spec', 'ports', 1, 'gone'], 'value')).toBe('{')
  expect(jsonPathAt(reading.root, text, text.indexOf('81'))).toEqual(['spec', 'ports', 1, 'port'])
  expect(jsonPathAt(reading.root, text, text.indexOf('metadata'))).toEqual(['metadata'])
})
