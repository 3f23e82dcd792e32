import type { ResourceType } from '../../../core/object.ts'
import type { Result } from '../../../core/problem.ts'
import type { Cluster } from './connection.ts'
import type { ObjectAnswer } from './get.ts'
import { type PatchOptions, sendWrite } from './patch.ts'
import { type At, askedFor, objectPath, writeQuery } from './path-of.ts'

/** Replaces an object by its JSON text, strictly validated. Problems as `patchObject`'s; the verb asked for is `update`. */
export async function replaceObject(
  cluster: Cluster,
  type: ResourceType,
  at: At,
  options: Omit<PatchOptions, 'mediaType'>,
  signal: AbortSignal,
): Promise<Result<ObjectAnswer>> {
  return sendWrite(cluster, {
    method: 'PUT',
    path: objectPath(type, at),
    query: writeQuery(options),
    body: options.body,
    mediaType: 'application/json',
    asked: askedFor('update', type, at),
    writes: !options.dryRun,
    secrets: options.secrets ?? [],
    signal,
  })
}
