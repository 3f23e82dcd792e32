import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { codeOf } from './kubeconfig-file.ts'

const filesAtMost = 300

/** The user's cache folder for the app: below XDG_CACHE_HOME, or what the platform has for it. */
export function defaultCacheFolder(): string {
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'patchbay')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'patchbay')
  if (process.platform === 'win32' && process.env.LOCALAPPDATA)
    return join(process.env.LOCALAPPDATA, 'patchbay', 'cache')
  return join(homedir(), '.cache', 'patchbay')
}

/** The text kept under a key, null when there is none. */
export async function readCached(folder: string, key: string): Promise<string | null> {
  try {
    return await readFile(fileOf(folder, key), 'utf8')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') report(error)
    return null
  }
}

/** Keeps a text under a key; the oldest texts make room. A cache that cannot be written is only slower. */
export async function writeCached(folder: string, key: string, text: string): Promise<void> {
  try {
    await mkdir(openapi(folder), { recursive: true, mode: 0o700 })
    const file = fileOf(folder, key)
    const half = `${file}.${process.pid}`
    await writeFile(half, text, { mode: 0o600 })
    await rename(half, file)
    await makeRoom(openapi(folder))
  } catch (error) {
    report(error)
  }
}

async function makeRoom(folder: string): Promise<void> {
  const names = await readdir(folder)
  if (names.length <= filesAtMost) return
  const ages = await Promise.all(names.map(async name => ({ name, at: (await stat(join(folder, name))).mtimeMs })))
  ages.sort((a, b) => a.at - b.at)
  for (const { name } of ages.slice(0, names.length - filesAtMost)) await unlink(join(folder, name))
}

function fileOf(folder: string, key: string): string {
  return join(openapi(folder), `${createHash('sha256').update(key).digest('hex')}.json`)
}

function openapi(folder: string): string {
  return join(folder, 'openapi')
}

function report(error: unknown): void {
  console.error('the schema cache cannot be used:', codeOf(error))
}
