import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type Counted, nothingCounted, type Outcome, told } from './outcome.ts'
import { runTool } from './tool.ts'

type Test = {
  status: string
  annotations: { description?: string | undefined }[]
  results?: { duration: number; error?: { message?: string | undefined } | undefined }[] | undefined
}
type Spec = { title: string; tests: Test[] }
type Suite = { title: string; file: string; specs: Spec[]; suites?: Suite[] | undefined }

const specSchema: z.ZodType<Spec> = z.object({
  title: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      annotations: z.array(z.object({ description: z.string().optional() })),
      results: z
        .array(z.object({ duration: z.number(), error: z.object({ message: z.string().optional() }).optional() }))
        .optional(),
    }),
  ),
})
const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    title: z.string(),
    file: z.string(),
    specs: z.array(specSchema),
    suites: z.array(suiteSchema).optional(),
  }),
)
const reportSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().optional() })),
})

/** One run of Playwright over `tests/e2e`, for the files whose paths hold one of the words (none: all). */
export type PlaywrightRun = {
  readonly words: readonly string[]
  readonly folder: string
  readonly signal: AbortSignal
  readonly env: NodeJS.ProcessEnv
}

/** Runs it, its own output on the terminal. */
export async function runPlaywright({ words, folder, signal, env }: PlaywrightRun): Promise<Outcome> {
  const began = performance.now()
  const path = join(folder, 'playwright.json')
  const { code } = await runTool(
    'node_modules/@playwright/test/cli.js',
    ['test', '--reporter=dot,json', '--pass-with-no-tests', ...words],
    { signal, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: path } },
  )
  const { passed, failures, skips, files } = existsSync(path) ? readReport(readFileSync(path, 'utf8')) : nothingCounted
  const whole = code !== 0 && failures.length === 0 ? [`ended with code ${code}`] : []
  return {
    suite: 'end to end',
    passed,
    failures: [...failures, ...whole],
    skips,
    seconds: (performance.now() - began) / 1000,
    files,
  }
}

/** Counts the JSON report of Playwright. A flaky test has failed. */
export function readReport(text: string): Counted {
  const report = reportSchema.parse(JSON.parse(text))
  const tests = report.suites.flatMap(suite => testsOf(suite, []))
  const whole = report.errors.map(error => error.message?.split('\n', 1)[0] ?? 'an error outside of any test')
  return {
    passed: tests.filter(test => test.status === 'expected').length,
    failures: [
      ...tests
        .filter(test => test.status === 'unexpected' || test.status === 'flaky')
        .map(test => told(test.name, test.message)),
      ...whole,
    ],
    skips: tests.filter(test => test.status === 'skipped').map(test => test.name),
    files: report.suites.map(suite => ({ path: `tests/e2e/${suite.file}`, seconds: secondsOf(suite) })),
  }
}

function secondsOf({ specs, suites = [] }: Suite): number {
  const results = specs.flatMap(spec => spec.tests.flatMap(test => test.results ?? []))
  const own = results.reduce((total, { duration }) => total + duration / 1000, 0)
  return suites.reduce((total, suite) => total + secondsOf(suite), own)
}

function testsOf(
  suite: Suite,
  above: readonly string[],
): { name: string; status: string; message: string | undefined }[] {
  const titles = [...above, suite.title]
  const own = suite.specs.flatMap(spec =>
    spec.tests.map(test => {
      const reason = test.annotations.map(note => note.description).find(text => text !== undefined)
      const name = [...titles, spec.title].join(' > ')
      const message = test.results?.find(result => result.error !== undefined)?.error?.message
      return { name: reason === undefined ? name : `${name} (${reason})`, status: test.status, message }
    }),
  )
  return [...own, ...(suite.suites ?? []).flatMap(inner => testsOf(inner, titles))]
}
