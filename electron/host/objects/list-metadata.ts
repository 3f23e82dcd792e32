import type { ResourceKind } from '../../../contract/browse.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataOf, metadataText } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'

/** Some of a kind's objects: their metadata alone. `remaining` is how many more there are, about; 0 for none. */
export type MetadataPiece = { readonly objects: readonly JsonObject[]; readonly remaining: number }

const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json'
const chunk = 500

/**
 * The metadata of a kind's objects, piece by piece, up to about `most` of them; of all namespaces where that is null. A
 * list that grew too old in the middle, or fails there, ends with its problem.
 */
export async function* listMetadata(
  cluster: Cluster,
  kind: ResourceKind,
  namespace: string | null,
  { most, signal }: { readonly most: number; readonly signal: AbortSignal },
): AsyncGenerator<Result<MetadataPiece>> {
  let continueToken: string | null = null
  for (let read = 0; read < most; ) {
    const call = { namespace, labels: '', fields: '', accept, limit: Math.min(chunk, most), continueToken }
    const answer = await listChunk(cluster, kind, call, signal)
    const list = answer.ok ? objectOf(answer.value) : answer
    if (!list.ok) return yield list
    const { object } = list.value
    const objects = isList(object.items) ? object.items.filter(isObject) : []
    continueToken = metadataText(object, 'continue') || null
    const { remainingItemCount } = metadataOf(object)
    const remaining = continueToken === null ? 0 : Math.max(1, Number(remainingItemCount ?? 1))
    read += objects.length
    yield ok({ objects, remaining })
    if (continueToken === null) return
  }
}

/** The kinds whose objects can be listed, each in one version; in a namespace, or of the cluster's own too. */
export function listableKinds(kinds: readonly ResourceKind[], namespace: string | null): readonly ResourceKind[] {
  const one = kinds.filter(kind => kind.preferred && kind.verbs.includes('list'))
  const within = namespace === null ? one : one.filter(kind => kind.namespaced)
  // Served by two groups, stored once.
  return within.filter(({ group, resource }) => !(resource === 'events' && group === 'events.k8s.io'))
}
