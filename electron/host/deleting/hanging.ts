import type { ResourceKind } from '../../../contract/browse.ts'
import type { Hanging } from '../../../contract/delete.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText, type ResourceType } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import { getObject, objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'
import { listableKinds, listMetadata } from '../objects/list-metadata.ts'
import { findOwned } from '../objects/owned.ts'

/** An object whose deletion is looked at. */
export type Doomed = { readonly uid: string; readonly namespace: string | null; readonly object: JsonObject }

/** Who hears what is found. Groups of one kind, reason and depth come together. */
export type Findings = {
  readonly found: (kind: ResourceKind, group: Pick<Hanging, 'why' | 'depth'>, some: Found) => void
  readonly searched: (searched: number, kinds: number) => void
  readonly missed: (resource: string, problem: Problem | null) => void
}

/** Some objects: those that are named, and how many they are in all. */
export type Found = {
  readonly objects: readonly { readonly namespace: string | null; readonly name: string }[]
  readonly count: number
  readonly shared: number
  readonly more: boolean
}

const claims: ResourceType = { group: '', version: 'v1', resource: 'persistentvolumeclaims' }
const pods: ResourceType = { group: '', version: 'v1', resource: 'pods' }
const volumes: ResourceType = { group: '', version: 'v1', resource: 'persistentvolumes' }
const mostPods = 2_000
const mostNamed = 20

/**
 * Finds what hangs on objects of one cluster that are to be deleted together: what they own, what is in a namespace, the
 * objects of a kind whose definition goes, a StatefulSet's claims, a claim's volume and the Pods that use it.
 */
export async function findHanging(
  cluster: Cluster,
  doomed: readonly Doomed[],
  to: Findings,
  signal: AbortSignal,
): Promise<void> {
  const served = await discover(cluster, { signal })
  if (!served.ok) return to.missed('', served.problem)
  const { kinds } = served.value
  for (const one of doomed) {
    const { object } = one
    if (object.kind === 'Namespace' && object.apiVersion === 'v1') await insideOf(cluster, one, kinds, to, signal)
    else if (object.kind === 'CustomResourceDefinition') await instancesOf(cluster, object, kinds, to, signal)
    else if (object.kind === 'StatefulSet') await claimsOf(cluster, object, kinds, to, signal)
    else if (object.kind === 'PersistentVolumeClaim') await aroundClaim(cluster, object, kinds, to, signal)
  }
  // What is in a namespace is counted with it: only the others own what is not seen yet.
  const owners = doomed.filter(
    ({ object }) => object.kind !== 'Namespace' && object.kind !== 'CustomResourceDefinition',
  )
  for (const [namespace, uids] of byNamespace(owners)) await ownedBy(cluster, { uids, namespace }, to, signal)
}

function byNamespace(doomed: readonly Doomed[]): ReadonlyMap<string | null, readonly string[]> {
  return doomed.reduce(
    (sorted, { namespace, uid }) => sorted.set(namespace, [...(sorted.get(namespace) ?? []), uid]),
    new Map<string | null, readonly string[]>(),
  )
}

async function ownedBy(
  cluster: Cluster,
  of: { readonly uids: readonly string[]; readonly namespace: string | null },
  to: Findings,
  signal: AbortSignal,
): Promise<void> {
  let told = 0
  for await (const progress of findOwned(cluster, of, signal)) {
    if (!progress.ok) return to.missed('', progress.problem)
    const { found, searched, kinds, missed } = progress.value
    for (const object of found) {
      const some = { objects: [object], count: 1, shared: object.shared ? 1 : 0, more: false }
      to.found(object.kind, { why: 'owned', depth: object.depth }, some)
    }
    for (const { kind, problem } of missed.slice(told)) to.missed(kind.resource, problem)
    told = missed.length
    to.searched(searched, kinds)
  }
}

async function insideOf(
  cluster: Cluster,
  { object }: Doomed,
  kinds: readonly ResourceKind[],
  to: Findings,
  signal: AbortSignal,
): Promise<void> {
  const namespace = metadataText(object, 'name')
  const all = listableKinds(kinds, namespace)
  for (const [index, kind] of all.entries()) {
    await countKind(cluster, kind, namespace, 'inside', to, signal)
    to.searched(index + 1, all.length)
  }
}

async function instancesOf(
  cluster: Cluster,
  definition: JsonObject,
  kinds: readonly ResourceKind[],
  to: Findings,
  signal: AbortSignal,
): Promise<void> {
  const spec = mapAt(definition, 'spec')
  const plural = textAt(mapAt(spec, 'names'), 'plural')
  const kind = kinds.find(one => one.group === spec.group && one.resource === plural && one.verbs.includes('list'))
  if (kind !== undefined) await countKind(cluster, kind, null, 'instance', to, signal)
}

