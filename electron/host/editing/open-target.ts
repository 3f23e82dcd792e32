import type { ResourceKind } from '../../../contract/browse.ts'
import type { EditTarget } from '../../../contract/edit.ts'
import { metadataText, type ObjectRef, type Snapshot, snapshotOf } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { editableSubresources } from '../../../core/subresources.ts'
import { askAccess } from '../clusters/access.ts'
import type { Cluster } from '../clusters/connection.ts'
import { findKind } from '../clusters/discovery.ts'
import { getObject } from '../clusters/get.ts'
import { clusterIdentity } from '../clusters/identity.ts'
import { openApiAddress } from '../clusters/openapi.ts'
import { askedFor } from '../clusters/path-of.ts'
import { readKindSchema } from './read-schema.ts'
import type { KindSchema } from './schema.ts'
import { subresourceVerbs } from './strategies/served.ts'

/** An object read for editing, with all that its edit needs to know of its kind and of this person's rights. */
export type OpenedTarget = {
  readonly ref: ObjectRef
  readonly snapshot: Snapshot
  readonly kind: ResourceKind
  readonly kindSchema: KindSchema
  readonly readOnly: Problem | null
  /** The subresources that can be edited by themselves: where the object cannot be, those that this person may patch. */
  readonly subresources: readonly string[]
}

/** Reads an object for editing. Whether it may be patched is asked before the edit is offered, with the verb really used. */
export async function openTarget(
  cluster: Cluster,
  target: EditTarget,
  signal: AbortSignal,
): Promise<Result<OpenedTarget>> {
  // All at once: opening costs one round trip, once the cluster's kinds and schemas are known.
  const [kind, identity, read, address, access] = await Promise.all([
    findKind(cluster, target, signal),
    clusterIdentity(cluster, signal),
    getObject(cluster, target, target, signal),
    openApiAddress(cluster, target, signal),
    mayWrite(cluster, 'patch', target, signal),
  ])
  if (!kind.ok) return kind
  if (!identity.ok) return identity
  if (!read.ok) return read
  const { object } = read.value
  // Some served things are computed at every read (metrics, component statuses): there is nothing to patch.
  if (metadataText(object, 'uid') === null || metadataText(object, 'resourceVersion') === null) {
    return fail({ code: 'verb-unsupported', verb: 'patch', resource: target.resource })
  }
  const snapshot = snapshotOf(object)
  const { group, version, resource, subresource } = target
  const ref: ObjectRef = {
    cluster: identity.value,
    group,
    version,
    resource,
    kind: typeof object.kind === 'string' ? object.kind : kind.value.kind,
    namespace: metadataText(object, 'namespace'),
    name: target.name,
    uid: snapshot.uid,
    ...(subresource === null ? {} : { subresource }),
  }
  const kindSchema = await readKindSchema(cluster, { address, target, object }, signal)
  const readOnly = unpatchable(target, kind.value) ?? access
  const subresources = await subresourcesToEdit(cluster, target, kind.value, readOnly, signal)
  return ok({ ref, snapshot, kind: kind.value, kindSchema, readOnly, subresources })
}

/** What offers itself beside the whole object; who may not patch that may still be allowed to scale it. */
async function subresourcesToEdit(
  cluster: Cluster,
  target: EditTarget,
  kind: ResourceKind,
  readOnly: Problem | null,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (target.subresource !== null) return []
  const served = editableSubresources(kind.subresources)
  if (readOnly?.code !== 'forbidden') return served
  const refused = await Promise.all(
    served.map(subresource => mayWrite(cluster, 'patch', { ...target, subresource }, signal)),
  )
  return served.filter((_, index) => refused[index] === null)
}

/** The problem of a kind that nobody can patch, null for any other. */
function unpatchable(target: EditTarget, kind: ResourceKind): Problem | null {
  const verbs = target.subresource === null ? kind.verbs : subresourceVerbs(kind, target.subresource)
  return verbs.includes('patch') ? null : { code: 'verb-unsupported', verb: 'patch', resource: target.resource }
}

/** Why this person cannot patch or create the object, null when they can. Where the server cannot be asked, the attempt will tell. */
export async function mayWrite(
  cluster: Cluster,
  verb: 'patch' | 'create',
  target: EditTarget,
  signal: AbortSignal,
): Promise<Problem | null> {
  const asked = askedFor(verb, target, target)
  const [state, access] = await Promise.all([cluster.version(), askAccess(cluster, asked, signal)])
  if (state.kind === 'ready' && state.tooOld) return { code: 'server-too-old', version: state.version }
  if (!access.ok || access.value.allowed) return null
  return { code: 'forbidden', asked, message: access.value.reason }
}
