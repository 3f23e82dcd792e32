import type { Json, JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText } from '../../../core/object.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import { type Cluster, request } from './connection.ts'
import { objectOf } from './get.ts'

/** The namespaces of a cluster by name; where they may not be listed, none and the refusal. */
export async function listNamespaces(
  cluster: Cluster,
  signal: AbortSignal,
): Promise<Result<{ readonly names: readonly string[]; readonly problem: Problem | null }>> {
  const answer = await request(cluster, {
    method: 'GET',
    path: '/api/v1/namespaces',
    // The smallest form there is: 10,000 names are a megabyte, with their metadata ten.
    query: [['includeObject', 'None']],
    headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
    asked: { verb: 'list', group: '', resource: 'namespaces', namespace: null, name: null },
    signal,
  })
  if (!answer.ok) return answer.problem.code === 'forbidden' ? ok({ names: [], problem: answer.problem }) : answer
  const list = objectOf(answer.value)
  return list.ok ? ok({ names: namesIn(list.value.object), problem: null }) : list
}

function namesIn({ rows, items, columnDefinitions }: JsonObject): readonly string[] {
  if (!isList(rows)) return objectsIn(items).flatMap(item => metadataText(item, 'name') ?? [])
  const at = objectsIn(columnDefinitions).findIndex(column => column.name === 'Name')
  return objectsIn(rows).flatMap(({ cells }) => {
    const name = isList(cells) ? cells[at] : undefined
    return typeof name === 'string' ? [name] : []
  })
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : []
}
