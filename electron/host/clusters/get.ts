import { type JsonObject, parseJson } from '../../../core/json.ts'
import { isList, isObject, type ResourceType } from '../../../core/object.ts'
import { depthLimit, isTooDeep } from '../../../core/patch/values.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { type Answer, type Cluster, request } from './connection.ts'
import { type At, askedFor, collectionPath, nameSelector, objectPath } from './path-of.ts'

/** An object as the server sent it, no digit lost, with the texts of its Warning headers. */
export type ObjectAnswer = { readonly object: JsonObject; readonly warnings: readonly string[] }

/** Reads one object (or its subresource) from the server, never from its watch cache. */
export async function getObject(
  cluster: Cluster,
  type: ResourceType,
  at: At,
  signal: AbortSignal,
): Promise<Result<ObjectAnswer>> {
  const asked = askedFor('get', type, at)
  const answer = await request(cluster, { method: 'GET', path: objectPath(type, at), asked, signal })
  return answer.ok ? objectOf(answer.value) : answer
}

/** An object's metadata alone, where the server gives it so; the whole object where it does not. Not of subresources. */
export async function getMetadata(
  cluster: Cluster,
  type: ResourceType,
  at: At,
  signal: AbortSignal,
): Promise<Result<ObjectAnswer>> {
  const headers = { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json' }
  const asked = askedFor('get', type, at)
  const answer = await request(cluster, { method: 'GET', path: objectPath(type, at), headers, asked, signal })
  return answer.ok ? objectOf(answer.value) : answer
}

/**
 * An object as it was at one version, null where it was not there; without `apiVersion` and `kind`, as lists give them.
 * Asked as a list by name, which rights by resourceNames cover too. `expired` where the server has forgotten that version.
 */
export async function getObjectAt(
  cluster: Cluster,
  type: ResourceType,
  { namespace, name }: At,
  resourceVersion: string,
  signal: AbortSignal,
): Promise<Result<JsonObject | null>> {
  const query = [
    ['fieldSelector', nameSelector(name)],
    ['resourceVersion', resourceVersion],
    ['resourceVersionMatch', 'Exact'],
  ] as const
  const asked = askedFor('list', type, { namespace, name })
  const answer = await request(cluster, { method: 'GET', path: collectionPath(type, namespace), query, asked, signal })
  const list = answer.ok ? objectOf(answer.value) : answer
  if (!list.ok) return list
  const { items } = list.value.object
  const [item] = isList(items) ? items : []
  return ok(isObject(item) ? item : null)
}

/**
 * The object in an answer's body. `server-error` where the body is none, as behind a login page; `too-deep` where it nests
 * so deep that nobody could print or compare it.
 */
export function objectOf({ body, warnings, status }: Answer): Result<ObjectAnswer> {
  const parsed = parseJson(body)
  if (!parsed.ok || !isObject(parsed.value)) {
    return fail({ code: 'server-error', status, message: 'the answer is not a JSON object' })
  }
  if (isTooDeep(parsed.value)) return fail({ code: 'too-deep', limit: depthLimit })
  return ok({ object: parsed.value, warnings })
}
