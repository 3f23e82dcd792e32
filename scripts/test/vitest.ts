import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type Counted, nothingCounted, type Outcome, told } from './outcome.ts'
import { runTool } from './tool.ts'

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).optional() }),
      ),
    }),
  ),
})

/** One run of vitest: a project of its configuration, and words that the files' paths must hold (none: all files). */
export type VitestRun = {
  readonly project: string
  readonly words: readonly string[]
  readonly folder: string
  readonly signal: AbortSignal
  readonly env?: NodeJS.ProcessEnv
}

// It colours what goes to a file as well, each dot of it.
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' }

/** Runs it, its own output on the terminal. */
export async function runVitest({ project, words, folder, signal, env = {} }: VitestRun): Promise<Outcome> {
  const began = performance.now()
  const path = join(folder, `vitest-${project}.json`)
  const args = [
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${path}`,
  ]
  const { code } = await runTool('node_modules/vitest/vitest.mjs', [...args, ...words], {
    signal,
    env: { ...plain, ...env },
  })
  const { passed, failures, skips, files } = existsSync(path) ? readReport(readFileSync(path, 'utf8')) : nothingCounted
  // An error outside of any test, or a crash.
  const whole = code !== 0 && failures.length === 0 ? [`ended with code ${code}`] : []
  return {
    suite: `vitest ${project}`,
    passed,
    failures: [...failures, ...whole],
    skips,
    seconds: (performance.now() - began) / 1000,
    files,
  }
}

/** Counts the JSON report of vitest. A file that could not be loaded is one failure. */
export function readReport(text: string): Counted {
  const files = reportSchema.parse(JSON.parse(text)).testResults
  const tests = files.flatMap(file => file.assertionResults.map(test => ({ ...test, file: shorten(file.name) })))
  const withStatus = (statuses: readonly string[]) => tests.filter(test => statuses.includes(test.status))
  const nameOf = (test: (typeof tests)[number]) => `${test.file}: ${test.fullName}`
  const unloaded = files
    .filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'))
    .map(file => `${shorten(file.name)}: ${file.message?.split('\n', 1)[0] || 'failed as a whole'}`)
  return {
    passed: tests.filter(test => test.status === 'passed').length,
    failures: [...withStatus(['failed']).map(test => told(nameOf(test), test.failureMessages?.[0])), ...unloaded],
    skips: withStatus(['pending', 'skipped', 'todo', 'disabled']).map(nameOf),
    files: files.map(file => ({ path: shorten(file.name), seconds: (file.endTime - file.startTime) / 1000 })),
  }
}

function shorten(path: string): string {
  return path.slice(Math.max(0, path.lastIndexOf('/tests/') + 1))
}
