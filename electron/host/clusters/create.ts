import type { ResourceType } from '../../../core/object.ts'
import type { Result } from '../../../core/problem.ts'
import type { Cluster } from './connection.ts'
import type { ObjectAnswer } from './get.ts'
import { type PatchOptions, sendWrite } from './patch.ts'
import { collectionPath, writeQuery } from './path-of.ts'

/** Creates an object from its JSON text, strictly validated. Problems as `patchObject`'s, and `already-exists`. */
export async function createObject(
  cluster: Cluster,
  type: ResourceType,
  at: { readonly namespace: string | null; readonly name: string | null },
  options: Omit<PatchOptions, 'mediaType'>,
  signal: AbortSignal,
): Promise<Result<ObjectAnswer>> {
  const { group, resource } = type
  return sendWrite(cluster, {
    method: 'POST',
    path: collectionPath(type, at.namespace),
    query: writeQuery(options),
    body: options.body,
    mediaType: 'application/json',
    asked: { verb: 'create', group, resource, namespace: at.namespace, name: at.name },
    writes: !options.dryRun,
    secrets: options.secrets ?? [],
    signal,
  })
}
