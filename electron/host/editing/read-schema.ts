import type { JsonObject } from '../../../core/json.ts'
import type { GroupVersionKind } from '../../../core/patch/openapi-operations.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { readOpenApi } from '../clusters/openapi.ts'
import { type KindSchema, kindIn, nothingKnown, restoreKindSchema, type SchemaTarget } from './schema.ts'

/** Of each cluster, the kinds asked for last: the small part of their documents that speaks of them. */
const held = new WeakMap<Cluster, Map<string, KindSchema>>()
const kindsInMemory = 32

/**
 * A document up to this many characters is read here, in some 15 ms (the largest of Kubernetes' own has 1.6 million); a longer
 * one in the worker: 10 MiB would hold up all streams for most of a second.
 */
const longestInProcess = 2_000_000

/** What is asked for: by which document (`openApiAddress`, which is asked while the object is read), for which object. */
type Asked = { readonly address: Result<string>; readonly target: SchemaTarget; readonly object: JsonObject }

/**
 * How objects of an object's kind are patched, by what the cluster's OpenAPI says; where that cannot be asked or says
 * nothing, `nothingKnown`. A kind is read once for each version of its document.
 */
export async function readKindSchema(
  cluster: Cluster,
  { address, target, object }: Asked,
  signal: AbortSignal,
): Promise<KindSchema> {
  if (!address.ok) return nothingKnown
  const kind = kindOf(object)
  const known = held.get(cluster) ?? new Map<string, KindSchema>()
  held.set(cluster, known)
  const { group, version, resource, namespace, subresource } = target
  const key = JSON.stringify([address.value, kind, group, version, resource, namespace === null, subresource])
  const found = known.get(key) ?? (await readThrough(cluster, address.value, kind, target, signal))
  if (found === null) return nothingKnown
  known.delete(key)
  known.set(key, found)
  const [oldest] = known.keys()
  if (known.size > kindsInMemory && oldest !== undefined) known.delete(oldest)
  return found
}

/** Null where the document cannot be read, which is asked for again. */
async function readThrough(
  cluster: Cluster,
  address: string,
  kind: GroupVersionKind,
  target: SchemaTarget,
  signal: AbortSignal,
): Promise<KindSchema | null> {
  const pick = async (document: string): Promise<Result<KindSchema>> => {
    const { group, version, resource, namespace, subresource } = target
    const input = { document, kind, target: { group, version, resource, namespace, subresource } }
    const said =
      document.length <= longestInProcess
        ? kindIn(document, kind, target)
        : await cluster.work.run('kind', input, { kindSchema: nothingKnown, size: document.length, signal })
    return said.ok ? ok(restoreKindSchema(said.value)) : said
  }
  const read = await readOpenApi(cluster, address, pick, signal)
  return read.ok && read.value.ok ? read.value.value : null
}

function kindOf({ apiVersion, kind }: JsonObject): GroupVersionKind {
  const [version = '', group = ''] = (typeof apiVersion === 'string' ? apiVersion : '').split('/').reverse()
  return { group, version, kind: typeof kind === 'string' ? kind : '' }
}
