import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { practiceForTests } from '../../../practice/setup.ts'
import { scratchFolder } from './fake-server.ts'

const practice = await practiceForTests()
const scratch = scratchFolder()
afterAll(async () => {
  scratch.remove()
  await practice.stop()
})

// A client's certificate serves for a server whose certificate nobody looks at.
const kubeconfig = readFileSync(practice.kubeconfigPath, 'utf8')
const pem = (field: string) => {
  const base64 = new RegExp(`client-${field}-data: (\\S+)`).exec(kubeconfig)?.[1] ?? ''
  return Buffer.from(base64, 'base64').toString('utf8')
}
const keys = join(scratch.path, 'keys.json')
writeFileSync(keys, JSON.stringify({ cert: pem('certificate'), key: pem('key') }), { mode: 0o600 })

/** Cuts that many requests off over HTTP/2. What the server saw of them, and whether one afterwards was answered. */
async function cutOff(what: 'reads' | 'bodies', times: number) {
  const program = [join(import.meta.dirname, 'cut-off.ts'), keys, what, String(times)]
  const { stdout } = await promisify(execFile)(process.execPath, program, { timeout: 60_000, killSignal: 'SIGKILL' })
  const { cancelled, ...seen } = JSON.parse(stdout)
  return { ...seen, cancelled: cancelled >= times / 2 }
}

it.concurrent.each([
  ['reads', 200],
  // Of 3 MB: more in all than Node lets a connection hold back.
  ['bodies', 20],
] as const)(
  '%s that are cut off are cancelled on the server, and their connection serves others on',
  async (what, times) => {
    expect(await cutOff(what, times)).toEqual({ sessions: 1, ok: true, cancelled: true })
  },
  // A busy machine is slow in starting a process.
  70_000,
)
