import type { Cluster } from '../clusters/connection.ts'
import type { Candidate } from './read-kind.ts'

/**
 * What searches have read of a kind within the last moments, so that every further letter of a name costs the servers
 * nothing. Only whole kinds are kept, and dropped when they are too old.
 */
export type KnownNames = {
  get(cluster: Cluster, kind: string, namespace: string | null): readonly Candidate[] | null
  put(cluster: Cluster, kind: string, namespace: string | null, candidates: readonly Candidate[]): void
}

const freshMs = 20_000
/** Of one cluster; a name takes about 200 bytes. */
const mostNames = 100_000

type Kept = { readonly at: number; readonly candidates: readonly Candidate[] }

/** Names known for a while. `signal` ends it. */
export function keepNames(signal: AbortSignal): KnownNames {
  const clusters = new Map<Cluster, Map<string, Kept>>()
  let timer: NodeJS.Timeout | null = null

  function sweep(): void {
    timer = null
    const oldest = Date.now() - freshMs
    for (const [cluster, kinds] of clusters) {
      for (const [key, { at }] of kinds) if (at < oldest) kinds.delete(key)
      if (kinds.size === 0) clusters.delete(cluster)
    }
    if (clusters.size > 0) timer ??= setTimeout(sweep, freshMs)
  }
  signal.addEventListener('abort', () => {
    if (timer !== null) clearTimeout(timer)
    clusters.clear()
  })
  return {
    get(cluster, kind, namespace) {
      const kept = clusters.get(cluster)?.get(keyOf(kind, namespace))
      return kept !== undefined && Date.now() - kept.at < freshMs ? kept.candidates : null
    },
    put(cluster, kind, namespace, candidates) {
      if (signal.aborted) return
      const kinds = clusters.get(cluster) ?? new Map<string, Kept>()
      clusters.set(cluster, kinds)
      const held = [...kinds.values()].reduce((sum, kept) => sum + kept.candidates.length, 0)
      if (held + candidates.length > mostNames) return
      kinds.set(keyOf(kind, namespace), { at: Date.now(), candidates })
      timer ??= setTimeout(sweep, freshMs)
    },
  }
}

function keyOf(kind: string, namespace: string | null): string {
  return JSON.stringify([kind, namespace])
}
