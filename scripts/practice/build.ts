import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type OnProgress, PracticeFailure } from './failure.ts'
import { cacheFolder, sourceFolder } from './folders.ts'
import { waitForLock } from './lock.ts'

/** Where each program of the practice cluster is. */
export type Binaries = { readonly [name in ProgramName]: string }

type ProgramName = keyof typeof packages

// Each program's Go package; its file is named after the package's last part by `go build`.
const packages = {
  leash: './cmd/leash',
  certificates: './cmd/certificates',
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  kwok: 'sigs.k8s.io/kwok/cmd/kwok',
} as const

// `go build` names etcd's main package, .../server/v3, after its last part that is not a version.
const builtNames: Partial<Record<ProgramName, string>> = { etcd: 'server' }

const fromAssets: readonly ProgramName[] = ['etcd', 'kube-apiserver', 'kubectl']

/**
 * Makes sure that all programs are there and says where: built into the user's cache once, or etcd, kube-apiserver and
 * kubectl from `KUBEBUILDER_ASSETS` where that is set and holds the pinned minor version. Needs Go only to build.
 * Two may build at once (the second waits); an aborted build leaves nothing. Throws PracticeFailure.
 */
export async function buildBinaries(
  options: { readonly signal?: AbortSignal; readonly onProgress?: OnProgress } = {},
): Promise<Binaries> {
  const { signal, onProgress = () => {} } = options
  if (process.platform === 'win32') {
    throw new PracticeFailure(
      'The practice cluster runs on Linux and macOS only: use a cluster of your own (--kubeconfig FILE).',
    )
  }
  const assets = await assetsOfKubebuilder()
  const folder = join(cacheFolder(), cacheKey(), 'bin')
  const pathOf = (name: ProgramName) => assets[name] ?? join(folder, name)
  const missing = () => programNames().filter(name => !existsSync(pathOf(name)))

  if (missing().length > 0) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const onWait = () => onProgress({ step: 'build', what: 'waiting for another build to finish' })
    const lock = await waitForLock(join(folder, 'build.lock'), onWait, signal)
    try {
      await buildMissing(folder, missing(), onProgress, signal)
    } finally {
      lock.release()
    }
  }
  return Object.fromEntries(programNames().map(name => [name, pathOf(name)])) as Binaries // Every name is there.
}

/** The Kubernetes version that is built, as `v1.37.2`: the one in go.mod. */
export function kubernetesVersion(): string {
  const version = /k8s\.io\/kubernetes (v\S+)/.exec(readFileSync(join(sourceFolder, 'go.mod'), 'utf8'))?.[1]
  if (!version) throw new Error('go.mod names no version of k8s.io/kubernetes')
  return version
}

