import { mapsAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataOf } from '../../../core/object.ts'
import type { Cluster } from '../clusters/connection.ts'
import type { Plan } from '../editing/plan.ts'
import { ownerChain } from '../objects/owner-chain.ts'

/** The owners that a plan adds and the cluster does not have: the garbage collector would delete the object for each. */
export async function findMissingOwners(
  cluster: Cluster,
  { before, merged }: Plan,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const references = (object: JsonObject) => mapsAt(metadataOf(object), 'ownerReferences')
  const known = new Set(references(before).map(({ uid }) => uid))
  const added = references(merged).filter(({ uid }) => !known.has(uid))
  if (added.length === 0) return []
  const object = { ...merged, metadata: { ...metadataOf(merged), ownerReferences: added } }
  const chain = await ownerChain(cluster, object, signal)
  const isGone = (state: string) => state === 'missing' || state === 'replaced' || state === 'unserved'
  return chain.filter(({ depth, state }) => depth === 1 && isGone(state)).map(({ uid }) => uid)
}
