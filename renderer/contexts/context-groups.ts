import type { ContextState, Settings } from '../../contract/app.ts'
import { type Standing, standings } from './standing.ts'

/** A context with how it stands. */
export type Placed = { readonly context: ContextState; readonly standing: Standing }

/** Contexts under one heading; `id` is the cluster's name or the standing, null where there are no headings. */
export type ContextGroup = { readonly id: string | null; readonly contexts: readonly Placed[] }

/** The contexts in which every word of a text occurs: in their names, servers, users, or in how they stand (as `words` says it). */
export function findContexts(
  all: readonly Placed[],
  text: string,
  words: (standing: Standing) => string,
): readonly Placed[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  return all.filter(({ context, standing }) => {
    const { name, cluster, server, user, actingAs } = context
    const facts = [name, cluster, server, user, actingAs?.user ?? '', words(standing)].join('\n').toLowerCase()
    return wanted.every(word => facts.includes(word))
  })
}

/** Contexts grouped as the person chose. Clusters come in the kubeconfig's order, standings in theirs. */
export function groupContexts(all: readonly Placed[], by: Settings['contextsBy']): readonly ContextGroup[] {
  if (by === 'none') return [{ id: null, contexts: all }]
  const idOf = ({ context, standing }: Placed) => (by === 'cluster' ? context.cluster : standing)
  const ids = by === 'cluster' ? new Set(all.map(idOf)) : standings
  return [...ids]
    .map(id => ({ id, contexts: all.filter(placed => idOf(placed) === id) }))
    .filter(({ contexts }) => contexts.length > 0)
}
