import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from './bootstrap/root.mjs'

/** Where the built page is. */
export const pageFolder = join(root, 'dist', 'renderer')

const stampPath = join(root, 'dist', 'renderer.stamp')

// All that a build reads: the page's sources and what they import, and what says how to build them.
const inputs = ['renderer', 'contract', 'core', 'assets', 'vite.config.ts', 'tsconfig.json', 'package-lock.json']

/** The build failed: `output` is what the builder said. */
export class BuildFailed extends Error {
  override readonly name = 'BuildFailed'
  readonly output: string
  constructor(output: string) {
    super('The page could not be built, so Patchbay does not start with an old one.')
    this.output = output
  }
}

/**
 * Makes the production build of the page unless its inputs are those of the last one. True when it built.
 * `onBuild` is called before. Throws BuildFailed, and leaves the last build in place.
 */
export async function buildPage(onBuild: () => void, signal?: AbortSignal): Promise<boolean> {
  const stamp = hashInputs()
  if (
    existsSync(join(pageFolder, 'index.html')) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, 'utf8') === stamp
  ) {
    return false
  }
  onBuild()
  const half = join(root, 'dist', `half-${process.pid}`)
  mkdirSync(half, { recursive: true })
  try {
    await runVite(half, signal)
    rmSync(stampPath, { force: true })
    rmSync(pageFolder, { recursive: true, force: true })
    renameSync(half, pageFolder)
    writeFileSync(stampPath, stamp)
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
  return true
}

async function runVite(folder: string, signal?: AbortSignal): Promise<void> {
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--emptyOutDir']
  const child = spawn(process.execPath, [...args, '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [out, error, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  signal?.throwIfAborted()
  if (code !== 0) throw new BuildFailed(`${out}${error}`)
}

function hashInputs(): string {
  const hash = createHash('sha256').update(process.versions.node)
  for (const input of inputs)
    for (const path of filesOf(input)) hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

function filesOf(input: string): string[] {
  const path = join(root, input)
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [input]
  const found = readdirSync(path, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return found.map(entry => join(entry.parentPath, entry.name).slice(root.length)).sort()
}