/** One piece tells how many there are. */
async function countKind(
  cluster: Cluster,
  kind: ResourceKind,
  namespace: string | null,
  why: 'inside' | 'instance',
  to: Findings,
  signal: AbortSignal,
): Promise<void> {
  for await (const piece of listMetadata(cluster, kind, namespace, { most: mostNamed, signal })) {
    if (!piece.ok) return to.missed(kind.resource, piece.problem)
    const { objects, remaining } = piece.value
    const count = objects.length + remaining
    if (count > 0) to.found(kind, { why, depth: 0 }, { objects: objects.map(placeOf), count, shared: 0, more: false })
    return
  }
}

/** A StatefulSet's claims belong to nobody, and bear its name. (Go: pkg/controller/statefulset, getPersistentVolumeClaimName.) */
async function claimsOf(
  cluster: Cluster,
  set: JsonObject,
  kinds: readonly ResourceKind[],
  to: Findings,
  signal: AbortSignal,
): Promise<void> {
  const kind = kindOf(kinds, claims)
  const [name, namespace] = [metadataText(set, 'name') ?? '', metadataText(set, 'namespace')]
  const templates = mapsAt(mapAt(set, 'spec'), 'volumeClaimTemplates').map(one => metadataText(one, 'name') ?? '')
  if (kind === undefined || templates.length === 0) return
  const isIts = (claim: string) =>
    templates.some(template => {
      const prefix = `${template}-${name}-`
      return claim.startsWith(prefix) && /^\d+$/.test(claim.slice(prefix.length))
    })
  for await (const piece of listMetadata(cluster, kind, namespace, { most: mostPods, signal })) {
    if (!piece.ok) return to.missed(kind.resource, piece.problem)
    const objects = piece.value.objects.map(placeOf).filter(one => isIts(one.name))
    to.found(kind, { why: 'claim', depth: 0 }, { objects, count: objects.length, shared: 0, more: false })
  }
}

async function aroundClaim(
  cluster: Cluster,
  claim: JsonObject,
  kinds: readonly ResourceKind[],
  to: Findings,
  signal: AbortSignal,
): Promise<void> {
  const [name, namespace] = [metadataText(claim, 'name'), metadataText(claim, 'namespace')]
  const volume = textAt(mapAt(claim, 'spec'), 'volumeName')
  const [volumeKind, podKind] = [kindOf(kinds, volumes), kindOf(kinds, pods)]
  if (volume !== '' && volumeKind !== undefined) {
    const objects = [{ namespace: null, name: volume }]
    to.found(volumeKind, { why: 'volume', depth: 0 }, { objects, count: 1, shared: 0, more: false })
  }
  if (podKind === undefined) return
  const call = { namespace, labels: '', fields: '', accept: 'application/json', limit: mostPods, continueToken: null }
  const answer = await listChunk(cluster, podKind, call, signal)
  const list = answer.ok ? objectOf(answer.value) : answer
  if (!list.ok) return to.missed(podKind.resource, list.problem)
  const { items } = list.value.object
  const users = (isList(items) ? items.filter(isObject) : []).filter(pod =>
    mapsAt(mapAt(pod, 'spec'), 'volumes').some(one => mapAt(one, 'persistentVolumeClaim').claimName === name),
  )
  to.found(
    podKind,
    { why: 'user', depth: 0 },
    { objects: users.map(placeOf), count: users.length, shared: 0, more: false },
  )
}

/** What becomes of the volume that a claim is bound to, as the volume says; null where that is not known. */
export async function reclaimPolicy(cluster: Cluster, object: JsonObject, signal: AbortSignal): Promise<string | null> {
  const volume = object.kind === 'PersistentVolumeClaim' ? textAt(mapAt(object, 'spec'), 'volumeName') : ''
  if (volume === '') return null
  const read = await getObject(cluster, volumes, { namespace: null, name: volume }, signal)
  return read.ok ? textAt(mapAt(read.value.object, 'spec'), 'persistentVolumeReclaimPolicy') : null
}

function kindOf(kinds: readonly ResourceKind[], { group, resource }: ResourceType): ResourceKind | undefined {
  return kinds.find(kind => kind.group === group && kind.resource === resource)
}

function placeOf(object: JsonObject): Found['objects'][number] {
  return { namespace: metadataText(object, 'namespace'), name: metadataText(object, 'name') ?? '' }
}
