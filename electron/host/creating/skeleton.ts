import type { Skeleton } from '../../../contract/create.ts'
import type { ResourceType } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import { makeSkeleton } from '../../../core/skeleton.ts'
import type { Cluster } from '../clusters/connection.ts'
import { findKind } from '../clusters/discovery.ts'
import { openApiAddress, readOpenApi } from '../clusters/openapi.ts'
import { nothingKnown } from '../editing/schema.ts'

/** The text of a new object of a kind that the cluster serves. `resource-unknown`, and what asking for the kinds may answer. */
export async function readSkeleton(
  cluster: Cluster,
  { namespace, ...type }: ResourceType & { readonly namespace: string | null },
  signal: AbortSignal,
): Promise<Result<Skeleton>> {
  const [found, address] = await Promise.all([findKind(cluster, type, signal), openApiAddress(cluster, type, signal)])
  if (!found.ok) return found
  const { group, version, kind, namespaced } = found.value
  const within = namespaced ? (namespace ?? cluster.namespace ?? 'default') : null
  const made = { group, version, kind, namespace: within }
  const write = (document: string) =>
    cluster.work.run('skeleton', { document, kind: made }, { kindSchema: nothingKnown, size: document.length, signal })
  const read = address.ok ? await readOpenApi(cluster, address.value, write, signal) : address
  const written = read.ok ? read.value : read
  return ok({ text: written.ok ? written.value : makeSkeleton(null, made), kind, schema: written.ok })
}
