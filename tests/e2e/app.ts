import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../../scripts/bootstrap/root.mjs'

/** A running app of a test's own, as `npm start -- --no-open` starts it. */
export type App = {
  /** The address that it printed: it opens once. */
  readonly address: string
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly profile: string
  /** All lines on stdout so far. */
  readonly lines: readonly string[]
  /** All lines on stderr so far. */
  readonly said: readonly string[]
  readonly pid: number
  /** Resolves with the exit code when it has ended by itself. */
  readonly ended: Promise<number | null>
  readonly end: () => Promise<number | null>
  /** As a crash: SIGKILL. Its profile stays. */
  readonly kill: () => Promise<void>
}

/** Starts the app in a profile (a fresh one by default) and waits for its address. Ends with the test runner at the latest. */
export async function startApp(
  kubeconfig: string,
  words: readonly string[] = [],
  profile = mkdtempSync(join(tmpdir(), 'patchbay-profile-')),
): Promise<App> {
  const args = ['--no-open', '--kubeconfig', kubeconfig, '--profile', profile, ...words]
  const compiled = ['--import', new URL('../../scripts/bootstrap/compiled.mjs', import.meta.url).href]
  const child = spawn(process.execPath, [...compiled, join(root, 'scripts/start/app.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the app was started without pipes')
  const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  const lines: string[] = []
  const said: string[] = []
  createInterface(stderr).on('line', line => said.push(line))
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(stdout).on('line', line => {
      lines.push(line)
      const found = /^Patchbay is at (http:\S+)$/.exec(line)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('error', reject)
    child.once('close', code => reject(new Error(`The app ended with ${code}:\n${said.join('\n')}`)))
  })
  const end = async () => {
    child.kill('SIGTERM')
    const code = await ended
    rmSync(profile, { recursive: true, force: true })
    return code
  }
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  // It has a pid since it has spoken.
  const pid = child.pid ?? 0
  return { address, origin: new URL(address).origin, profile, lines, said, pid, ended, end, kill }
}
