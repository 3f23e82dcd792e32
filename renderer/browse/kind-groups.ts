import fuzzysort from 'fuzzysort'
import type { ResourceKind } from '../../contract/browse.ts'
import type { ServedKind } from '../../contract/kinds.ts'

/** A kind's name in the settings: `group/resource`, with an empty group for core. */
export function kindKey(kind: Pick<ResourceKind, 'group' | 'resource'>): string {
  return `${kind.group}/${kind.resource}`
}

/** The kind's name for many, with the kind's capitals on the resource's spelling: `NetworkPolicies`. */
export function pluralKind(kind: Pick<ResourceKind, 'kind' | 'resource'>): string {
  const lower = kind.kind.toLowerCase()
  let same = 0
  while (same < lower.length && lower[same] === kind.resource[same]) same += 1
  // An irregular name (say `people` of Person) says more by itself.
  return same < 3 && same < lower.length ? kind.resource : kind.kind.slice(0, same) + kind.resource.slice(same)
}

/** Kinds of one heading. `id` is `favourites`, `recents`, or an API group as `group:apps`. */
export type KindGroup = { readonly id: string; readonly group: string | null; readonly kinds: readonly ServedKind[] }

/** The kinds that can be listed, each resource once, in the version that the server prefers. */
export function listableKinds(kinds: readonly ServedKind[]): ServedKind[] {
  return servedOnce(kinds.filter(kind => kind.verbs.includes('list')))
}

/** Each resource once, in the version that the server prefers, whether it can be listed or not. */
export function servedOnce(kinds: readonly ServedKind[]): ServedKind[] {
  const best = new Map<string, ServedKind>()
  for (const kind of kinds) {
    const known = best.get(kindKey(kind))
    if (known === undefined || (kind.preferred && !known.preferred)) best.set(kindKey(kind), kind)
  }
  return [...best.values()]
}

/** Favourites in the person's order, then recents, then every API group: the built-in ones first, then by name. */
export function groupKinds(
  kinds: readonly ServedKind[],
  favourites: readonly string[],
  recents: readonly string[],
): KindGroup[] {
  const byKey = new Map(kinds.map(kind => [kindKey(kind), kind]))
  const pick = (keys: readonly string[]) => keys.map(key => byKey.get(key)).filter(kind => kind !== undefined)
  // Sorted by name, so that nothing jumps away under the pointer that opened it.
  const recent = pick(recents.filter(key => !favourites.includes(key)).slice(0, 5)).sort(byName)
  const groups = Map.groupBy(kinds, kind => kind.group)
  const named = [...groups].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return [
    { id: 'favourites', group: null, kinds: pick(favourites) },
    { id: 'recents', group: null, kinds: recent },
    ...named.map(([group, inGroup]) => ({ id: `group:${group}`, group, kinds: inGroup.toSorted(byName) })),
  ].filter(({ kinds }) => kinds.length > 0)
}

/** All kinds: the favourites first, then the recents, each in its order, then the others as they come. */
export function usualFirst(
  kinds: readonly ServedKind[],
  { favourites, recents }: { readonly favourites: readonly string[]; readonly recents: readonly string[] },
): ServedKind[] {
  const places = new Map([...new Set([...favourites, ...recents])].map((key, place) => [key, place]))
  const placeOf = (kind: ResourceKind) => places.get(kindKey(kind)) ?? places.size
  return kinds.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** The kinds that a typed text may mean, best first: by name, by short name, by group. */
export function findKinds(kinds: readonly ServedKind[], text: string, limit: number): ServedKind[] {
  const typed = text.trim()
  const short = kinds.filter(kind => kind.shortNames.includes(typed.toLowerCase()))
  const found = fuzzysort.go(typed, kinds, {
    keys: [pluralKind, kind => kind.resource, kind => `${kind.resource}.${kind.group}`],
    limit,
    threshold: 0.3,
  })
  return [...new Set([...short, ...found.map(result => result.obj)])].slice(0, limit)
}

const builtIn = ['', 'apps', 'batch', 'autoscaling', 'networking.k8s.io', 'policy', 'rbac.authorization.k8s.io']

function rank(group: string): number {
  const place = builtIn.indexOf(group)
  if (place >= 0) return place
  return group.endsWith('.k8s.io') || !group.includes('.') ? builtIn.length + 1 : builtIn.length
}

function byName(a: ResourceKind, b: ResourceKind): number {
  return a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0
}

/** The settings' favourites with a kind added or taken away. */
export function toggleFavourite(favourites: readonly string[], key: string): string[] {
  return favourites.includes(key) ? favourites.filter(other => other !== key) : [...favourites, key]
}

/** The settings' recents with a kind put first; the very same list when it is there already. */
export function withRecent(recents: readonly string[], key: string): readonly string[] {
  return recents[0] === key ? recents : [key, ...recents.filter(other => other !== key)].slice(0, 20)
}
