import type { CommandLine } from '../../electron/command-line.mjs'
import { runToEnd } from '../bootstrap/child.mjs'
import { root } from '../bootstrap/root.mjs'
import { say } from '../bootstrap/say.mjs'
import { buildPage } from '../build-page.ts'
import { buildShell } from '../build-shell.ts'
import type { Ending } from '../ending.ts'
import { findElectron } from './electron-runtime.ts'
import type { Source } from './kubeconfig.ts'
import { openPractice } from './practice.ts'

/** Runs the app in Electron to its end. Answers the exit code. A second instance hands over by itself. */
export async function runElectron(
  _commandLine: CommandLine,
  source: Exclude<Source, { readonly kind: 'missing' }>,
  ending: Ending,
): Promise<number> {
  const program = findElectron()
  if (program === null) throw new Error('Electron has no runtime here')
  const env = { ...process.env }
  if (source.kind === 'practice') env.PATCHBAY_PRACTICE_KUBECONFIG = await openPractice(ending)
  await buildPage(() => say('Building the page …'), ending.signal)
  await buildShell(() => say('Building the shell …'), ending.signal)
  say('Patchbay opens in Electron.')
  return runToEnd(program, [root, ...process.argv.slice(2)], { env, cwd: root })
}
