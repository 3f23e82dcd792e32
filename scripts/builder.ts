import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from './bootstrap/root.mjs'

/** A build failed: `output` is what the builder said. */
export class BuildFailed extends Error {
  override readonly name = 'BuildFailed'
  readonly output: string
  constructor(message: string, output: string) {
    super(message)
    this.output = output
  }
}

/** Runs a builder of node_modules on this Node, quietly. Throws BuildFailed with `failure`, a sentence, where it fails. */
export async function runBuilder(
  program: string,
  args: readonly string[],
  { failure, signal }: { readonly failure: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const path = join(root, 'node_modules', program)
  const child = spawn(process.execPath, [path, 'build', ...args, '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [out, error, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  signal?.throwIfAborted()
  if (code !== 0) throw new BuildFailed(failure, `${out}${error}`)
}
