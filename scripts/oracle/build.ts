import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder, sourceFolder as practiceFolder } from '../practice/folders.ts'
import { waitForLock } from '../practice/lock.ts'

/** Why the oracle cannot be asked, in one sentence for the person. */
export class OracleFailure extends Error {}

const folder = import.meta.dirname

/**
 * Builds the Go program into the user's cache, once for each state of its sources, and answers where it is. Needs Go only
 * to build. Two may build at once (the second waits). Throws OracleFailure.
 */
export async function buildOracle(options: { readonly onBuild?: () => void; readonly signal?: AbortSignal } = {}) {
  const { onBuild = () => {}, signal } = options
  const place = join(dirname(cacheFolder()), 'oracle', cacheKey())
  const program = join(place, process.platform === 'win32' ? 'oracle.exe' : 'oracle')
  if (existsSync(program)) return program
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const lock = await waitForLock(join(place, 'build.lock'), onBuild, signal)
  try {
    if (existsSync(program)) return program
    onBuild()
    const half = join(place, 'half')
    rmSync(half, { force: true })
    await runGo(['build', '-trimpath', '-buildvcs=false', '-o', half, '.'], folder, signal)
    renameSync(half, program)
    return program
  } finally {
    lock.release()
  }
}

/** The folder of the OpenAPI documents that the pinned Kubernetes release publishes: of its module, which the practice cluster is built from. */
export async function publishedDocuments(signal?: AbortSignal): Promise<string> {
  const told = JSON.parse(await runGo(['mod', 'download', '-json', 'k8s.io/kubernetes'], practiceFolder, signal))
  return join(told.Dir, 'api/openapi-spec/v3')
}

async function runGo(args: readonly string[], cwd: string, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted()
  const env = { GOTOOLCHAIN: 'auto', ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' }
  const child = spawn('go', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  // Go ends what it started on an interrupt.
  const stop = () => child.kill('SIGINT')
  signal?.addEventListener('abort', stop)
  let [output, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    signal?.throwIfAborted()
    if (code !== 0) throw new OracleFailure(`The oracle could not be made ready (go ${args[0]}): ${said.trim()}`)
    return output
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    throw new OracleFailure(
      'The oracle is built with Go, which is not installed: install Go 1.26 or later (https://go.dev/dl/) and start again.',
    )
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function cacheKey(): string {
  const files = readdirSync(folder).filter(file => file.endsWith('.go') || file.startsWith('go.'))
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 16)
}
