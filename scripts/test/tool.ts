import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../bootstrap/root.mjs'

/** How a tool ended, and what it printed where it was asked to keep that. */
export type ToolAnswer = { readonly code: number; readonly output: string }

/** `keep` keeps the output for the caller; otherwise it goes to the terminal as it comes. */
export type ToolOptions = { readonly signal: AbortSignal; readonly keep?: boolean; readonly env?: NodeJS.ProcessEnv }

/**
 * Runs a JavaScript tool of node_modules on this Node. It ends with this process at the latest; on abort it is asked to
 * (as by Ctrl-C, which test runners take as "clean up") and killed after ten seconds. Resolves when it is gone.
 */
export function runTool(path: string, args: readonly string[], options: ToolOptions): Promise<ToolAnswer> {
  const { signal, keep = false, env = {} } = options
  signal.throwIfAborted()
  const leash = ['--import', join(root, 'scripts/bootstrap/leash.mjs')]
  const child = spawn(process.execPath, [...leash, join(root, path), ...args], {
    cwd: root,
    env: { ...process.env, ...env, PATCHBAY_LEASH: String(process.pid) },
    // A process group of its own: Ctrl-C reaches this process alone, which then ends the tools in its turn.
    detached: true,
    stdio: ['ignore', keep ? 'pipe' : 'inherit', keep ? 'pipe' : 'inherit', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', text => {
      output += text
    })
  }
  let kill: NodeJS.Timeout | undefined
  const stop = () => {
    child.kill('SIGINT')
    kill = setTimeout(() => child.kill('SIGKILL'), 10_000)
  }
  signal.addEventListener('abort', stop)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      clearTimeout(kill)
      signal.removeEventListener('abort', stop)
      resolve({ code: code ?? 1, output })
    })
  })
}
