import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Lock } from '../../electron/loopback/lock.ts'
import type { Access, Practice, StartOptions } from './access.ts'
import type { Binaries } from './build.ts'
import { type Credentials, makeCertificates, readCredentials, type User } from './certificates.ts'
import { apiserverCommand, type ClusterFolder, controllerCommands, etcdCommand } from './commands.ts'
import { PracticeFailure } from './failure.ts'
import { type Context, writeKubeconfig } from './kubeconfig.ts'
import {
  type Command,
  endOfLog,
  freePort,
  markProcess,
  type Program,
  startProgram,
  waitUntilGone,
} from './processes.ts'
import { untilReady } from './ready.ts'
import { seedCluster, seedNamespace } from './seed.ts'
import { readState, type State, stopPath, writeState } from './state.ts'

/** Starts the programs of a practice whose data folder is locked by `lock`, which is released when they have ended. */
export async function startRun(lock: Lock, binaries: Binaries, options: StartOptions): Promise<Practice> {
  const run = new Run(lock, binaries, options)
  try {
    return await run.start()
  } catch (error) {
    await run.stop(null)
    // Aborting kubectl or a wait fails in words of their own.
    options.signal?.throwIfAborted()
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
      if (program.hasEnded()) throw new PracticeFailure(endedByItself(program))
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
    this.#writeState()
    await stopAll(name => name !== 'etcd' && !isServer(name))
    await stopAll(isServer)
    await stopAll(() => true)
    this.#lock.release()
    this.#ended.resolve(reason)
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
    rmSync(stopPath(this.#folder), { force: true })
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
    credentials: () => Credentials,
  ): Promise<void> {
    const { signal } = this.#access ? {} : this.#options
    // Once the kubeconfigs are written, a server has the port that they name or none.
    const fixed = this.#access ? this.#ports[name] : undefined
    for (let tries = 0; ; tries++) {
      const port = fixed ?? (await freePort(tries === 0 ? this.#ports[name] : undefined))
      this.#ports[name] = port
      const program = this.#startProgram(commandFor(port))
      const readiness = await untilReady(program, `https://127.0.0.1:${port}`, credentials(), signal)
      if (readiness === 'ready') return
      const log = endOfLog(program.logPath)
      if (readiness === 'ended' && log.includes('address already in use') && !fixed && tries < 5) continue
      throw new PracticeFailure(
        `${program.name} of the practice cluster did not become ready; see ${program.logPath}, or begin anew with: npm run practice -- reset\n${log}`,
      )
    }
  }

  #startProgram(command: Command): Program {
    if (this.#stopping) throw new PracticeFailure('The practice cluster was stopped.')
    const program = startProgram(this.#binaries.leash, this.#folder, command)
    this.#programs.set(program.name, program)
    this.#writeState()
    program.ended.then(() => {
      // One that was stopped on purpose, or that starts anew on another port, is no longer in the map.
      if (!this.#access || this.#programs.get(program.name) !== program) return
      this.stop(existsSync(stopPath(this.#folder)) ? null : endedByItself(program))
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
    // Somebody may have removed the folder under the running programs: those are stopped all the same.
    if (!existsSync(this.#folder)) return
    const processes = [...this.#programs.values()].filter(program => !program.hasEnded()).map(program => program.mark)
    const state: State = { owner: markProcess(), processes, ports: this.#ports, access: this.#access }
    writeState(this.#folder, state)
  }
}

function endedByItself(program: Program): string {
  return `${program.name} of the practice cluster ended by itself, so all of it was stopped; see ${program.logPath}.`
}
