import { stripVTControlCharacters } from 'node:util'

/** What one suite came to. `failures` and `skips` name each test; `seconds` is wall time, `files` how it was spent. */
export type Outcome = {
  readonly suite: string
  readonly passed: number
  readonly failures: readonly string[]
  readonly skips: readonly string[]
  readonly seconds: number
  readonly files: readonly FileTime[]
}

/** What a test runner's report says of its tests. */
export type Counted = Pick<Outcome, 'passed' | 'failures' | 'skips' | 'files'>

/** Of a runner that left no report. */
export const nothingCounted: Counted = { passed: 0, failures: [], skips: [], files: [] }

/** How long the tests of one file took, in seconds of wall time; files run beside each other. */
export type FileTime = { readonly path: string; readonly seconds: number }

/** A failed test's name with the beginning of what it said: whoever has only the end of a log can look into it. */
export function told(name: string, message: string | undefined): string {
  const lines = stripVTControlCharacters(message ?? '')
    .split('\n')
    .filter(line => line.trim() !== '')
  return [name, ...lines.slice(0, longestMessage).map(line => line.slice(0, longestLine))].join('\n      ')
}

const longestMessage = 12
const longestLine = 300

/** The closing report: a line a suite, the slowest files, the failures and skips by name, and the line that counts. */
export function report(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(outcome => outcome.suite.length))
  const lines = outcomes.map(outcome => {
    const time = `${outcome.seconds.toFixed(1)} s`.padStart(8)
    return `${outcome.suite.padEnd(width)}  ${time}  ${count(outcome.passed, outcome.failures.length, outcome.skips.length)}`
  })
  return [
    '',
    ...lines,
    ...slowest(outcomes.flatMap(outcome => outcome.files)),
    ...named('Failed', outcomes, outcome => outcome.failures),
    ...named('Skipped', outcomes, outcome => outcome.skips),
    '',
    count(
      sum(outcomes, one => one.passed),
      sum(outcomes, one => one.failures.length),
      sum(outcomes, one => one.skips.length),
    ),
    '',
  ].join('\n')
}

/** True when nothing failed and something passed. */
export function isGood(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(outcome => outcome.failures.length === 0) && outcomes.some(outcome => outcome.passed > 0)
}

/** The same outcome, with a failure of its own where not one test ran. */
export function mustHaveRun(outcome: Outcome): Outcome {
  if (outcome.passed > 0 || outcome.failures.length > 0) return outcome
  return { ...outcome, failures: ['ran no test'] }
}

function count(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`
}

function sum(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + of(outcome), 0)
}

function slowest(files: readonly FileTime[]): string[] {
  const found = [...files].sort((a, b) => b.seconds - a.seconds).slice(0, mostSlowFiles)
  const lines = found.map(({ path, seconds }) => `  ${`${seconds.toFixed(1)} s`.padStart(8)}  ${path}`)
  return lines.length === 0 ? [] : ['', 'Slowest files:', ...lines]
}

const mostSlowFiles = 5

function named(title: string, outcomes: readonly Outcome[], of: (outcome: Outcome) => readonly string[]): string[] {
  const lines = outcomes.flatMap(outcome => of(outcome).map(name => `  ${outcome.suite}: ${name}`))
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines]
}
