import { type Json, parseJson } from '../../../../core/json.ts'
import type { Result } from '../../../../core/problem.ts'
import type { Cluster } from '../../../../electron/host/clusters/connection.ts'
import { openApiAddress, readOpenApi } from '../../../../electron/host/clusters/openapi.ts'

/** The OpenAPI v3 document of one group version, whole. */
export async function openApiDocument(
  cluster: Cluster,
  of: { readonly group: string; readonly version: string },
  signal: AbortSignal,
): Promise<Result<Json>> {
  const address = await openApiAddress(cluster, of, signal)
  if (!address.ok) return address
  const read = await readOpenApi(cluster, address.value, async text => parseJson(text), signal)
  return read.ok ? read.value : read
}
