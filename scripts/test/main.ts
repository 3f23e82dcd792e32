import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '../bootstrap/say.mjs'
import { buildPage } from '../build-page.ts'
import { BuildFailed } from '../builder.ts'
import { createEnding } from '../ending.ts'
import { PracticeFailure } from '../practice/failure.ts'
import { ensureChromium } from './chromium.ts'
import { startClusters, waitForBinaries } from './clusters.ts'
import { findTests } from './files.ts'
import { lints, runLint } from './lints.ts'
import { isGood, mustHaveRun, type Outcome, report } from './outcome.ts'
import { runPlaywright } from './playwright.ts'
import { runTool } from './tool.ts'
import { runVitest } from './vitest.ts'

// What `npm test` runs on Node 24. All suites run even when one fails; whatever was started ends with this process.
const ending = createEnding()
const { signal } = ending
const words = process.argv.slice(2)
const tests = findTests(words)
const folder = mkdtempSync(join(tmpdir(), 'patchbay-tests-'))
ending.add(() => rmSync(folder, { recursive: true, force: true }))

const outcomes: Outcome[] = []
// Both are made ready beside the suites that need neither; what fails there is looked at where they are awaited.
const binaries =
  tests.cluster.length + tests.e2e.length > 0 ? runTool('scripts/test/binaries.ts', [], { signal }) : null
const chromium = tests.page.length + tests.e2e.length > 0 ? ensureChromium(signal) : null
binaries?.catch(() => {})
chromium?.catch(() => {})

try {
  await runAll()
} catch (error) {
  // Asked to end: whoever asked does not wait for a report.
  if (!signal.aborted) throw error
}
await ending.end()
if (words.length > 0 && outcomes.length === 1) say(`No test file's path holds ${words.join(' or ')}.`)
process.exitCode = isGood(outcomes) && outcomes.length > 1 ? 0 : 1
process.stdout.write(report(outcomes), () => process.exit())

async function runAll(): Promise<void> {
  await add(buildSuite())
  if (words.length === 0) for (const lint of lints) await add(runLint(lint, signal))
  if (tests.unit.length > 0) await add(runVitest({ project: 'unit', words, folder, signal }))
  const browser = await chromium
  if (browser?.ok === false) await add(failed('Chromium', browser.reason))
  const env = browser?.ok ? { PATCHBAY_CHROMIUM: browser.path } : null
  if (tests.page.length > 0 && env !== null) await add(runVitest({ project: 'page', words, folder, signal, env }))
  if (binaries !== null) await runOnClusters(binaries, env)
}

async function add(outcome: Promise<Outcome>): Promise<void> {
  const done = mustHaveRun(await outcome)
  outcomes.push(done)
  say(`${done.suite}: ${done.passed} passed, ${done.failures.length} failed (${done.seconds.toFixed(1)} s)`)
}

async function buildSuite(): Promise<Outcome> {
  const began = performance.now()
  const failures: string[] = []
  try {
    await buildPage(() => say('Building the page …'), signal)
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error
    say(error.output)
    failures.push('vite build')
  }
  return {
    suite: 'page build',
    passed: 1 - failures.length,
    failures,
    skips: [],
    seconds: (performance.now() - began) / 1000,
    files: [],
  }
}

async function runOnClusters(building: Promise<{ readonly code: number }>, browser: NodeJS.ProcessEnv | null) {
  let path: string
  try {
    await waitForBinaries(building)
    path = await startClusters(join(folder, 'practice'), ending)
  } catch (error) {
    if (!(error instanceof PracticeFailure)) throw error
    return add(failed('practice clusters', error.message))
  }
  const env = { ...browser, PATCHBAY_PRACTICE: path }
  if (tests.cluster.length > 0) await add(runVitest({ project: 'cluster', words, folder, signal, env }))
  if (tests.e2e.length > 0 && browser !== null) await add(runPlaywright({ words, folder, signal, env }))
}

async function failed(suite: string, reason: string): Promise<Outcome> {
  say(reason)
  return { suite, passed: 0, failures: [reason], skips: [], seconds: 0, files: [] }
}
