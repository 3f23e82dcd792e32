import type { ObjectTarget, OwnerNode, OwnerReference } from '../../../contract/object.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText } from '../../../core/object.ts'
import type { Cluster } from '../clusters/connection.ts'
import { findKindOf } from '../clusters/discovery.ts'
import { getMetadata } from '../clusters/get.ts'
import { ownersOf } from './summary.ts'

/** No chain of controllers is longer; ownerReferences may name each other in a circle. */
const deepest = 10

/** All that an object hangs on, the nearest first, each followed by what it hangs on itself. Owners that are not there are said. */
export async function ownerChain(
  cluster: Cluster,
  object: JsonObject,
  signal: AbortSignal,
): Promise<readonly OwnerNode[]> {
  const seen = new Set<string>()
  const namespace = metadataText(object, 'namespace')

  async function above(child: JsonObject, depth: number): Promise<readonly OwnerNode[]> {
    if (depth > deepest) return []
    const nodes: OwnerNode[] = []
    for (const reference of ownersOf(child)) {
      if (seen.has(reference.uid)) continue
      seen.add(reference.uid)
      const { node, object: owner } = await look(cluster, reference, { namespace, depth, signal })
      nodes.push(node, ...(owner === null ? [] : await above(owner, depth + 1)))
    }
    return nodes
  }
  return above(object, 1)
}

async function look(
  cluster: Cluster,
  reference: OwnerReference,
  {
    namespace,
    depth,
    signal,
  }: { readonly namespace: string | null; readonly depth: number; readonly signal: AbortSignal },
): Promise<{ readonly node: OwnerNode; readonly object: JsonObject | null }> {
  const node = { ...reference, depth, problem: null, target: null }
  const kind = await findKindOf(cluster, reference, signal)
  if (!kind.ok) {
    const unserved = kind.problem.code === 'resource-unknown'
    const state = unserved ? 'unserved' : 'unreadable'
    return { node: { ...node, state, problem: unserved ? null : kind.problem }, object: null }
  }
  const { group, version, resource, namespaced } = kind.value
  // An owner is cluster-scoped, or of the same namespace.
  const at = { namespace: namespaced ? namespace : null, name: reference.name }
  const target: ObjectTarget = { context: cluster.context, group, version, resource, ...at }
  const read = await getMetadata(cluster, kind.value, at, signal)
  if (!read.ok) {
    if (read.problem.code === 'not-found') return { node: { ...node, state: 'missing' }, object: null }
    return { node: { ...node, state: 'unreadable', problem: read.problem, target }, object: null }
  }
  const { object } = read.value
  if (metadataText(object, 'uid') !== reference.uid) {
    return { node: { ...node, state: 'replaced', target }, object: null }
  }
  return { node: { ...node, state: 'present', target }, object }
}
