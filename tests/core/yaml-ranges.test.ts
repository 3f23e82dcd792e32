import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalJson, type Json } from '../../core/json.ts'
import { isList, isObject } from '../../core/object.ts'
import { type PlainPath, printYaml, readYaml, type YamlRanges } from '../../core/yaml.ts'
import { anyJson } from './json-values.ts'

function rangesOf(text: string): YamlRanges {
  const reading = readYaml(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.ranges
}

const text = `# head
metadata:
  labels: {app: nginx, "tier": web} # flow
  name: nginx # the name
spec:
  ports:
  - port: 80
    name: http

  # second
  - port: 443
  script: |
    echo hi
  paused:
yes: on
`
const ranges = rangesOf(text)

function slice(path: PlainPath): { key: string | null; value: string; entry: string } | null {
  const found = ranges.of(path)
  if (found === null) return null
  const { key, value, entry } = found
  return {
    key: key && text.slice(key.from, key.to),
    value: text.slice(value.from, value.to),
    entry: text.slice(entry.from, entry.to),
  }
}

describe('of', () => {
  test.each<[PlainPath, ReturnType<typeof slice>]>([
    [['metadata', 'name'], { key: 'name', value: 'nginx', entry: 'name: nginx' }],
    [['metadata', 'labels', 'tier'], { key: '"tier"', value: 'web', entry: '"tier": web' }],
    [['spec', 'ports', 0], { key: null, value: 'port: 80\n    name: http', entry: 'port: 80\n    name: http' }],
    [['spec', 'ports', 1, 'port'], { key: 'port', value: '443', entry: 'port: 443' }],
    [['spec', 'script'], { key: 'script', value: '|\n    echo hi\n', entry: 'script: |\n    echo hi\n' }],
    [['spec', 'paused'], { key: 'paused', value: '', entry: 'paused:' }],
    [['true'], { key: 'yes', value: 'on', entry: 'yes: on' }],
    [['spec', 'ports', 2], null],
    [['spec', 'ports', 'port'], null],
    [['nothing'], null],
  ])('%j', (path, expected) => expect(slice(path)).toEqual(expected))

  test('lines and columns count from 1', () => {
    expect(ranges.of(['spec', 'ports', 1, 'port'])?.entry).toMatchObject({ line: 11, column: 5 })
    expect(ranges.of(['metadata'])?.key).toMatchObject({ line: 2, column: 1 })
  })

  test('what comes from an alias or a merge key has no place of its own', () => {
    const aliased = rangesOf('a: &a {k: 1}\nb: *a\nc: {<<: *a, l: 2}\n')
    expect(aliased.of(['b', 'k'])).toBeNull()
    expect(aliased.of(['c', 'k'])).toBeNull()
    expect(aliased.of(['c', 'l'])).not.toBeNull()
    expect(aliased.nearest(['b', 'k']).path).toEqual(['b'])
  })
})

test('nearest is the longest beginning that has a place', () => {
  expect(ranges.nearest(['spec', 'ports', 1, 'protocol', 'x'])).toEqual({
    path: ['spec', 'ports', 1],
    range: ranges.of(['spec', 'ports', 1]),
  })
  expect(ranges.nearest(['status']).path).toEqual([])
})

describe('at', () => {
  test.each<[string, PlainPath]>([
    ['nginx # the', ['metadata', 'name']],
    ['the name', ['metadata', 'name']],
    ['web}', ['metadata', 'labels', 'tier']],
    ['# head', []],
    ['443', ['spec', 'ports', 1, 'port']],
    ['# second', ['spec', 'ports']],
    ['echo', ['spec', 'script']],
    ['paused', ['spec', 'paused']],
    ['on\n', ['true']],
  ])('%s', (mark, path) => expect(ranges.at(text.indexOf(mark))).toEqual(path))

  test('behind the last line is the root', () => expect(ranges.at(text.length)).toEqual([]))
})

test('the text at any value reads back as that value', () => {
  fc.assert(
    fc.property(anyJson, value => {
      const printed = printYaml(value)
      const found = rangesOf(printed)
      for (const [path, part] of parts(value)) {
        const range = found.of(path)
        if (range === null) throw new Error(`no place for ${JSON.stringify(path)} in ${printed}`)
        const { from, to, column } = range.value
        // In its column and under a parent as deep as its own, so that block scalars mean the same.
        const alone = `${' '.repeat(column - 1)}${printed.slice(from, to)}`
        const reading = readYaml(alone)
        if (isFilledOrFlat(part) && !(reading.ok && equalJson(reading.value, part))) throw new Error(alone)
      }
    }),
    { numRuns: 300 },
  )
})

/** Block scalars and folded lines lean on their parent's indentation and cannot be read alone. */
function isFilledOrFlat(value: Json): boolean {
  return typeof value !== 'string' || (!value.includes('\n') && value.length < 40)
}

function parts(value: Json, path: PlainPath = []): [PlainPath, Json][] {
  const children: [string | number, Json][] = isObject(value)
    ? Object.entries(value)
    : isList(value)
      ? [...value.entries()]
      : []
  return [[path, value], ...children.flatMap(([step, child]) => parts(child, [...path, step]))]
}
