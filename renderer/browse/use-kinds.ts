import { createContext, useCallback, useContext, useEffect, useMemo } from 'react'
import type { Scope } from '../../contract/browse.ts'
import type { KindSource, ServedKind, ServedKinds } from '../../contract/kinds.ts'
import type { Problem } from '../../core/problem.ts'
import { useClient, useStream } from '../app/use-host.ts'

/** The kinds of the contexts that are listed, all versions; null while unknown. */
export type KnownKinds = {
  readonly kinds: readonly ServedKind[] | null
  /** Why no context told its kinds. */
  readonly problem: Problem | null
  /** What each context told. */
  readonly sources: readonly KindSource[]
  readonly again: () => void
}

/** The kinds of the place that the page shows; `renderer/app/frame.tsx` provides them. */
export const KindsContext = createContext<KnownKinds | null>(null)

/** The kinds of the place that the page shows. */
export function useKinds(): KnownKinds {
  const known = useContext(KindsContext)
  if (known === null) throw new Error('no kinds: render inside KindsContext')
  return known
}

/** Whether the kind of a scope is known to be cluster-scoped: it has no namespaces to choose from. */
export function useClusterScoped(scope: Scope | null): boolean {
  const { kinds } = useKinds()
  return kinds?.find(one => one.group === scope?.group && one.resource === scope.resource)?.namespaced === false
}

/** Follows the kinds that the contexts of a scope serve, together. A context that fails takes nothing from the others. */
export function useServedKinds(scope: Scope | null): KnownKinds {
  const client = useClient()
  const key = scope === null ? null : JSON.stringify(scope.contexts)
  const stream = useStream(key, (client, signal) => client.kinds.watch({ contexts: scope?.contexts ?? [] }, { signal }))
  const again = useCallback(() => {
    // While the host is gone the stream is opened again by itself.
    if (key !== null) client.kinds.refresh({ contexts: JSON.parse(key) }).catch(() => undefined)
  }, [client, key])
  useEffect(() => {
    // Who comes back to the window sees what came meanwhile, also where definitions may not be watched.
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [again])
  return useMemo(() => known(stream.value, again), [stream.value, again])
}

function known(served: ServedKinds | null, again: () => void): KnownKinds {
  const sources = served?.sources ?? []
  const isKnown = sources.some(source => source.state === 'known')
  const failed = sources.find(source => source.problem !== null)
  const asking = sources.some(source => source.state === 'asking')
  const problem = isKnown || asking ? null : (failed?.problem ?? null)
  return { kinds: isKnown || problem !== null ? (served?.kinds ?? null) : null, problem, sources, again }
}
