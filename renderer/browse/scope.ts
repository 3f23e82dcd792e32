import type { AppState, ContextState } from '../../contract/app.ts'
import type { ResourceKind, Scope } from '../../contract/browse.ts'
import type { ListAddress, Place } from '../app/router.ts'

/** A list of a scope as it begins: no filter, the server's order, the usual columns. */
export function plainList(scope: Scope): ListAddress {
  return { kind: 'list', scope, filter: '', sort: null, columns: null }
}

/** The namespace that a context begins with. */
export function homeNamespace(context: Pick<ContextState, 'namespace'>): string {
  return context.namespace ?? 'default'
}

/** The list to begin with: workloads of the current context's namespace. Null where no context is the obvious one. */
export function homeList(app: AppState): ListAddress | null {
  const named = app.contexts.find(context => context.name === app.currentContext)
  const context = named ?? (app.contexts.length === 1 ? app.contexts[0] : undefined)
  if (context === undefined) return null
  return plainList({
    contexts: [context.name],
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    namespaces: [homeNamespace(context)],
  })
}

/** What the sidebar points at: the list's scope, else that of the kind that is explained, or of the object beside it. */
export function placeScope(place: Place): Scope | null {
  if (place.list !== null) return place.list.scope
  if (place.over?.kind === 'explain') {
    const { context, ...kind } = place.over.of
    return { contexts: [context], ...kind, namespaces: [] }
  }
  if (place.edit === null || place.edit.kind === 'create') return null
  const { context, group, version, resource, namespace } = place.edit.target
  return { contexts: [context], group, version, resource, namespaces: namespace === null ? [] : [namespace] }
}

/** The same contexts and namespaces, of another kind. A cluster-scoped kind has no namespaces; coming back from one means all of them. */
export function withKind(
  scope: Scope,
  kind: Pick<ResourceKind, 'group' | 'version' | 'resource' | 'namespaced'>,
): Scope {
  const { group, version, resource, namespaced } = kind
  return { ...scope, group, version, resource, namespaces: namespaced ? scope.namespaces : [] }
}

/** The same kind in other contexts; one context begins in its own namespace unless all namespaces were shown. */
export function withContexts(scope: Scope, contexts: readonly ContextState[]): Scope {
  const [only, ...more] = contexts
  const namespaces =
    only !== undefined && more.length === 0 && scope.namespaces.length > 0 ? [homeNamespace(only)] : scope.namespaces
  return { ...scope, contexts: contexts.map(context => context.name), namespaces }
}

/** The kind on screen in those contexts, else the list that the first of them begins with. Null where there is none. */
export function listIn(app: AppState, scope: Scope | null, contexts: readonly ContextState[]): ListAddress | null {
  const [first] = contexts
  if (first === undefined) return null
  const from = scope ?? homeList({ ...app, currentContext: first.name })?.scope
  return from === undefined ? null : plainList(withContexts(from, contexts))
}

/** The contexts that a scope reads: those it names, or all. */
export function scopeContexts(scope: Scope | null, contexts: readonly ContextState[]): readonly ContextState[] {
  if (scope === null) return []
  return scope.contexts.length === 0 ? contexts : contexts.filter(context => scope.contexts.includes(context.name))
}
