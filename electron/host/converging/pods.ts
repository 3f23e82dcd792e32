import type { PodsState } from '../../../contract/converge.ts'
import { mapAt, textAt } from '../../../core/conditions.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataOf, metadataText, type ResourceType } from '../../../core/object.ts'
import { labelsText, selectorText } from '../../../core/object-selector.ts'
import { podTrouble, podWord } from '../../../core/pod-state.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { followList, type Listed } from '../clusters/follow-list.ts'

const pods: ResourceType = { group: '', version: 'v1', resource: 'pods' }
const replicaSets: ResourceType = { group: 'apps', version: 'v1', resource: 'replicasets' }

/** Beyond these a workload's pods are counted by its own status alone. */
const mostPods = 1_000
const mostReplicaSets = 200
const mostTold = 5

/** These make their pods themselves; others may do it by ReplicaSets, as a Deployment does. */
const makesPods: ReadonlySet<string> = new Set([
  'StatefulSet',
  'DaemonSet',
  'Job',
  'ReplicaSet',
  'ReplicationController',
])

/** The selector of a workload's pods as a query takes it; null for what has no pods of its own. */
export function podSelector(object: JsonObject): string | null {
  const spec = mapAt(object, 'spec')
  if (!isObject(spec.template) || !isObject(spec.selector)) return null
  // A ReplicationController's selector is the bare map of labels.
  const isBare = textAt(object, 'kind') === 'ReplicationController'
  const selector = isBare ? labelsText(spec.selector) : selectorText(spec.selector)
  return selector === '' ? null : selector
}

/** What is known of a workload's pods, and of the ReplicaSets between; null where these may not be read. */
type Known = {
  readonly pods: Map<string, JsonObject>
  sets: Map<string, JsonObject> | null
  more: boolean
  problem: Problem | null
}

/** Follows a workload's pods: those of its selector that it controls, or one of its ReplicaSets does. Ends where they may not be read. */
export async function followPods(
  cluster: Cluster,
  workload: JsonObject,
  onPods: (state: PodsState) => void,
  signal: AbortSignal,
): Promise<void> {
  const labels = podSelector(workload)
  if (labels === null) return
  const namespace = metadataText(workload, 'namespace')
  const known: Known = { pods: new Map(), sets: new Map(), more: false, problem: null }
  const tell = () => onPods(summary(known, workload))
  const followed = { namespace, labels, fields: '', signal }
  const followSets = async () => {
    for await (const listed of followList(cluster, replicaSets, { ...followed, most: mostReplicaSets })) {
      if (listed.kind === 'refused') known.sets = null
      else if (known.sets !== null) keep(known.sets, listed, mostReplicaSets)
      tell()
    }
  }
  const followEach = async () => {
    for await (const listed of followList(cluster, pods, { ...followed, most: mostPods })) {
      if (listed.kind === 'refused') known.problem = listed.problem
      else known.more = keep(known.pods, listed, mostPods) || (listed.kind !== 'all' && known.more)
      tell()
    }
  }
  await Promise.all([followEach(), ...(makesPods.has(textAt(workload, 'kind')) ? [] : [followSets()])])
}

/** Takes in what was told; true where something had to be left out. */
function keep(objects: Map<string, JsonObject>, told: Exclude<Listed, { kind: 'refused' }>, most: number): boolean {
  if (told.kind === 'all') {
    objects.clear()
    for (const object of told.objects) objects.set(uidOf(object), object)
    return told.more
  }
  const uid = uidOf(told.object)
  if (told.kind === 'removed') objects.delete(uid)
  else if (objects.has(uid) || objects.size < most) objects.set(uid, told.object)
  else return true
  return false
}

function uidOf(object: JsonObject): string {
  return metadataText(object, 'uid') ?? ''
}

function summary({ pods, sets, more, problem }: Known, workload: JsonObject): PodsState {
  const owned = [...pods.values()].filter(pod => isOwned(pod, workload, sets))
  const troubled = owned.flatMap(pod => {
    const trouble = podTrouble(pod)
    return trouble === null ? [] : [{ name: metadataText(pod, 'name') ?? '', ...trouble }]
  })
  // One that only is not ready yet says less than one that cannot be.
  const rank = ({ reason }: { readonly reason: string }) => (reason === 'NotReady' ? 1 : 0)
  const trouble = troubled.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)).slice(0, mostTold)
  return { total: owned.length, more, words: countWords(owned), troubled: troubled.length, trouble, problem }
}

function countWords(pods: readonly JsonObject[]): PodsState['words'] {
  const counts = new Map<string, number>()
  for (const pod of pods) counts.set(podWord(pod), (counts.get(podWord(pod)) ?? 0) + 1)
  return [...counts].map(([word, count]) => ({ word, count })).sort((a, b) => b.count - a.count)
}

function isOwned(pod: JsonObject, workload: JsonObject, sets: Known['sets']): boolean {
  const owner = controllerOf(pod)
  if (owner === null) return false
  if (owner.uid === uidOf(workload)) return true
  // A Deployment's ReplicaSets bear its name: all that can be said where they may not be read.
  if (sets === null) return textAt(owner, 'name').startsWith(`${metadataText(workload, 'name')}-`)
  const set = sets.get(textAt(owner, 'uid'))
  return set !== undefined && controllerOf(set)?.uid === uidOf(workload)
}

/** The owner reference of an object's controller, null where it has none. */
export function controllerOf(object: JsonObject): JsonObject | null {
  const owners: Json | undefined = metadataOf(object).ownerReferences
  return (isList(owners) ? owners.filter(isObject).find(owner => owner.controller === true) : undefined) ?? null
}
