import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Access } from './access.ts'
import { type Binaries, buildBinaries } from './build.ts'
import { makeCertificates, readCredentials, type User } from './certificates.ts'
import { apiserverCommand, type ClusterFolder, controllerCommands, etcdCommand } from './commands.ts'
import { type OnProgress, PracticeFailure } from './failure.ts'
import { type Context, writeKubeconfig } from './kubeconfig.ts'
import { type Lock, tryLock, waitForLock } from './lock.ts'
import {
  type Command,
  endOfLog,
  freePort,
  isRunning,
  markProcess,
  type Program,
  signalProcess,
  startProgram,
  waitUntilGone,
} from './processes.ts'
import { untilReady } from './ready.ts'
import { seedCluster, seedNamespace } from './seed.ts'
import { lockPath, readState, type State, writeState } from './state.ts'

/** How to start: `folder` keeps the data, so that the same folder is the same cluster again. */
export type StartOptions = {
  readonly folder: string
  /** Two are two API servers, two authorities and one etcd. Default 1. */
  readonly count?: 1 | 2
  /** Which clusters get controllers, a scheduler and a node; without them a Deployment stays as written. Default `first`. */
  readonly controllers?: 'first' | 'all'
  /** Whether `default` gets the seed objects that it does not have yet. Policies and roles are always there. Default true. */
  readonly seed?: boolean
  /** Ends the start, and everything started, at any moment before it has resolved. */
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

/** One API server of a practice that this process started. It keeps its address. */
export type Server = Access['servers'][number] & {
  stop(): Promise<void>
  start(): Promise<void>
  restart(): Promise<void>
}

/** A running practice cluster, or pair of them. */
export type Practice = Access & {
  readonly folder: string
  /** Another process runs it: `stop` does nothing, and the servers cannot be restarted from here. */
  readonly joined: boolean
  readonly servers: readonly Server[]
  /** Resolves with one sentence when a program of it ended by itself (all are stopped then), with null after `stop`. */
  readonly ended: Promise<string | null>
  /** Makes the namespace with seeds of its own, in the first cluster or that of the context named. */
  seed(namespace: string, context?: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a practice cluster in `folder`, or joins the one that runs there. Resolves when it answers and is seeded.
 * All of it ends with this process at the latest, however that ends. Throws PracticeFailure, or the signal's reason.
 */
export async function startPractice(options: StartOptions): Promise<Practice> {
  const { folder, count = 1, signal } = options
  const binaries = await buildBinaries(options)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (;;) {
    signal?.throwIfAborted()
    const lock = tryLock(lockPath(folder))
    if (lock) return startOwn(lock, binaries, options)
    const joined = joinRunning(folder, count)
    if (joined) return joined
    await delay(100, undefined, signal ? { signal } : {})
  }
}

/** Stops the practice cluster of this folder, whoever runs it. False if none was running. */
export async function stopPractice(folder: string, signal?: AbortSignal): Promise<boolean> {
  const state = readState(folder)
  const running = state?.processes.filter(isRunning) ?? []
  // Its owner sees a program end, and ends the others.
  for (const mark of running) signalProcess(mark, 'SIGTERM')
  if (existsSync(folder)) (await waitForLock(lockPath(folder), () => {}, signal)).release()
  await waitUntilGone(running, 10_000, signal)
  return running.length > 0
}

/** Stops the practice cluster of this folder and removes all its data: the next start begins with fresh seeds. */
export async function resetPractice(folder: string, signal?: AbortSignal): Promise<void> {
  if (existsSync(folder) && !existsSync(lockPath(folder))) {
    throw new PracticeFailure(`${folder} is not the folder of a practice cluster, so nothing was removed.`)
  }
  await stopPractice(folder, signal)
  rmSync(folder, { recursive: true, force: true })
}

/** The practice cluster that runs in this folder, or null. */
export function runningPractice(folder: string): Access | null {
  const state = readState(folder)
  return state?.access && isRunning(state.owner) ? state.access : null
}

function joinRunning(folder: string, count: number): Practice | null {
  const access = runningPractice(folder)
  // Its owner is still starting it, or has just ended.
  if (!access) return null
  if (access.servers.length < count) {
    throw new PracticeFailure(
      'A single practice cluster is running in this folder: stop it before starting two (npm run practice -- stop).',
    )
  }
  const refuse = async () => {
    throw new PracticeFailure(
      'This practice cluster was started by another process, which alone can restart its servers.',
    )
  }
  return {
    ...access,
    folder,
    joined: true,
    servers: access.servers.map(server => ({ ...server, stop: refuse, start: refuse, restart: refuse })),
    ended: new Promise(() => {}),
    seed: (namespace, context) => seedNamespace(access, namespace, context),
    stop: async () => {},
  }
}

async function startOwn(lock: Lock, binaries: Binaries, options: StartOptions): Promise<Practice> {
  const run = new Run(lock, binaries, options)
  try {
    return await run.start()
  } catch (error) {
    await run.stop(null)
    throw error
  }
}

/** The programs of one practice, in the order in which they depend on each other. */
class Run {
  readonly #lock: Lock
  readonly #binaries: Binaries
  readonly #options: StartOptions
  readonly #folder: string
  readonly #clusters: readonly ClusterFolder[]
  readonly #ports: Record<string, number>
  readonly #programs = new Map<string, Program>()
  readonly #ended = Promise.withResolvers<string | null>()
  #access: Access | null = null
  #stopping: Promise<void> | null = null

  constructor(lock: Lock, binaries: Binaries, options: StartOptions) {
    this.#lock = lock
    this.#binaries = binaries
    this.#options = options
    this.#folder = options.folder
    this.#clusters = ['practice', 'practice-2']
      .slice(0, options.count ?? 1)
      .map(name => ({ name, folder: join(options.folder, name) }))
    this.#ports = { ...readState(options.folder)?.ports }
  }

  async start(): Promise<Practice> {
    const { signal, onProgress = () => {}, seed = true } = this.#options
    await this.#recover()
    onProgress({ step: 'start', what: 'etcd' })
    for (const { name, folder } of this.#clusters) makeCertificates(this.#binaries.certificates, folder, name)
    await this.#startEtcd()
    onProgress({ step: 'start', what: 'kube-apiserver' })
    await Promise.all(this.#clusters.map(cluster => this.#startServer(cluster)))
    const access = this.#writeKubeconfigs()
    onProgress({ step: 'start', what: 'kube-controller-manager, kube-scheduler, kwok' })
    const live = this.#options.controllers === 'all' ? this.#clusters : this.#clusters.slice(0, 1)
    for (const cluster of live) {
      for (const command of controllerCommands(this.#binaries, cluster)) this.#startProgram(command)
    }
    onProgress({ step: 'seed', what: 'seeds' })
    await Promise.all(access.servers.map(server => seedCluster(access, server.context, { objects: seed, signal })))
    signal?.throwIfAborted()
    for (const program of this.#programs.values()) {
      if (program.hasEnded())
        throw new PracticeFailure(`${program.name} of the practice cluster ended by itself; see ${program.logPath}.`)
    }
    this.#access = access
    this.#writeState()
    return this.#handle(access)
  }

  /** Ends all programs, each kind before what it depends on. `reason` is what `ended` resolves with. */
  stop(reason: string | null): Promise<void> {
    this.#stopping ??= this.#stop(reason)
    return this.#stopping
  }

  async #stop(reason: string | null): Promise<void> {
    this.#access = null
    const isServer = (name: string) => name.endsWith('-apiserver')
    const stopAll = (wanted: (name: string) => boolean) =>
      Promise.all([...this.#programs.values()].filter(program => wanted(program.name)).map(program => program.stop()))
    try {
      this.#writeState()
    } finally {
      await stopAll(name => name !== 'etcd' && !isServer(name))
      await stopAll(isServer)
      await stopAll(() => true)
      this.#lock.release()
      this.#ended.resolve(reason)
    }
  }

  #handle(access: Access): Practice {
    return {
      ...access,
      folder: this.#folder,
      joined: false,
      servers: access.servers.map(server => ({ ...server, ...this.#serverActions(server.name) })),
      ended: this.#ended.promise,
      seed: (namespace, context) => seedNamespace(access, namespace, context),
      stop: () => this.stop(null),
    }
  }

  #serverActions(name: string) {
    const cluster = this.#clusters.find(one => one.name === name)
    if (!cluster) throw new Error(`no cluster ${name}`)
    const stop = async () => {
      const program = this.#programs.get(`${name}-apiserver`)
      this.#programs.delete(`${name}-apiserver`)
      await program?.stop()
    }
    const start = () => this.#startServer(cluster)
    return { stop, start, restart: () => stop().then(start) }
  }

  // What an owner that was killed left running is ending already: its leashes let go with it.
  async #recover(): Promise<void> {
    const left = readState(this.#folder)?.processes ?? []
    this.#writeState()
    await waitUntilGone(left, 10_000, this.#options.signal)
  }

  async #startEtcd(): Promise<void> {
    const certificates = this.#etcdCertificates()
    const command = (port: number) => etcdCommand(this.#binaries, join(this.#folder, 'etcd'), certificates, port)
    await this.#startListening('etcd', command, () => readCredentials(certificates, 'etcd'))
  }

  async #startServer(cluster: ClusterFolder): Promise<void> {
    const etcdPort = this.#ports.etcd
    if (!etcdPort) throw new Error('etcd has no port yet')
    const command = (port: number) =>
      apiserverCommand(this.#binaries, cluster, { port, etcdPort, etcdCertificates: this.#etcdCertificates() })
    await this.#startListening(cluster.name, command, () => readCredentials(cluster.folder, 'admin'))
  }

  #etcdCertificates(): string {
    return join(this.#folder, 'practice')
  }

  // A port that was free a moment ago may be taken by now: then another one is tried.
  async #startListening(
    name: string,
    commandFor: (port: number) => Command,
    credentials: () => ReturnType<typeof readCredentials>,
  ): Promise<void> {
    const { signal } = this.#access ? {} : this.#options
    // Once the kubeconfigs are written, a server keeps the port that they name.
    const fixed = this.#access ? this.#ports[name] : undefined
    for (let tries = 0; ; tries++) {
      const port = fixed ?? (await freePort(tries === 0 ? this.#ports[name] : undefined))
      this.#ports[name] = port
      const program = this.#startProgram(commandFor(port))
      const readiness = await untilReady(program, `https://127.0.0.1:${port}`, credentials(), signal)
      if (readiness === 'ready') return
      const log = endOfLog(program.logPath)
      if (readiness === 'ended' && log.includes('address already in use') && tries < 5) continue
      throw new PracticeFailure(
        `${program.name} of the practice cluster did not become ready; see ${program.logPath}:\n${log}`,
      )
    }
  }

  #startProgram(command: Command): Program {
    const program = startProgram(this.#binaries.leash, this.#folder, command)
    this.#programs.set(program.name, program)
    this.#writeState()
    program.ended.then(() => {
      // One that was stopped on purpose, or that starts anew on another port, is no longer in the map.
      if (this.#access && this.#programs.get(program.name) === program) {
        void this.stop(`${program.name} of the practice cluster ended by itself; see ${program.logPath}.`)
      }
    })
    return program
  }

  #writeKubeconfigs(): Access {
    const contextOf = (cluster: ClusterFolder, name: string, user: User): Context => ({
      name,
      cluster: cluster.name,
      url: this.#urlOf(cluster),
      credentials: readCredentials(cluster.folder, user),
    })
    for (const cluster of this.#clusters) {
      for (const program of ['kube-controller-manager', 'kube-scheduler', 'kwok'] as const) {
        writeKubeconfig(join(cluster.folder, `${program}.kubeconfig`), [contextOf(cluster, cluster.name, program)])
      }
    }
    const contexts = this.#clusters.flatMap((cluster, index) => [
      contextOf(cluster, cluster.name, 'admin'),
      ...(index === 0 ? (['editor', 'viewer'] as const).map(user => contextOf(cluster, `practice-${user}`, user)) : []),
    ])
    const kubeconfigPath = join(this.#folder, 'kubeconfig')
    writeKubeconfig(kubeconfigPath, contexts)
    return {
      kubeconfigPath,
      kubectlPath: this.#binaries.kubectl,
      contexts: contexts.map(context => context.name),
      servers: this.#clusters.map(cluster => ({
        name: cluster.name,
        url: this.#urlOf(cluster),
        context: cluster.name,
      })),
    }
  }

  #urlOf(cluster: ClusterFolder): string {
    return `https://127.0.0.1:${this.#ports[cluster.name]}`
  }

  #writeState(): void {
    const processes = [...this.#programs.values()].filter(program => !program.hasEnded()).map(program => program.mark)
    const state: State = { owner: markProcess(), processes, ports: this.#ports, access: this.#access }
    writeState(this.#folder, state)
  }
}
