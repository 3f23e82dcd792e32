import type { ResourceKind } from '../../../contract/browse.ts'
import type { RelatedObject, RelatedState, Relation } from '../../../contract/object.ts'
import { mapAt, textAt } from '../../../core/conditions.ts'
import { podLabelsOf } from '../../../core/containers.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText } from '../../../core/object.ts'
import { labelsText, selectorText, textSelects } from '../../../core/object-selector.ts'
import type { Problem } from '../../../core/problem.ts'
import { type Reference, referencesOf, subjectsOf } from '../../../core/references.ts'
import type { Cluster } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import { getMetadata, objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'
import { controllerOf } from '../converging/pods.ts'
import { looksAt } from './referrers.ts'

/** Of one kind so many objects are read, whole: what they refer to stands in their specs. */
const mostRead = 500
const mostReferences = 100
const atOnce = 4

/** Finds what is related to an object, saying what was found after each kind. Ends when all is looked through. */
export async function* findRelated(
  cluster: Cluster,
  object: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<RelatedState, void> {
  const served = await discover(cluster, { signal })
  if (!served.ok) return yield { related: [], done: true, missed: [{ resource: '', problem: served.problem }] }
  const kinds = served.value.kinds
  const related: RelatedObject[] = []
  const missed: { resource: string; problem: Problem | null }[] = []
  const tasks = [
    ...referencesOf(object)
      .slice(0, mostReferences)
      .map(reference => async () => void related.push(await referred(cluster, kinds, object, reference, signal))),
    ...looksAt(object).map(resource => async () => {
      const kind = kinds.find(one => `${one.group}/${one.resource}` === resource && one.preferred)
      if (kind === undefined || !kind.verbs.includes('list')) return
      const read = await readKind(cluster, kind, object, signal)
      if (read.problem !== null || read.more) missed.push({ resource: kind.resource, problem: read.problem })
      for (const item of read.objects) related.push(...relationsWith(cluster, kind, item, object))
    }),
  ]
  for (let at = 0; at < tasks.length; at += atOnce) {
    await Promise.all(tasks.slice(at, at + atOnce).map(task => task()))
    yield { related: [...related], done: false, missed: [...missed] }
  }
  yield { related, done: true, missed }
}

async function referred(
  cluster: Cluster,
  kinds: readonly ResourceKind[],
  object: JsonObject,
  reference: Reference,
  signal: AbortSignal,
): Promise<RelatedObject> {
  const { group, name, optional, path } = reference
  const kind = kinds.find(
    one => one.kind === reference.kind && one.preferred && (group === null || one.group === group),
  )
  const namespace = kind?.namespaced === false ? null : (reference.namespace ?? metadataText(object, 'namespace'))
  const facts = { relation: 'refers', kind: reference.kind, name, namespace, optional, path } as const
  if (kind === undefined) return { ...facts, target: null, state: 'unknown' }
  const target = targetOf(cluster, kind, namespace, name)
  const read = await getMetadata(cluster, kind, { namespace, name }, signal)
  const state = read.ok ? 'present' : read.problem.code === 'not-found' ? 'missing' : 'unknown'
  return { ...facts, target, state }
}

type Read = { readonly objects: readonly JsonObject[]; readonly more: boolean; readonly problem: Problem | null }

/** The objects of a kind in an object's namespace (in all, for one that has none), up to so many. */
async function readKind(cluster: Cluster, kind: ResourceKind, object: JsonObject, signal: AbortSignal): Promise<Read> {
  const namespace = kind.namespaced ? metadataText(object, 'namespace') : null
  const ofPods = kind.resource === 'pods'
  const fields = ofPods && isKind(object, '', 'Node') ? `spec.nodeName=${metadataText(object, 'name')}` : ''
  const labels = ofPods && isKind(object, '', 'Service') ? labelsText(mapAt(mapAt(object, 'spec'), 'selector')) : ''
  const call = { namespace, labels, fields, accept: 'application/json', limit: mostRead, continueToken: null }
  const answer = await listChunk(cluster, kind, call, signal)
  const list = answer.ok ? objectOf(answer.value) : answer
  if (!list.ok) return { objects: [], more: false, problem: list.problem }
  const { items, metadata } = list.value.object
  const more = isObject(metadata) && textAt(metadata, 'continue') !== ''
  // The items of a list do not say what they are.
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
  const objects = (isList(items) ? items.filter(isObject) : []).map(item => ({ ...item, apiVersion, kind: kind.kind }))
  return { objects, more, problem: null }
}

const ofEachPod: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'Node'])

