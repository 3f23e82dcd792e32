import { useMemo } from 'react'
import type { ResourceKind, Scope } from '../../contract/browse.ts'
import type { Problem } from '../../core/problem.ts'
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

/** The kinds that the contexts of a scope serve, together. A context that fails takes nothing from the others. */
export function useKinds(scope: Scope | null): KnownKinds {
  const app = useApp()
  const names = scopeContexts(scope, app.contexts).map(context => context.name)
  // A cluster that became reachable may be asked again.
  const states = scopeContexts(scope, app.contexts).map(context => context.connection.kind === 'ready')
  const { result, again } = useAnswer(
    names.length === 0 ? null : JSON.stringify([names, states]),
    async (client, signal, refresh) => {
      const asked = names.map(context => answer(client.browse.kinds({ context, refresh }, { signal })))
      return { ok: true, value: await Promise.all(asked) } as const
    },
  )
  return useMemo(() => {
    if (result === null || !result.ok) return { kinds: null, problem: null, failedGroups: [], again }
    const told = result.value.filter(one => one.ok).map(one => one.value)
    const failed = result.value.find(one => !one.ok)
    const kinds = new Map<string, ResourceKind>()
    for (const kind of told.flatMap(one => one.kinds)) {
      const id = `${kind.group}/${kind.version}/${kind.resource}`
      if (!kinds.has(id)) kinds.set(id, kind)
    }
    const problem = told.length === 0 && failed !== undefined && !failed.ok ? failed.problem : null
    return { kinds: [...kinds.values()], problem, failedGroups: told.flatMap(one => one.failedGroups), again }
  }, [result, again])
}
