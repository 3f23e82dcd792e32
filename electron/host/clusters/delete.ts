import type { DeleteOptions } from '../../../contract/delete.ts'
import { printJson } from '../../../core/json.ts'
import type { ResourceType } from '../../../core/object.ts'
import type { Result } from '../../../core/problem.ts'
import type { Cluster } from './connection.ts'
import type { ObjectAnswer } from './get.ts'
import { sendWrite } from './patch.ts'
import { type At, askedFor, objectPath } from './path-of.ts'

/** How one object is deleted: only if it is that one, and, with `resourceVersion`, only as it was read. */
export type Deletion = Omit<DeleteOptions, 'version'> & {
  readonly uid: string
  readonly resourceVersion: string | null
}

/**
 * Deletes an object, or dry-runs that. Answers the object as it is now, where it is still there, else a Status.
 * `uid-conflict` and `version-conflict` where it is not the one that was meant; `outcome-unknown` as in `patchObject`.
 */
export function deleteObject(
  cluster: Cluster,
  type: ResourceType,
  at: At,
  /** `secrets`: values that no problem and no warning may quote, a Secret's. */
  options: { readonly body: string; readonly dryRun: boolean; readonly secrets: readonly string[] },
  signal: AbortSignal,
): Promise<Result<ObjectAnswer>> {
  return sendWrite(cluster, {
    method: 'DELETE',
    path: objectPath(type, at),
    // The server reads the options from the body alone where there is one; this one is for the write gate.
    query: options.dryRun ? [['dryRun', 'All']] : [],
    body: options.body,
    mediaType: 'application/json',
    asked: askedFor('delete', type, at),
    writes: !options.dryRun,
    secrets: options.secrets,
    signal,
  })
}

/** The DeleteOptions of a deletion, as JSON text. */
export function deleteBody({ propagation, grace, uid, resourceVersion }: Deletion, dryRun: boolean): string {
  return printJson({
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagation,
    ...(grace === null ? {} : { gracePeriodSeconds: grace }),
    preconditions: { uid, ...(resourceVersion === null ? {} : { resourceVersion }) },
    ...(dryRun ? { dryRun: ['All'] } : {}),
  })
}
