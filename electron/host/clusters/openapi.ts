import { setImmediate as nextTurn } from 'node:timers/promises'
import { parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { type Answer, type Cluster, request } from './connection.ts'
import { readCached, writeCached } from './document-cache.ts'

/** A cluster's index of documents, as it was last. */
type Index = { readonly etag: string | null; readonly paths: ReadonlyMap<string, string> }

const known = new WeakMap<Cluster, Index>()

/**
 * Where the OpenAPI v3 document of a group version is now: another address whenever its content is another (as a rule: a
 * server may give addresses without a hash). `schema-unavailable` where the server has none.
 */
export async function openApiAddress(
  cluster: Cluster,
  of: { readonly group: string; readonly version: string },
  signal: AbortSignal,
): Promise<Result<string>> {
  const index = await readIndex(cluster, signal)
  if (!index.ok) return index
  const name = of.group === '' ? `api/${of.version}` : `apis/${of.group}/${of.version}`
  const address = index.value.get(name)
  return address === undefined
    ? fail({ code: 'schema-unavailable', detail: `no OpenAPI document for ${name}` })
    : ok(address)
}

/** The index is asked each time (a 304 as a rule), since definitions change. */
async function readIndex(cluster: Cluster, signal: AbortSignal): Promise<Result<ReadonlyMap<string, string>>> {
  const before = known.get(cluster)
  const headers = before?.etag ? { 'if-none-match': before.etag } : {}
  const answer = await get(cluster, '/openapi/v3', [], headers, signal)
  if (!answer.ok) {
    const { code } = answer.problem
    if (code !== 'not-found' && code !== 'resource-unknown' && code !== 'forbidden') return answer
    return fail({ code: 'schema-unavailable', detail: 'the server gives no OpenAPI v3' })
  }
  if (answer.value.status === 304 && before !== undefined) return ok(before.paths)
  const parsed = parseJson(answer.value.body)
  const paths = parsed.ok && isObject(parsed.value) && isObject(parsed.value.paths) ? parsed.value.paths : {}
  const addresses = Object.entries(paths).flatMap(([name, entry]) =>
    isObject(entry) && typeof entry.serverRelativeURL === 'string' ? [[name, entry.serverRelativeURL] as const] : [],
  )
  const index = { etag: answer.value.headers.etag ?? null, paths: new Map(addresses) }
  known.set(cluster, index)
  return ok(index.paths)
}

/**
 * Reads the JSON text of the document at an address that `openApiAddress` gave: from the cache folder, or from the server where
 * it is not there or `read` can make nothing of what is.
 */
export async function readOpenApi<Value>(
  cluster: Cluster,
  address: string,
  read: (text: string) => Promise<Result<Value>>,
  signal: AbortSignal,
): Promise<Result<Result<Value>>> {
  const url = new URL(address, 'https://server.invalid')
  const hash = url.searchParams.get('hash')
  // A hash is only believed from the cluster that gave it: another one could claim it for other content.
  const key = hash === null ? null : `${cluster.address}\0${url.pathname}\0${hash}`
  const cached = key === null ? null : await readCached(cluster.cacheFolder, key)
  const fromDisk = cached === null ? null : await read(cached)
  if (fromDisk?.ok) return ok(fromDisk)

  const answer = await get(cluster, url.pathname, [...url.searchParams], {}, signal)
  if (!answer.ok) return answer
  // Decoding many megabytes and handing them on are tens of milliseconds each: others have their turn between.
  await nextTurn()
  const value = await read(answer.value.body)
  if (value.ok && key !== null) await writeCached(cluster.cacheFolder, key, answer.value.body)
  return ok(value)
}

async function get(
  cluster: Cluster,
  path: string,
  query: readonly (readonly [string, string])[],
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Result<Answer>> {
  const asked = { verb: 'get', group: '', resource: path, namespace: null, name: null }
  const first = await request(cluster, { method: 'GET', path, query, headers, asked, signal })
  // A hash that changed meanwhile is a redirection to the new one.
  if (first.ok || first.problem.code !== 'server-error' || first.problem.status !== 301) return first
  return request(cluster, { method: 'GET', path, headers, asked, signal })
}
