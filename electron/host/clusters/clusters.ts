import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ContextState } from '../../../contract/app.ts'
import type { ActingAs, Impersonation, KubeconfigFile } from '../../../contract/contexts.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import { createWork } from '../editing/work.ts'
import { addressOf, type Cluster, makeCluster } from './connection.ts'
import { defaultCacheFolder } from './document-cache.ts'
import { followFiles } from './follow-files.ts'
import { knownIdentity } from './identity.ts'
import { type ContextEntry, contextEntry, kubeconfigFiles, loadKubeconfig } from './kubeconfig.ts'
import { type Kubeconfig, nobody } from './kubeconfig-file.ts'
import { createPlugins, type Plugins } from './plugins.ts'
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
  /** The programs that the kubeconfig names for credentials. */
  readonly plugins: Plugins
  /** Lets a context's requests act as somebody else, until the app ends; null for nobody. `context-unknown`. */
  impersonate(context: string, as: Impersonation | null): Result<void>
  /** Whom that is, null for nobody. */
  actingAs(context: string): Impersonation | null
  /** The kubeconfig files, in the order in which they are read. */
  files(): readonly KubeconfigFile[]
  /** Reads these files too, after the others, in place of those that were added before. */
  add(files: readonly string[]): Promise<void>
  /** Resolves when a context answers, or may do so since it was changed; or with the signal. */
  usable(context: string, signal: AbortSignal): Promise<void>
  /** Takes what is asked for out of clusters' long documents. */
  readonly work: Cluster['work']
  end(): Promise<void>
}

/** How clusters are opened. `kubeconfig` null means what kubectl would read. */
type ClustersOptions = {
  readonly kubeconfig: readonly string[] | null
  /** More files, added by hand. */
  readonly added?: readonly string[]
  /** Whether a program (by its mark) was allowed that a file names which kubectl would not read by itself. None, if not given. */
  readonly isAllowed?: (mark: string) => boolean
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
  const work = createWork()
  const open = new Map<string, { readonly cluster: Cluster; entry: ContextEntry }>()
  const own = kubeconfigFiles(options.kubeconfig)
  const usual = kubeconfigFiles(null)
  let added: readonly string[] = (options.added ?? []).map(file => resolve(file))
  const files = () => [...new Set([...own, ...added])]
  const acting = new Map<string, Impersonation>()
  let loaded = await loadKubeconfig({ files: options.kubeconfig, added })
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const plugins = createPlugins({
    isTrusted: ({ file }, mark) => usual.includes(file) || options.isAllowed?.(mark) === true,
    onChange: changed,
  })
  const entryOf = (name: string): Result<ContextEntry> => {
    const entry = contextEntry(loaded.config, name)
    return entry.ok ? ok(actAs(entry.value, acting.get(name))) : entry
  }
  const make = (entry: ContextEntry) =>
    makeCluster({
      entry,
      // Not a browser's nor curl's name: those get pretty-printed JSON, 2.2 times the bytes.
      userAgent: `patchbay/${options.version ?? '0'}`,
      cacheFolder: options.cacheFolder ?? defaultCacheFolder(),
      work,
      onState: changed,
      gate: options.gate,
      starts,
      plugins,
    })

  // No cluster at all counts as failed: what asks for it fails by the kubeconfig.
  const stateOf = (context: string) => {
    const known = open.get(context)
    if (known !== undefined) return known.cluster.state().kind
    return entryOf(context).ok ? 'idle' : 'failed'
  }
  const reload = async () => {
    const next = await loadKubeconfig({ files: options.kubeconfig, added })
    if (isDeepStrictEqual(next, loaded)) return
    loaded = next
    for (const [name, one] of open) {
      const entry = entryOf(name)
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
  const follow = () => followFiles(files(), () => reload().catch(reportBug))
  let following = follow()
  let ending: Promise<unknown> | null = null
  const end = async () => {
    following.end()
    listeners.clear()
    ending ??= Promise.all([work.end(), ...[...open.values()].map(({ cluster }) => cluster.end())])
    open.clear()
    await ending
  }
  options.signal.addEventListener('abort', () => end().catch(reportBug), { once: true })

  return {
    contexts: () => contextStates(loaded.config, entryOf, name => open.get(name)?.cluster),
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
      const entry = entryOf(context)
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
    plugins,
    work,
    impersonate(context, as) {
      if (as === null) acting.delete(context)
      else acting.set(context, as)
      const entry = entryOf(context)
      if (!entry.ok) return entry
      const known = open.get(context)
      if (known !== undefined) {
        known.entry = entry.value
        known.cluster.update(entry.value)
      }
      changed()
      return ok(undefined)
    },
    actingAs: context => acting.get(context) ?? null,
    files: () => files().map(path => ({ path, added: !own.includes(path), found: existsSync(path) })),
    async add(more) {
      added = more.map(file => resolve(file))
      following.end()
      following = follow()
      await reload()
      changed()
    },
    usable: (context, signal) =>
      new Promise(resolve => {
        const before = stateOf(context)
        const done = () => {
          listeners.delete(look)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const look = () => {
          const now = stateOf(context)
          if (now !== before && now !== 'failed' && now !== 'connecting') done()
        }
        listeners.add(look)
        signal.addEventListener('abort', done)
        if (signal.aborted) done()
      }),
    end,
  }
}

/** An entry whose requests act as somebody else. */
function actAs(entry: ContextEntry, as: Impersonation | undefined): ContextEntry {
  if (as === undefined) return entry
  const user = entry.user ?? nobody
  return { ...entry, user: { ...user, impersonate: { ...as, extra: {} } }, actingAs: as }
}

function contextStates(
  config: Kubeconfig,
  entryOf: (name: string) => Result<ContextEntry>,
  clusterOf: (name: string) => Cluster | undefined,
): KubeContextState[] {
  return [...config.contexts.values()].map(context => {
    const entry = entryOf(context.name)
    const idle = entry.ok ? ({ kind: 'idle' } as const) : ({ kind: 'failed', problem: entry.problem } as const)
    return {
      name: context.name,
      cluster: context.cluster,
      server: config.clusters.get(context.cluster)?.server ?? '',
      user: context.user,
      namespace: context.namespace,
      connection: clusterOf(context.name)?.state() ?? idle,
      actingAs: entry.ok ? actingAs(entry.value) : null,
    }
  })
}

function actingAs({ user, actingAs }: ContextEntry): ActingAs | null {
  if (!user?.impersonate) return null
  const { extra: _, ...as } = user.impersonate
  return { ...as, groups: [...as.groups], from: actingAs === null ? 'kubeconfig' : 'session' }
}
