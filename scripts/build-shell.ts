import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from './bootstrap/root.mjs'
import { BuildFailed } from './build-page.ts'

/** Builds Electron's main, preload and host with electron-vite, to where package.json's `main` names it: a second or two, so always anew. Throws BuildFailed. */
export async function buildShell(onBuild: () => void, signal?: AbortSignal): Promise<void> {
  onBuild()
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const child = spawn(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [out, error, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new BuildFailed(`${out}${error}`)
}