/** How another object is related to this one: by its references, by its selector, or by this one's. */
function relationsWith(
  cluster: Cluster,
  kind: ResourceKind,
  other: JsonObject,
  object: JsonObject,
): readonly RelatedObject[] {
  const uid = metadataText(other, 'uid')
  if (uid === metadataText(object, 'uid')) return []
  const found = (relation: Relation, path: string, optional = false): RelatedObject => {
    const [name, namespace] = [metadataText(other, 'name') ?? '', metadataText(other, 'namespace')]
    const target = targetOf(cluster, kind, namespace, name)
    return { relation, kind: kind.kind, name, namespace, target, state: 'present', optional, path }
  }
  // Those that a controller makes refer to what its template does, which is told once; but not to one's own volume or node.
  const isTold = controllerOf(other) !== null && !ofEachPod.has(textAt(object, 'kind'))
  const references = isTold ? [] : [...referencesOf(other), ...subjectsOf(other)]
  return [
    ...references
      .filter(reference => means(reference, other, object))
      .map(({ path, optional }) => found('referred', path, optional)),
    ...(selects(other, object) ? [found('selected', '')] : []),
    ...(kind.kind === 'Pod' && selects(object, other) ? [found('selects', '')] : []),
  ]
}

function means(reference: Reference, holder: JsonObject, object: JsonObject): boolean {
  const [group = '', version] = textAt(object, 'apiVersion').split('/')
  const isSameGroup = reference.group === null || reference.group === (version === undefined ? '' : group)
  const namespace = metadataText(object, 'namespace')
  return (
    isSameGroup &&
    reference.kind === object.kind &&
    reference.name === metadataText(object, 'name') &&
    (namespace === null || (reference.namespace ?? metadataText(holder, 'namespace')) === namespace)
  )
}

/** Whether one object chooses another's Pods (or the Pod that it is) by its selector. */
function selects(by: JsonObject, object: JsonObject): boolean {
  if (metadataText(by, 'namespace') !== metadataText(object, 'namespace')) return false
  const labels = podLabelsOf(object)
  if (labels === null) return false
  const spec = mapAt(by, 'spec')
  if (isKind(by, '', 'Service')) {
    const selector = mapAt(spec, 'selector')
    // A Service without a selector has its endpoints from elsewhere; any other empty selector is of all.
    return Object.keys(selector).length > 0 && textSelects(labelsText(selector), labels)
  }
  if (isKind(by, 'policy', 'PodDisruptionBudget')) return textSelects(selectorText(mapAt(spec, 'selector')), labels)
  if (isKind(by, 'networking.k8s.io', 'NetworkPolicy')) {
    return textSelects(selectorText(mapAt(spec, 'podSelector')), labels)
  }
  return false
}

function isKind(object: JsonObject, group: string, kind: string): boolean {
  const apiVersion = textAt(object, 'apiVersion')
  return object.kind === kind && (group === '' ? !apiVersion.includes('/') : apiVersion.startsWith(`${group}/`))
}

function targetOf(cluster: Cluster, kind: ResourceKind, namespace: string | null, name: string) {
  const { group, version, resource } = kind
  return { context: cluster.context, group, version, resource, namespace: kind.namespaced ? namespace : null, name }
}
