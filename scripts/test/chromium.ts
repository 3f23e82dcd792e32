import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { say } from '../bootstrap/say.mjs'

const path = '/usr/bin/chromium'

/** Where the end-to-end tests' browser is, or one sentence on why there is none. */
export type Chromium = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string }

/** Finds Debian's Chromium, installing it where it is absent and this user may. `PATCHBAY_CHROMIUM` names another one. */
export async function ensureChromium(signal: AbortSignal): Promise<Chromium> {
  const own = process.env.PATCHBAY_CHROMIUM
  if (own !== undefined) {
    if (existsSync(own)) return { ok: true, path: own }
    return { ok: false, reason: `PATCHBAY_CHROMIUM names ${own}, which is not there.` }
  }
  if (existsSync(path)) return { ok: true, path }
  const prefix = await asRoot(signal)
  if (prefix === null || !existsSync('/usr/bin/apt-get')) {
    const what = 'install it (on Debian: sudo apt-get install chromium) or name one in PATCHBAY_CHROMIUM'
    return { ok: false, reason: `The end-to-end tests need Chromium: ${what}.` }
  }
  say('Installing Debian’s chromium for the end-to-end tests …')
  const began = performance.now()
  // Without the recommended desktop packages it is half the download.
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', '-qq', 'chromium']
  for (const command of [['apt-get', 'update', '-qq'], install]) await run([...prefix, ...command], signal)
  if (!existsSync(path))
    return { ok: false, reason: 'apt-get could not install chromium: try it by hand and start again.' }
  say(`Installed chromium in ${Math.round((performance.now() - began) / 1000)} s.`)
  return { ok: true, path }
}

async function asRoot(signal: AbortSignal): Promise<string[] | null> {
  if (process.getuid?.() === 0) return []
  return existsSync('/usr/bin/sudo') && (await run(['sudo', '-n', 'true'], signal)) === 0 ? ['sudo', '-n'] : null
}

function run([program = '', ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    // Only the end matters: what went wrong shows in its output on stderr.
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', program === 'sudo' && args[1] === 'true' ? 'ignore' : 'inherit'],
      env,
      signal,
    })
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 1))
  })
}
