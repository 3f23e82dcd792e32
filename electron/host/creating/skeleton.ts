import type { Skeleton } from '../../../contract/create.ts'
import type { ResourceType } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import { makeSkeleton } from '../../../core/skeleton.ts'
import type { Cluster } from '../clusters/connection.ts'
import { findKind } from '../clusters/discovery.ts'
import { openApiDocument } from '../clusters/openapi.ts'

/** The text of a new object of a kind that the cluster serves. `resource-unknown`, and what asking for the kinds may answer. */
export async function readSkeleton(
  cluster: Cluster,
  { namespace, ...type }: ResourceType & { readonly namespace: string | null },
  signal: AbortSignal,
): Promise<Result<Skeleton>> {
  const [found, document] = await Promise.all([findKind(cluster, type, signal), openApiDocument(cluster, type, signal)])
  if (!found.ok) return found
  const { group, version, kind, namespaced } = found.value
  const within = namespaced ? (namespace ?? cluster.namespace ?? 'default') : null
  const text = makeSkeleton(document.ok ? document.value : null, { group, version, kind, namespace: within })
  return ok({ text, kind, schema: document.ok })
}
