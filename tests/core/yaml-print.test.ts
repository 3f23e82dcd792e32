import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalJson, type Json, parseJson, printJson } from '../../core/json.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'
import { compareKeys } from '../../core/yaml-key-order.ts'
import { anyJson } from './json-values.ts'

/** A value, the text that `sigs.k8s.io/yaml` 1.6 prints (null where it fails), and `ours` where we mean to differ. */
type Row = { readonly value: Json; readonly text: string | null; readonly ours?: string }

const file = parseJson(readFileSync(new URL('../tables/yaml-print.json', import.meta.url), 'utf8'))
// The file is ours, in the shape above.
const rows = (file.ok ? file.value : []) as unknown as readonly Row[]

test('the table is there', () => expect(rows.length).toBeGreaterThan(250))

describe('prints as kubectl', () => {
  test.each(rows.map(row => [printJson(row.value), row] as const))('%s', (_name, { value, text, ours }) => {
    expect(printYaml(value)).toBe(ours ?? text)
  })
})

test('what is printed reads back as the same value', () => {
  fc.assert(
    fc.property(anyJson, value => {
      const reading = readYaml(printYaml(value))
      return reading.ok && equalJson(reading.value, value)
    }),
    { numRuns: 1000 },
  )
})

test('printing what was read from a print changes nothing', () => {
  fc.assert(
    fc.property(anyJson, value => {
      const text = printYaml(value)
      const reading = readYaml(text)
      return reading.ok && printYaml(reading.value) === text
    }),
  )
})

test('keys stand in one order, whatever order they came in', () => {
  const keys = ['', '_a', '1', '2', '10', '010', 'A', 'Z', 'a', 'a-b', 'a1', 'a2', 'a10', 'a02', 'aB', 'é', '中']
  fc.assert(
    fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), shuffled => {
      expect(shuffled.toSorted(compareKeys)).toEqual(keys.toSorted(compareKeys))
    }),
  )
})
