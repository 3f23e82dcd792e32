import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { equalJson, type Json, parseJson, printJson } from '../../core/json.ts'
import { readYaml, type YamlProblem } from '../../core/yaml.ts'

/**
 * A text, what `sigs.k8s.io/yaml` 1.6 makes of it (`value`, or `refused` with its reason), and `ours` where we refuse
 * (problems with their lines) or mean to differ.
 */
type Row = {
  readonly text: string
  readonly value?: Json
  readonly refused?: string
  readonly ours?: readonly string[] | { readonly value: Json }
}

const file = parseJson(readFileSync(new URL('../tables/yaml-read.json', import.meta.url), 'utf8'))
// The file is ours, in the shape above.
const rows = (file.ok ? file.value : []) as unknown as readonly Row[]

function told(problem: YamlProblem): string {
  return `${problem.code}${'what' in problem ? ` ${problem.what}` : ''} on line ${problem.range?.line}`
}

test('the table is there', () => expect(rows.length).toBeGreaterThan(250))

describe('reads as kubectl', () => {
  test.each(rows.map(row => [row.text, row] as const))('%j', (text, { value, ours }) => {
    const reading = readYaml(text)
    const expected = ours ?? { value: value ?? null }
    if (!('value' in expected)) expect(reading.ok ? reading.value : reading.problems.map(told)).toEqual(expected)
    else if (!reading.ok) expect(reading.problems.map(told)).toEqual(expected)
    else expect(equalJson(reading.value, expected.value), printJson(reading.value)).toBe(true)
  })
})

describe('problems', () => {
  function problemsOf(text: string): readonly YamlProblem[] {
    const reading = readYaml(text)
    return reading.ok ? [] : reading.problems
  }

  test('all of them are told, in order, each at its place', () => {
    const text = 'a: 1\nb:\n  a: .inf\n  c: 2\na: 3\n---\nd: 4\n'
    const problems = problemsOf(text)
    expect(problems.map(told)).toEqual([
      'yaml-unsupported infinite-number on line 3',
      'yaml-duplicate-key on line 5',
      'yaml-second-document on line 6',
    ])
    expect(problems.map(({ range }) => text.slice(range?.from, range?.to))).toEqual(['.inf', 'a', '---'])
    expect(problems[1]).toMatchObject({ key: 'a', firstLine: 1, range: { line: 5, column: 1 } })
  })

  test('every syntax error has its line', () => {
    const lines = problemsOf('a: "x\nb: [1\nc: d: e\n').map(({ range }) => range?.line)
    expect(lines.length).toBeGreaterThan(0)
    expect(problemsOf('a: 1\nb: c: d\n')[0]?.range).toMatchObject({ line: 2 })
    expect(problemsOf('a: 1\nb: [1, 2\nc: 3\n').some(({ range }) => (range?.line ?? 0) >= 2)).toBe(true)
  })

  test('a duplicate inside an anchored map is told once', () => {
    expect(problemsOf('a: &a {k: 1, k: 2}\nb: *a\nc: {<<: *a}\n').map(told)).toEqual(['yaml-duplicate-key on line 1'])
  })

  test('aliases that multiply are stopped', () => {
    const letters = [...'bcdefghijkl']
    const lines = letters.map((letter, i) => `${letter}: &${letter} [${Array(9).fill(`*${letters[i - 1] ?? 'a'}`)}]\n`)
    expect(problemsOf(`a: &a [x,x,x,x,x,x,x,x,x]\n${lines.join('')}`)).toMatchObject([{ what: 'too-many-aliases' }])
  })

  test.each([
    ['brackets', '['.repeat(100_000)],
    ['dashes', '- '.repeat(50_000)],
    ['braces', '{a: '.repeat(20_000)],
  ])('too many %s inside each other are no stack overflow', (_name, text) => {
    expect(problemsOf(text)).toMatchObject([{ code: 'too-deep', limit: 500, range: { line: 1 } }])
  })

  test('a depth that real schemas reach is fine', () => {
    expect(readYaml(`${'['.repeat(400)}${']'.repeat(400)}`).ok).toBe(true)
  })

  test('the words of a syntax error hold nothing of the text', () => {
    const problems = problemsOf('password: hunter2: "hunter3\nhunter4\n')
    expect(problems.length).toBeGreaterThan(0)
    expect(JSON.stringify(problems)).not.toMatch(/hunter/)
  })
})

test('a key named __proto__ is data', () => {
  const reading = readYaml('__proto__: {polluted: 1}\na: &a {__proto__: 2}\nb: {<<: *a}\n')
  expect(reading.ok && printJson(reading.value)).toBe(
    '{"__proto__":{"polluted":1},"a":{"__proto__":2},"b":{"__proto__":2}}',
  )
  expect('polluted' in {}).toBe(false)
})
