import { type ClusterIdentity, metadataText } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from './connection.ts'
import { getObject } from './get.ts'

const known = new WeakMap<Cluster, { readonly identity: ClusterIdentity; readonly uid: string | null }>()

/**
 * What a cluster is, whatever its contexts are called: the hash of its address and CA, and `kube-system`'s uid where it
 * may be read. Asked once. A cluster that does not answer has no identity yet: its problem is given.
 */
export async function clusterIdentity(cluster: Cluster, signal: AbortSignal): Promise<Result<ClusterIdentity>> {
  const before = known.get(cluster)
  if (before !== undefined) return ok(before.identity)
  const type = { group: '', version: 'v1', resource: 'namespaces' }
  const answer = await getObject(cluster, type, { namespace: null, name: 'kube-system' }, signal)
  if (!answer.ok && answer.problem.code !== 'forbidden' && answer.problem.code !== 'not-found') return answer
  const uid = answer.ok ? metadataText(answer.value.object, 'uid') : null
  const text = uid === null ? cluster.address : `${cluster.address}:${uid}`
  // The one place where identities are made.
  const identity = text as ClusterIdentity
  known.set(cluster, { identity, uid })
  return ok(identity)
}

/** As much of a cluster's identity as is known without asking it now. */
export function knownIdentity(cluster: Cluster): { readonly address: string; readonly uid: string | null } {
  return { address: cluster.address, uid: known.get(cluster)?.uid ?? null }
}
