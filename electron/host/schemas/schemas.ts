import type { KindFields, SchemaState } from '../../../contract/schema.ts'
import type { ObjectRef } from '../../../core/object.ts'
import type { GroupVersionKind } from '../../../core/patch/openapi-operations.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { openApiAddress, readOpenApi } from '../clusters/openapi.ts'
import { nothingKnown } from '../editing/schema.ts'
import { watchSchema } from './watch-schema.ts'

/** A kind as one of a cluster's group versions serves it: of a Scale that is another one than its own. */
export type ServedAs = {
  readonly kind: GroupVersionKind
  readonly through: Pick<GroupVersionKind, 'group' | 'version'>
}

/** What clusters say of their kinds' fields. */
export type Schemas = {
  /** What a cluster's OpenAPI says of a kind now; null where it says nothing of it. What asking the server may answer. */
  readonly read: ReadSchema
  /** How that stands, now and whenever it changes, until the signal ends. */
  readonly watch: (cluster: Cluster, served: ServedAs, signal: AbortSignal) => AsyncGenerator<SchemaState, void>
}

export type ReadSchema = (cluster: Cluster, served: ServedAs, signal: AbortSignal) => Promise<Result<KindFields | null>>

/** A few hundred kilobytes each: the kinds that are being edited. */
const kindsInMemory = 12

/** Schemas of all clusters. The clusters' worker takes them out of their documents, which may be of many megabytes. */
export function createSchemas(): Schemas {
  /** By address and kind, the one used last at the end. */
  const known = new Map<string, KindFields | null>()

  const remember = (key: string, fields: KindFields | null) => {
    known.delete(key)
    known.set(key, fields)
    const [oldest] = known.keys()
    if (known.size > kindsInMemory && oldest !== undefined) known.delete(oldest)
  }

  const readThrough: ReadSchema = async (cluster, { kind, through }, signal) => {
    const address = await openApiAddress(cluster, through, signal)
    if (!address.ok) return address.problem.code === 'schema-unavailable' ? ok(null) : address
    const key = JSON.stringify([cluster.address, address.value, kind])
    const before = known.get(key)
    if (before !== undefined) {
      remember(key, before)
      return ok(before)
    }
    const pick = (document: string) =>
      cluster.work.run('kindFields', { document, kind }, { kindSchema: nothingKnown, size: document.length, signal })
    const read = await readOpenApi(cluster, address.value, pick, signal)
    if (!read.ok) return read
    if (!read.value.ok) return fail({ code: 'schema-unavailable', detail: 'the OpenAPI document is not JSON' })
    // Only an address with a hash is another one whenever its content is.
    if (address.value.includes('hash=')) remember(key, read.value.value)
    return read.value
  }

  const read: ReadSchema = async (cluster, served, signal) => {
    const found = await readThrough(cluster, served, signal)
    const { kind, through } = served
    if (!found.ok || found.value !== null || kind.group === through.group) return found
    return readThrough(cluster, { kind, through: kind }, signal)
  }
  return { read, watch: (cluster, served, signal) => watchSchema(read, cluster, served, signal) }
}

/** The kind of what is edited, in its own version or another served one (`version`). */
export function servedAs(ref: ObjectRef, version: string | null): ServedAs {
  const through = { group: ref.group, version: version ?? ref.version }
  const isScale = ref.subresource === 'scale'
  return {
    kind: isScale ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : { ...through, kind: ref.kind },
    through,
  }
}
