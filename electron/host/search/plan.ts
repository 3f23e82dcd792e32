import type { ResourceKind } from '../../../contract/browse.ts'
import { kindNamed } from '../clusters/discovery.ts'
import { listableKinds } from '../objects/list-metadata.ts'
import type { Query } from './query.ts'

/** What is asked of one cluster: kinds in this order, in one namespace or in all of them. */
export type Plan = { readonly kinds: readonly ResourceKind[]; readonly namespace: string | null }

/** Kinds that a person is likely to mean, as `group/resource`; `chosen` by this person, in their order. */
export type Wishes = { readonly only: readonly string[]; readonly chosen: readonly string[] }

const workloads = ['apps/deployments', '/pods', 'apps/statefulsets', 'apps/daemonsets', 'batch/cronjobs', 'batch/jobs']
const configuration = ['/configmaps', '/secrets', '/namespaces', '/serviceaccounts', '/persistentvolumeclaims']
const network = ['/services', 'networking.k8s.io/ingresses', 'networking.k8s.io/networkpolicies', '/nodes']
const usual = [...workloads, ...network.slice(0, 2), ...configuration, ...network.slice(2), 'apps/replicasets']

const withAddresses = ['/pods', '/services', '/nodes', 'discovery.k8s.io/endpointslices', 'networking.k8s.io/ingresses']
const withImages = [...workloads, 'apps/replicasets', '/replicationcontrollers']

// What controllers write by the thousand, under the names of what they work for.
const noise = ['/events', 'coordination.k8s.io/leases', 'discovery.k8s.io/endpointslices', 'apps/controllerrevisions']

/** The kinds to search for a query, most likely first; none where it names a kind that is not served. */
export function planSearch(kinds: readonly ResourceKind[], query: Query, { only, chosen }: Wishes): Plan {
  const listable = listableKinds(kinds, null)
  const { kind, category, kindOrNamespace } = query
  const named = kind ?? (kindOrNamespace !== null && kindNamed(listable, kindOrNamespace) ? kindOrNamespace : null)
  const namespace = query.namespace ?? (kindOrNamespace !== null && named === kind ? kindOrNamespace : null)
  const asked = (named === null ? listable : [kindNamed(kinds, named)].filter(one => one !== null)).filter(
    one =>
      (only.length === 0 || only.includes(keyOf(one))) &&
      (category === null || one.categories.includes(category)) &&
      (namespace === null || one.namespaced) &&
      one.verbs.includes('list'),
  )
  const likely = query.by === 'ip' ? withAddresses : query.by === 'image' ? withImages : chosen
  const places = new Map([...new Set([...likely, ...usual])].map((key, place) => [key, place]))
  const placeOf = (one: ResourceKind) => places.get(keyOf(one)) ?? (noise.includes(keyOf(one)) ? Infinity : places.size)
  return { kinds: asked.toSorted((a, b) => compare(placeOf(a), placeOf(b))), namespace }
}

/** A kind as the settings name it. */
export function keyOf({ group, resource }: Pick<ResourceKind, 'group' | 'resource'>): string {
  return `${group}/${resource}`
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
