import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { ConnectionState } from '../../../contract/app.ts'
import type { Namespaces } from '../../../contract/browse.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { checkKubeconfig } from '../clusters/kubeconfig.ts'
import { listNamespaces } from '../clusters/namespaces.ts'
import type { Store } from '../store/store.ts'

/** What a person does with contexts, and what is remembered of it. */
export type Contexts = {
  /** Asks a context's server again, now. `context-unknown`, `kubeconfig-invalid`. */
  again(context: string): Promise<Result<ConnectionState>>
  /** Reads a further kubeconfig file from now on. `~` is the home folder. `kubeconfig-invalid`, `not-kept`. */
  addKubeconfig(path: string): Promise<Result<void>>
  /** Reads an added file no longer. `not-kept`. */
  removeKubeconfig(path: string): Promise<Result<void>>
  /** Lets a program run, also in later sessions, and asks the contexts that waited for it. `not-kept`. */
  allowPlugin(id: string): Result<void>
  /** The namespaces to choose from, and which of them were typed by hand. */
  namespaces(context: string, signal: AbortSignal): Promise<Result<Namespaces>>
  /** `context-unknown`, `not-kept`. */
  rememberNamespace(context: string, namespace: string): Result<void>
  forgetNamespace(context: string, namespace: string): Result<void>
}

const mostTyped = 200

/** The acts, over the clusters and what the store remembers. */
export function createContexts(clusters: Clusters, store: Store): Contexts {
  const readAlso = async (paths: readonly string[]): Promise<Result<void>> => {
    const kept = store.remember({ kubeconfigs: [...new Set(paths)] })
    if (kept.ok) await clusters.add(store.memory().kubeconfigs)
    return kept
  }
  const typedAt = (address: string) => store.memory().namespaces[address] ?? []
  const setTyped = (context: string, change: (typed: readonly string[]) => readonly string[]): Result<void> => {
    const identity = clusters.identity(context)
    if (!identity.ok) return identity
    const { address } = identity.value
    const typed = change(typedAt(address)).slice(0, mostTyped)
    return store.remember({ namespaces: { ...store.memory().namespaces, [address]: [...typed] } })
  }
  /** What the kubeconfig's contexts of that cluster begin with. */
  const begunWith = (address: string): readonly string[] =>
    clusters.contexts().flatMap(({ name, namespace }) => {
      const identity = clusters.identity(name)
      return identity.ok && identity.value.address === address ? [namespace ?? 'default'] : []
    })
  return {
    async again(context) {
      const cluster = clusters.cluster(context)
      return cluster.ok ? ok(await cluster.value.again()) : cluster
    },
    async addKubeconfig(typed) {
      const path = resolve(typed.replace(/^~(?=\/|$)/, homedir()))
      const checked = await checkKubeconfig(path)
      return checked.ok ? readAlso([...store.memory().kubeconfigs, path]) : checked
    },
    removeKubeconfig: path => readAlso(store.memory().kubeconfigs.filter(one => one !== path)),
    allowPlugin(id) {
      const allowed = clusters.plugins.allow(id)
      if (allowed === null) return ok(undefined)
      const { programs } = store.memory()
      const kept = store.remember({ programs: [...programs, allowed.mark].slice(-1000) })
      for (const name of allowed.contexts) {
        const cluster = clusters.cluster(name)
        // What comes of it is told by the context's state; only the app's end throws.
        if (cluster.ok) cluster.value.again().catch(() => undefined)
      }
      return kept
    },
    async namespaces(context, signal) {
      const cluster = clusters.cluster(context)
      if (!cluster.ok) return cluster
      const listed = await listNamespaces(cluster.value, signal)
      if (!listed.ok) return listed
      const { address } = cluster.value
      const typed = typedAt(address)
      const { names, problem } = listed.value
      const known = problem === null ? [] : begunWith(address)
      return ok({ names: [...new Set([...names, ...known, ...typed])].sort(), typed, problem })
    },
    rememberNamespace: (context, namespace) =>
      setTyped(context, typed => [namespace, ...typed.filter(one => one !== namespace)]),
    forgetNamespace: (context, namespace) => setTyped(context, typed => typed.filter(one => one !== namespace)),
  }
}
