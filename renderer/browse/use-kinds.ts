import { createContext, useContext, useMemo } from 'react'
import type { Kinds, ResourceKind, Scope } from '../../contract/browse.ts'
import type { Problem, Result } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useAnswer, useApp } from '../app/use-host.ts'
import { scopeContexts } from './scope.ts'

/** The kinds of the contexts that are listed, all versions; null while unknown. */
export type KnownKinds = {
  readonly kinds: readonly ResourceKind[] | null
  /** Why no context told its kinds. */
  readonly problem: Problem | null
  /** API groups that did not answer. */
  readonly failedGroups: readonly string[]
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

/** Asks for the kinds that the contexts of a scope serve, together. A context that fails takes nothing from the others. */
export function useServedKinds(scope: Scope | null): KnownKinds {
  const app = useApp()
  const contexts = scopeContexts(scope, app.contexts)
  const names = contexts.map(context => context.name)
  const { result, again } = useAnswer(
    names.length === 0 ? null : JSON.stringify(names),
    async (client, signal, refresh) => {
      const asked = names.map(context => answer(client.browse.kinds({ context, refresh }, { signal })))
      return { ok: true, value: await Promise.all(asked) } as const
    },
    // A cluster that can be reached again may tell what it could not before.
    JSON.stringify(contexts.map(context => context.connection.kind === 'ready')),
  )
  return useMemo(() => together(result?.ok ? result.value : null, again), [result, again])
}

function together(answers: readonly Result<Kinds>[] | null, again: () => void): KnownKinds {
  if (answers === null) return { kinds: null, problem: null, failedGroups: [], again }
  const told = answers.filter(one => one.ok).map(one => one.value)
  const failed = answers.find(one => !one.ok)
  const kinds = new Map<string, ResourceKind>()
  for (const kind of told.flatMap(one => one.kinds)) {
    const id = `${kind.group}/${kind.version}/${kind.resource}`
    if (!kinds.has(id)) kinds.set(id, kind)
  }
  const problem = told.length === 0 && failed !== undefined ? failed.problem : null
  return { kinds: [...kinds.values()], problem, failedGroups: told.flatMap(one => one.failedGroups), again }
}
