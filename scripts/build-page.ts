import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bootstrap/root.mjs'
import { runBuilder } from './builder.ts'

/** Where the built page is. */
export const pageFolder = join(root, 'dist', 'renderer')

const stampPath = join(root, 'dist', 'renderer.stamp')

// All that a build reads: the page's sources and what they import, and what says how to build them.
const inputs = [
  'renderer',
  'contract',
  'core',
  'assets',
  'vite.config.ts',
  'scripts/worker-stand-ins.ts',
  'tsconfig.json',
  'package-lock.json',
]

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
    const failure = 'The page could not be built, so Patchbay does not start with an old one.'
    await runBuilder('vite/bin/vite.js', ['--outDir', half, '--emptyOutDir'], { failure, signal })
    rmSync(stampPath, { force: true })
    rmSync(pageFolder, { recursive: true, force: true })
    renameSync(half, pageFolder)
    writeFileSync(stampPath, stamp)
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
  return true
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