async function buildMissing(
  folder: string,
  names: readonly ProgramName[],
  onProgress: OnProgress,
  signal?: AbortSignal,
) {
  // With the lock held, whatever an ended build left half-made is nobody's.
  for (const left of readdirSync(folder)) if (left.startsWith('half-')) rmSync(join(folder, left), { recursive: true })
  const half = join(folder, `half-${process.pid}`)
  mkdirSync(half)
  try {
    // Where there is no Go, this says so; a leash could only say that a program is missing.
    await runGo(['version'], { leash: undefined, signal })
    const leash = join(folder, 'leash')
    // It comes first and alone, a second's work: the long build then runs on it and cannot outlive this process.
    if (names.includes('leash')) {
      onProgress({ step: 'build', what: 'leash' })
      await goBuild({ half, folder, names: ['leash'], signal })
    }
    const rest = names.filter(name => name !== 'leash')
    if (rest.length === 0) return
    onProgress({ step: 'build', what: 'looking for what has to be compiled' })
    const total = await countPackages(leash, rest, onProgress, signal)
    // Packages are named as they are compiled; a program appears in the folder once it is linked, seconds later.
    using _ = watchFolder(half, file => onProgress({ step: 'build', what: `linked ${file}` }))
    onProgress({ step: 'build', what: total === 0 ? 'linking' : 'compiling', done: 0, total })
    await goBuild({ half, folder, names: rest, leash, signal, onPackage: countUp(total, onProgress) })
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

function countUp(total: number, onProgress: OnProgress): (importPath: string) => void {
  let done = 0
  return importPath => {
    done = Math.min(done + 1, total)
    onProgress({ step: 'build', what: importPath, done, total })
  }
}

function watchFolder(folder: string, onNew: (file: string) => void): Disposable {
  const seen = new Set<string>()
  const watcher = watch(folder, (_event, file) => {
    // Go tries out the folder's permissions with a file of its own.
    if (!file || seen.has(file) || file.includes('-go-tmp-')) return
    seen.add(file)
    onNew(file)
  })
  return { [Symbol.dispose]: () => watcher.close() }
}

type GoBuild = {
  readonly half: string
  readonly folder: string
  readonly names: readonly ProgramName[]
  readonly leash?: string
  readonly signal: AbortSignal | undefined
  readonly onPackage?: (importPath: string) => void
}

async function goBuild({ half, folder, names, leash, signal, onPackage = () => {} }: GoBuild): Promise<void> {
  const args = ['build', '-v', ...buildFlags(), '-o', `${half}/`, ...names.map(name => packages[name])]
  await runGo(args, { leash, signal, onError: onPackage })
  for (const name of names) renameSync(join(half, builtNames[name] ?? name), join(folder, name))
}

// Counts what `go build -v` will name: the packages that are not in Go's own cache yet. Fetches modules first.
async function countPackages(
  leash: string,
  names: readonly ProgramName[],
  onProgress: OnProgress,
  signal?: AbortSignal,
) {
  let modules = 0
  let stale = 0
  const format = '{{if .Stale}}{{.ImportPath}}{{end}}'
  await runGo(['list', '-deps', '-f', format, ...buildFlags(), ...names.map(name => packages[name])], {
    leash,
    signal,
    onOutput: line => {
      if (line) stale++
    },
    onError: line => {
      const module = /^go: downloading (.*)$/.exec(line)?.[1]
      if (module) onProgress({ step: 'download', what: module, done: ++modules })
    },
  })
  return stale
}

type GoRun = {
  readonly leash: string | undefined
  readonly signal: AbortSignal | undefined
  readonly onOutput?: (line: string) => void
  readonly onError?: (line: string) => void
}

async function runGo(
  args: readonly string[],
  { leash, signal, onOutput = () => {}, onError = () => {} }: GoRun,
): Promise<void> {
  signal?.throwIfAborted()
  const [path, all] = leash ? [leash, ['1s', 'go', ...args]] : ['go', args]
  const child = spawn(path, all, { cwd: sourceFolder, stdio: ['pipe', 'pipe', 'pipe'], env: goEnvironment() })
  // Go itself ends in good order on an interrupt; on a leash, all that it started ends with it.
  const letGo = () => (leash ? child.stdin.end() : child.kill('SIGINT'))
  signal?.addEventListener('abort', letGo)
  const said: string[] = []
  createInterface(child.stdout).on('line', onOutput)
  createInterface(child.stderr).on('line', line => {
    said.push(line)
    onError(line)
  })
  try {
    const code = await exitOf(child)
    signal?.throwIfAborted()
    if (code !== 0)
      throw new PracticeFailure(`Building the practice cluster failed (go ${args[0]}):\n${said.slice(-8).join('\n')}`)
  } catch (error) {
    if (isMissing(error)) throw goIsMissing()
    throw error
  } finally {
    signal?.removeEventListener('abort', letGo)
    child.stdin.end()
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function goIsMissing(): PracticeFailure {
  return new PracticeFailure(
    'The practice cluster is built with Go, which is not installed: install Go 1.26 or later (https://go.dev/dl/) and start again.',
  )
}

// An older Go fetches the release that go.mod asks for, unless its user said otherwise.
function goEnvironment(): NodeJS.ProcessEnv {
  const { GOTOOLCHAIN = 'auto' } = process.env
  return { ...process.env, GOTOOLCHAIN, GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' }
}

// Without a version, clients refuse the server's "v0.0.0-master+$Format".
function buildFlags(): string[] {
  const version = kubernetesVersion()
  const [major = '', minor = ''] = version.slice(1).split('.')
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }
  const set = Object.entries(values).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
  return ['-trimpath', '-buildvcs=false', '-ldflags', ['-s', '-w', ...set].join(' ')]
}

function cacheKey(): string {
  const hash = createHash('sha256')
  for (const file of sourceFiles()) hash.update(file).update(readFileSync(join(sourceFolder, file)))
  hash.update(JSON.stringify([packages, buildFlags(), process.platform, process.arch]))
  return hash.digest('hex').slice(0, 16)
}

function sourceFiles(): string[] {
  const own = readdirSync(join(sourceFolder, 'cmd'), { recursive: true, encoding: 'utf8' })
  const programs = own.filter(file => file.endsWith('.go')).map(file => join('cmd', file))
  return ['go.mod', 'go.sum', ...programs].sort()
}

function programNames(): ProgramName[] {
  return Object.keys(packages) as ProgramName[] // The keys of a constant.
}

// Another minor version would run beside a controller manager that it does not go with: then all is built.
async function assetsOfKubebuilder(): Promise<Partial<Record<ProgramName, string>>> {
  const folder = process.env.KUBEBUILDER_ASSETS
  if (!folder || !fromAssets.every(name => existsSync(join(folder, name)))) return {}
  const minor = kubernetesVersion().split('.').slice(0, 2).join('.')
  const version = await outputOf(join(folder, 'kube-apiserver'), ['--version'])
  if (!version.includes(`${minor}.`)) return {}
  return Object.fromEntries(fromAssets.map(name => [name, join(folder, name)]))
}

async function outputOf(path: string, args: readonly string[]): Promise<string> {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text
  })
  const code = await exitOf(child)
  return code === 0 ? output : ''
}
