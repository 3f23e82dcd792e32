import { expect, test } from 'vitest'
import { findTests } from '../../../scripts/test/files.ts'
import { doubtLayers } from '../../../scripts/test/lints.ts'
import { isGood, mustHaveRun, type Outcome, report, told } from '../../../scripts/test/outcome.ts'
import { readReport as readPlaywright } from '../../../scripts/test/playwright.ts'
import { readReport as readVitest } from '../../../scripts/test/vitest.ts'

const good: Outcome = { suite: 'unit', passed: 3, failures: [], skips: [], seconds: 1.25, files: [] }
const bad: Outcome = {
  suite: 'end to end',
  passed: 1,
  failures: ['a > b'],
  skips: ['c (no runtime)'],
  seconds: 10,
  files: [],
}

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)

test('the last line counts over all suites, and failures and skips are named', () => {
  expect(lastLine(report([good]))).toBe('3 passed, 0 failed')
  const text = report([good, bad])
  expect(lastLine(text)).toBe('4 passed, 1 failed, 1 skipped')
  expect(text).toContain('\nFailed:\n  end to end: a > b\n')
  expect(text).toContain('\nSkipped:\n  end to end: c (no runtime)\n')
})

test('the five slowest files of all suites are named', () => {
  const files = (name: string, ...seconds: number[]) =>
    seconds.map(each => ({ path: `${name}-${each}`, seconds: each }))
  const text = report([
    { ...good, files: files('a', 1, 7, 3) },
    { ...bad, files: files('b', 12.34, 2, 4) },
  ])
  const named = ['  12.3 s  b-12.34', '   7.0 s  a-7', '   4.0 s  b-4', '   3.0 s  a-3', '   2.0 s  b-2']
  expect(text).toContain(`\nSlowest files:\n${named.map(line => `  ${line}`).join('\n')}\n\nFailed:`)
  expect(report([good])).not.toContain('Slowest')
})

test('a failure is told with the beginning of its message, without colours', () => {
  expect(told('a > b', undefined)).toBe('a > b')
  expect(told('a > b', '\u001b[31mError\u001b[39m: x\n\n{ seed: 7 }')).toBe('a > b\n      Error: x\n      { seed: 7 }')
  const long = told('a', Array.from({ length: 50 }, () => 'y'.repeat(1_000)).join('\n'))
  expect(long.split('\n')).toHaveLength(13)
  expect(long.length).toBeLessThan(4_000)
})

test('a run is good when something passed and nothing failed', () => {
  expect(isGood([good])).toBe(true)
  expect(isGood([good, bad])).toBe(false)
  expect(isGood([{ ...good, passed: 0 }])).toBe(false)
  expect(isGood([])).toBe(false)
})

test('a suite that ran no test has failed, even where all were skipped', () => {
  expect(mustHaveRun(good)).toBe(good)
  expect(mustHaveRun({ ...good, passed: 0, skips: ['a'] }).failures).toEqual(['ran no test'])
  expect(mustHaveRun({ ...bad, passed: 0 }).failures).toEqual(['a > b'])
})

test('vitest’s report: tests by status, and a file that could not be loaded', () => {
  const test = (fullName: string, status: string, ...failureMessages: string[]) => ({
    fullName,
    status,
    failureMessages,
  })
  const took = (startTime: number, endTime: number) => ({ startTime, endTime })
  const text = JSON.stringify({
    testResults: [
      {
        name: '/p/tests/a.test.ts',
        status: 'failed',
        ...took(1_000, 3_500),
        assertionResults: [test('one', 'passed'), test('two', 'failed', 'Error: no\n  at a.ts')],
      },
      {
        name: '/p/tests/b.test.ts',
        status: 'failed',
        ...took(0, 0),
        message: 'no such module\nat …',
        assertionResults: [],
      },
      {
        name: '/p/tests/c.test.ts',
        status: 'passed',
        ...took(3_500, 3_600),
        assertionResults: [test('x', 'skipped'), test('y', 'todo')],
      },
    ],
  })
  expect(readVitest(text)).toEqual({
    passed: 1,
    failures: ['tests/a.test.ts: two\n      Error: no\n        at a.ts', 'tests/b.test.ts: no such module'],
    skips: ['tests/c.test.ts: x', 'tests/c.test.ts: y'],
    files: [
      { path: 'tests/a.test.ts', seconds: 2.5 },
      { path: 'tests/b.test.ts', seconds: 0 },
      { path: 'tests/c.test.ts', seconds: 0.1 },
    ],
  })
})

test('Playwright’s report: nested, flaky is failed, a skip tells its reason', () => {
  const took = { duration: 1_500 }
  const spec = (title: string, status: string, annotations: object[] = []) => ({
    title,
    tests: [
      { status, annotations, results: status === 'flaky' ? [{ ...took, error: { message: 'slow' } }, took] : [took] },
    ],
  })
  const text = JSON.stringify({
    errors: [{ message: 'config\nat …' }],
    suites: [
      {
        title: 'a.spec.ts',
        file: 'a.spec.ts',
        specs: [spec('one', 'expected')],
        suites: [
          {
            title: 'group',
            file: 'a.spec.ts',
            specs: [
              spec('two', 'unexpected'),
              spec('three', 'flaky'),
              spec('four', 'skipped', [{ type: 'skip', description: 'why' }]),
            ],
          },
        ],
      },
    ],
  })
  expect(readPlaywright(text)).toEqual({
    passed: 1,
    failures: ['a.spec.ts > group > two', 'a.spec.ts > group > three\n      slow', 'config'],
    skips: ['a.spec.ts > group > four (why)'],
    files: [{ path: 'tests/e2e/a.spec.ts', seconds: 7.5 }],
  })
})

test.each([
  ['✔ no dependency violations found (290 modules, 1172 dependencies cruised)', null],
  ['✔ no dependency violations found (0 modules, 0 dependencies cruised)', 'has seen 0 modules only'],
  ['', 'does not say how many modules it has seen'],
])('the layer check is believed only when it has seen the modules: %s', (output, expected) => {
  expect(doubtLayers(output)).toBe(expected)
})

test('words choose test files by their paths', () => {
  const all = findTests([])
  expect(all.unit).toContain('tests/scripts/test/outcome.test.ts')
  expect(all.e2e).toContain('tests/e2e/smoke.spec.ts')
  expect(all.unit.filter(file => /^tests\/(electron\/host|practice|renderer)\//.test(file))).toEqual([])
  expect(findTests(['scripts/test/out'])).toEqual({
    unit: ['tests/scripts/test/outcome.test.ts'],
    page: [],
    cluster: [],
    e2e: [],
  })
})
