import type { Scope } from '../../contract/browse.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useApp, useStream } from '../app/use-host.ts'
import { homeNamespace, scopeContexts } from './scope.ts'

/** The namespaces to choose from for a scope: those of all its contexts together, as far as these have told them. */
export type KnownNamespaces = {
  /** Null while none has told any. */
  readonly names: readonly string[] | null
  /** Those that were typed by hand. */
  readonly typed: readonly string[]
  /** Why one of the contexts does not list its namespaces. */
  readonly problem: Problem | null
  /** The contexts that do not. */
  readonly unlisted: readonly string[]
}

/** Asks all contexts of a scope for their namespaces. None waits for another. */
export function useNamespaces(scope: Scope | null): KnownNamespaces {
  const app = useApp()
  const contexts = scopeContexts(scope, app.contexts)
  const key = contexts.length === 0 ? null : JSON.stringify(contexts.map(({ name }) => name))
  const { value } = useStream(key, async (client, signal) =>
    asTheyCome(
      contexts.map(async ({ name: context }) => ({
        context,
        told: await answer(client.browse.namespaces({ context }, { signal })),
      })),
    ),
  )
  const came = value ?? []
  const told = came.flatMap(({ told }) => (told.ok ? [told.value] : []))
  const refused = came.filter(({ told }) => told.ok && told.value.problem !== null)
  const names = [...new Set(told.flatMap(one => one.names))].sort()
  // Where nothing is told there is still the namespace that the context names.
  const usable = names.length > 0 ? names : [...new Set(contexts.map(homeNamespace))]
  const waiting = came.length < contexts.length && names.length === 0
  return {
    names: waiting ? null : usable,
    typed: [...new Set(told.flatMap(one => one.typed))],
    problem: told.find(one => one.problem !== null)?.problem ?? null,
    unlisted: refused.map(({ context }) => context),
  }
}

/** All that has come so far, again with each that comes. */
async function* asTheyCome<T>(asked: readonly Promise<T>[]): AsyncGenerator<readonly T[]> {
  const waiting = new Map(asked.map((one, at) => [at, one.then(value => ({ at, value }))]))
  const came: T[] = []
  while (waiting.size > 0) {
    const { at, value } = await Promise.race(waiting.values())
    waiting.delete(at)
    came.push(value)
    yield [...came]
  }
}
