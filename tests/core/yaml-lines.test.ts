import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../core/json.ts'
import { isList, isObject } from '../../core/object.ts'
import { type PlainPath, printYaml, readYaml } from '../../core/yaml.ts'
import { type LineSpan, yamlLines } from '../../core/yaml-lines.ts'
import { anyJson } from './json-values.ts'

/** Every path of a value, the root's first. */
function pathsOf(value: Json, path: PlainPath = []): PlainPath[] {
  if (isList(value)) return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))]
  if (!isObject(value)) return [path]
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))]
}

/** The lines of every path as a reader of the text finds them. */
function readSpans(text: string, paths: readonly PlainPath[]): (LineSpan | null)[] {
  const reading = readYaml(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return paths.map(path => {
    const entry = reading.ranges.of(path)?.entry
    if (entry === undefined) return null
    const lineBreaks = text.slice(entry.from, Math.max(entry.from, entry.to - 1)).split('\n').length - 1
    return { first: entry.line, last: entry.line + lineBreaks }
  })
}

describe('lines of a printed value', () => {
  test('are those that a reader finds, for every path', () => {
    fc.assert(
      fc.property(anyJson, value => {
        const text = printYaml(value)
        const paths = pathsOf(value)
        const lines = yamlLines(text, value)
        expect(paths.map(lines)).toEqual(readSpans(text, paths))
      }),
      { numRuns: 1_000 },
    )
  })

  test('a key of several lines, a list below its key, text that looks like entries', () => {
    const long = `${'long '.repeat(40)}key`
    const value = { a: '- b\n\nc: d\n', b: [[1, { x: '\n\n' }], {}], [long]: { d: ['e'] }, 'two\nlines': 'f' }
    const text = printYaml(value)
    const paths = pathsOf(value)
    expect(paths.map(yamlLines(text, value))).toEqual(readSpans(text, paths))
  })

  test.each<[PlainPath]>([[['b']], [['a', 'x']], [['list', 2]], [['list', 'a']], [['empty', 0]], [['constructor']]])(
    'none for %j, which is not there',
    path => {
      const value = { a: 'text\nof lines\n', list: [1, 2], empty: [] }
      expect(yamlLines(printYaml(value), value)(path)).toBeNull()
    },
  )
})
