import type { Namespaces } from '../../../contract/browse.ts'
import { isList, isObject, metadataText } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import { type Cluster, request } from './connection.ts'
import { objectOf } from './get.ts'

/**
 * The namespaces of a cluster by name. Where they may not be listed, the context's own (or `default`) is given with
 * the refusal: a person who may only work in one namespace must still be able to choose it.
 */
export async function listNamespaces(cluster: Cluster, signal: AbortSignal): Promise<Result<Namespaces>> {
  const answer = await request(cluster, {
    method: 'GET',
    path: '/api/v1/namespaces',
    headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json' },
    asked: { verb: 'list', group: '', resource: 'namespaces', namespace: null, name: null },
    signal,
  })
  if (!answer.ok) {
    if (answer.problem.code !== 'forbidden') return answer
    return ok({ names: [cluster.namespace ?? 'default'], problem: answer.problem })
  }
  const list = objectOf(answer.value)
  if (!list.ok) return list
  const items = isList(list.value.object.items) ? list.value.object.items : []
  const names = items.flatMap(item => (isObject(item) ? (metadataText(item, 'name') ?? []) : []))
  return ok({ names: names.sort(), problem: null })
}
