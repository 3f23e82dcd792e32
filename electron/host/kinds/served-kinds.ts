import type { ResourceKind } from '../../../contract/browse.ts'
import type { KindSource, ServedKind, ServedKinds } from '../../../contract/kinds.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { Cluster } from '../clusters/connection.ts'
import { createNotifier, latestStates } from '../streams.ts'
import { type FollowedKinds, followKinds } from './follow-kinds.ts'

/** One context's part of what is served together. */
type Part = { readonly context: string; readonly followed: FollowedKinds | null; readonly problem: Problem | null }

/** What several contexts serve, now and whenever it changes; contexts come and go with the kubeconfig. Empty means all. */
export async function* servedKinds(
  clusters: Clusters,
  contexts: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ServedKinds, void> {
  const changed = createNotifier()
  const open = new Map<string, { readonly cluster: Cluster; readonly followed: FollowedKinds }>()
  const named = () => (contexts.length > 0 ? [...new Set(contexts)] : clusters.contexts().map(({ name }) => name))
  let listed = ''

  // Another person's context of the same cluster may not be allowed to watch its definitions.
  const refreshOthers = (of: Cluster) => {
    for (const { cluster, followed } of open.values())
      if (cluster !== of && cluster.address === of.address && followed.current()?.ok) followed.refresh()
  }
  const parts = (): Part[] => {
    const names = named()
    for (const [name, { followed }] of open) {
      if (names.includes(name)) continue
      followed.stop()
      open.delete(name)
    }
    return names.map(context => {
      const cluster = clusters.cluster(context)
      const known = open.get(context)
      if (cluster.ok && known?.cluster === cluster.value) return { context, followed: known.followed, problem: null }
      // The name means another cluster now, or none.
      known?.followed.stop()
      open.delete(context)
      if (!cluster.ok) return { context, followed: null, problem: cluster.problem }
      const followed = followKinds(cluster.value, () => {
        changed.notify()
        refreshOthers(cluster.value)
      })
      open.set(context, { cluster: cluster.value, followed })
      return { context, followed, problem: null }
    })
  }
  const stop = clusters.onChange(() => {
    // What could not tell its kinds before may be reachable again.
    for (const { cluster, followed } of open.values())
      if (followed.current()?.ok === false && cluster.state().kind === 'ready') followed.refresh()
    // Connections change state far more often than the kubeconfig does.
    const now = JSON.stringify(clusters.contexts().map(({ name, server, user }) => [name, server, user]))
    if (now === listed) return
    listed = now
    changed.notify()
  })
  try {
    yield* latestStates(changed.listen, () => together(parts()), signal)
  } finally {
    stop()
    for (const { followed } of open.values()) followed.stop()
  }
}

/** Has every one of those contexts asked again that is being followed. */
export function refreshKinds(clusters: Clusters, contexts: readonly string[]): void {
  const names = contexts.length > 0 ? contexts : clusters.contexts().map(({ name }) => name)
  for (const name of names) {
    const cluster = clusters.cluster(name)
    if (!cluster.ok) continue
    const followed = followKinds(cluster.value, () => undefined)
    followed.refresh()
    followed.stop()
  }
}

function together(parts: readonly Part[]): ServedKinds {
  const kinds = new Map<string, { readonly kind: ResourceKind; readonly servedBy: Set<string> }>()
  const known: string[] = []
  for (const { context, followed } of parts) {
    const told = followed?.current()
    if (!told?.ok) continue
    known.push(context)
    for (const kind of told.value.kinds) {
      const id = `${kind.group}/${kind.version}/${kind.resource}`
      const entry = kinds.get(id)
      if (entry === undefined) kinds.set(id, { kind, servedBy: new Set([context]) })
      else entry.servedBy.add(context)
    }
  }
  const served = [...kinds.values()].map(({ kind, servedBy }): ServedKind => {
    if (servedBy.size === known.length) return kind
    return { ...kind, absentFrom: known.filter(context => !servedBy.has(context)) }
  })
  return { kinds: served, sources: parts.map(sourceOf) }
}

function sourceOf({ context, followed, problem }: Part): KindSource {
  const told = followed?.current() ?? null
  if (told?.ok) return { context, state: 'known', problem: null, failedGroups: told.value.failedGroups }
  const failed = problem ?? told?.problem ?? null
  return { context, state: failed === null ? 'asking' : 'failed', problem: failed, failedGroups: [] }
}
