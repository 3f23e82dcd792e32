import { type FSWatcher, realpathSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ContextState } from '../../../contract/app.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import { addressOf, type Cluster, makeCluster } from './connection.ts'
import { defaultCacheFolder } from './document-cache.ts'
import { knownIdentity } from './identity.ts'
import { type ContextEntry, contextEntry, type Kubeconfig, kubeconfigFiles, loadKubeconfig } from './kubeconfig.ts'
import { makeStarts } from './starts.ts'
import type { WriteGate } from './write-gate.ts'

/** What the kubeconfig and the connection tell of a context. */
type KubeContextState = Omit<ContextState, 'guard'>

/** The contexts of the kubeconfig and the clusters behind them. Follows the files until it is ended. */
export type Clusters = {
  contexts(): readonly KubeContextState[]
  /** What is wrong with the kubeconfig files; their good entries are usable all the same. */
  problems(): readonly Problem[]
  currentContext(): string | null
  /** Calls the listener after every change of the above; the answer takes it off again. */
  onChange(listener: () => void): () => void
  /** A context's cluster, connected at its first request. `context-unknown`, `kubeconfig-invalid`. */
  cluster(context: string): Result<Cluster>
  /** What is known of a context's cluster without asking it. Problems as `cluster`'s. */
  identity(context: string): Result<ReturnType<typeof knownIdentity>>
  end(): Promise<void>
}

/** How clusters are opened. `kubeconfig` null means what kubectl would read. */
type ClustersOptions = {
  readonly kubeconfig: readonly string[] | null
  readonly gate: WriteGate
  /** Ends everything, as `end` does. */
  readonly signal: AbortSignal
  /** The app's version, for the User-Agent. */
  readonly version?: string
  /** Where schemas are kept, the user's cache folder when not given. */
  readonly cacheFolder?: string
}

/** Reads the kubeconfig and follows it: changed files are read again, and contexts that did not change keep their connections. */
export async function openClusters(options: ClustersOptions): Promise<Clusters> {
  const listeners = new Set<() => void>()
  const starts = makeStarts()
  const open = new Map<string, { readonly cluster: Cluster; entry: ContextEntry }>()
  let loaded = await loadKubeconfig({ files: options.kubeconfig })
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const make = (entry: ContextEntry) =>
    makeCluster({
      entry,
      // Not a browser's nor curl's name: those get pretty-printed JSON, 2.2 times the bytes.
      userAgent: `patchbay/${options.version ?? '0'}`,
      cacheFolder: options.cacheFolder ?? defaultCacheFolder(),
      onState: changed,
      gate: options.gate,
      starts,
    })

  const reload = async () => {
    const next = await loadKubeconfig({ files: options.kubeconfig })
    if (isDeepStrictEqual(next, loaded)) return
    loaded = next
    for (const [name, one] of open) {
      const entry = contextEntry(loaded.config, name)
      if (entry.ok && isDeepStrictEqual(entry.value, one.entry)) continue
      if (entry.ok && addressOf(entry.value) === one.cluster.address) {
        one.entry = entry.value
        one.cluster.update(entry.value)
      } else {
        // The name now means another server: what was opened through it must not go on there.
        open.delete(name)
        one.cluster.end().catch(reportBug)
      }
    }
    changed()
  }
  const files = followFiles(kubeconfigFiles(options.kubeconfig), () => reload().catch(reportBug))
  let ending: Promise<unknown> | null = null
  const end = async () => {
    files.end()
    listeners.clear()
    ending ??= Promise.all([...open.values()].map(({ cluster }) => cluster.end()))
    open.clear()
    await ending
  }
  options.signal.addEventListener('abort', () => end().catch(reportBug), { once: true })

  return {
    contexts: () => contextStates(loaded.config, name => open.get(name)?.cluster),
    problems: () => loaded.problems,
    currentContext: () => loaded.config.currentContext,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    cluster(context) {
      const known = open.get(context)
      if (known) return ok(known.cluster)
      if (options.signal.aborted) return fail({ code: 'context-unknown', context })
      const entry = contextEntry(loaded.config, context)
      if (!entry.ok) return entry
      const cluster = make(entry.value)
      open.set(context, { cluster, entry: entry.value })
      return ok(cluster)
    },
    identity(context) {
      const known = open.get(context)
      if (known) return ok(knownIdentity(known.cluster))
      const entry = contextEntry(loaded.config, context)
      return entry.ok ? ok({ address: addressOf(entry.value), uid: null }) : entry
    },
    end,
  }
}

function contextStates(config: Kubeconfig, clusterOf: (name: string) => Cluster | undefined): KubeContextState[] {
  return [...config.contexts.values()].map(context => {
    const entry = contextEntry(config, context.name)
    const idle = entry.ok ? ({ kind: 'idle' } as const) : ({ kind: 'failed', problem: entry.problem } as const)
    return {
      name: context.name,
      cluster: context.cluster,
      server: config.clusters.get(context.cluster)?.server ?? '',
      user: context.user,
      namespace: context.namespace,
      connection: clusterOf(context.name)?.state() ?? idle,
    }
  })
}

// Folders are watched, not files: kubectl and editors replace the file, and it may not be there yet.
function followFiles(named: readonly string[], onChange: () => void): { end(): void } {
  let timer: NodeJS.Timeout | null = null
  const soon = () => {
    // A file is often truncated, then written: read it when it has come to rest.
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(onChange, 100)
  }
  const files = named.flatMap(file => [file, targetOf(file)])
  const watchers: FSWatcher[] = []
  for (const folder of new Set(files.map(file => dirname(file)))) {
    const names = new Set(files.filter(file => dirname(file) === folder).map(file => basename(file)))
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || names.has(name)) soon()
      })
      watcher.on('error', () => watcher.close())
      watchers.push(watcher)
    } catch {
      // No such folder: nothing there to follow until the next start.
    }
  }
  return {
    end() {
      if (timer !== null) clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

// A link's own folder does not hear of changes to the file behind it.
function targetOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    // Not there yet: its name is all there is to follow.
    return file
  }
}
