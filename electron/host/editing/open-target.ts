import type { ResourceKind } from '../../../contract/browse.ts'
import type { EditTarget } from '../../../contract/edit.ts'
import { metadataText, type ObjectRef, type Snapshot, snapshotOf } from '../../../core/object.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import { askAccess } from '../clusters/access.ts'
import type { Cluster } from '../clusters/connection.ts'
import { findKind } from '../clusters/discovery.ts'
import { getObject } from '../clusters/get.ts'
import { clusterIdentity } from '../clusters/identity.ts'
import { askedFor } from '../clusters/path-of.ts'
import { type KindSchema, schemaOfKind } from './schema.ts'

/** An object read for editing, with all that its edit needs to know of its kind and of this person's rights. */
export type OpenedTarget = {
  readonly ref: ObjectRef
  readonly snapshot: Snapshot
  readonly kind: ResourceKind
  readonly kindSchema: KindSchema
  readonly readOnly: Problem | null
}

/** Reads an object for editing. Whether it may be patched is asked before the edit is offered, with the verb really used. */
export async function openTarget(
  cluster: Cluster,
  target: EditTarget,
  signal: AbortSignal,
): Promise<Result<OpenedTarget>> {
  const [kind, identity, read] = await Promise.all([
    findKind(cluster, target, signal),
    clusterIdentity(cluster, signal),
    getObject(cluster, target, target, signal),
  ])
  if (!kind.ok) return kind
  if (!identity.ok) return identity
  if (!read.ok) return read
  const { object } = read.value
  const [kindSchema, readOnly] = await Promise.all([
    schemaOfKind(cluster, target, object, signal),
    whyReadOnly(cluster, target, kind.value, signal),
  ])
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
  return ok({ ref, snapshot, kind: kind.value, kindSchema, readOnly })
}

/** Why this person cannot patch the object, null when they can. Where the server cannot be asked, the attempt will tell. */
async function whyReadOnly(
  cluster: Cluster,
  target: EditTarget,
  kind: ResourceKind,
  signal: AbortSignal,
): Promise<Problem | null> {
  const verbs = target.subresource === null ? kind.verbs : subresourceVerbs(kind, target.subresource)
  if (!verbs.includes('patch')) return { code: 'verb-unsupported', verb: 'patch', resource: target.resource }
  const state = await cluster.version()
  if (state.kind === 'ready' && state.tooOld) return { code: 'server-too-old', version: state.version }
  const asked = askedFor('patch', target, target)
  const access = await askAccess(cluster, asked, signal)
  if (!access.ok || access.value.allowed) return null
  return { code: 'forbidden', asked, message: access.value.reason }
}

function subresourceVerbs(kind: ResourceKind, name: string): readonly string[] {
  return kind.subresources.find(subresource => subresource.name === name)?.verbs ?? []
}
