import type { ResourceKind } from '../../../contract/browse.ts'
import type { EditTarget } from '../../../contract/edit.ts'
import type { ManifestDocument, ManifestInput } from '../../../contract/manifest.ts'
import type { JsonObject } from '../../../core/json.ts'
import { type ManifestObject, missingNames } from '../../../core/manifest.ts'
import { metadataText } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { findKindOf } from '../clusters/discovery.ts'
import { clusterIdentity } from '../clusters/identity.ts'
import { openApiAddress } from '../clusters/openapi.ts'
import { beginManifest, beginManifestCreation } from './begin.ts'
import type { OpenEdit } from './open-edit.ts'
import { mayWrite, openTarget } from './open-target.ts'
import { readKindSchema } from './read-schema.ts'
import { nothingKnown } from './schema.ts'
import type { Work } from './work.ts'

/** An edit of the one object that a manifest holds, or what it holds. */
type Opened =
  | { readonly kind: 'opened'; readonly edit: OpenEdit }
  | { readonly kind: 'several'; readonly documents: readonly ManifestDocument[] }

/**
 * Opens a manifest's text against the object that it names: an edit of the origin `manifest`, or `create` where there is
 * none (or its name is yet to be generated). Fails with what is wrong with the text, `manifest-incomplete`,
 * `resource-unknown`, `namespace-changed`, and with what reading the object may answer.
 */
export async function openManifest(
  cluster: Cluster,
  { context, namespace, text }: ManifestInput,
  work: Work,
  signal: AbortSignal,
): Promise<Result<Opened>> {
  const options = { kindSchema: nothingKnown, size: text.length, signal }
  const objects = await work.run('readManifest', { text }, options)
  const [only] = objects
  if (only === undefined) return fail({ code: 'yaml-empty' })
  if (objects.length > 1) return ok({ kind: 'several', documents: objects.map(describe) })
  if (!only.ok) return fail(only.problem)

  const target = await targetOf(cluster, { context, namespace }, only.object, signal)
  if (!target.ok) return target
  const edit = await openOne(cluster, target.value, only, signal)
  return edit.ok ? ok({ kind: 'opened', edit: edit.value }) : edit
}

function describe(manifest: ManifestObject): ManifestDocument {
  const { text, line } = manifest
  const unnamed = { apiVersion: null, kind: null, namespace: null, name: null }
  if (!manifest.ok) return { text, line, ...unnamed, problem: manifest.problem }
  const { object } = manifest
  return {
    text,
    line,
    apiVersion: textOf(object.apiVersion),
    kind: textOf(object.kind),
    namespace: metadataText(object, 'namespace'),
    name: metadataText(object, 'name') ?? metadataText(object, 'generateName'),
    problem: null,
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

type Target = EditTarget & { readonly served: ResourceKind }

/** Which object a manifest names, its namespace completed as kubectl does it. (Go: cli-runtime's RequireNamespace.) */
async function targetOf(
  cluster: Cluster,
  asked: Pick<ManifestInput, 'context' | 'namespace'>,
  object: JsonObject,
  signal: AbortSignal,
): Promise<Result<Target>> {
  const { apiVersion, kind } = object
  const missing = missingNames(object)
  if (missing.length > 0 || typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return fail({ code: 'manifest-incomplete', missing })
  }
  const found = await findKindOf(cluster, { apiVersion, kind }, signal)
  if (!found.ok) return found
  const { group, version, resource, namespaced } = found.value
  const own = metadataText(object, 'namespace') || null
  if (namespaced && asked.namespace !== null && own !== null && own !== asked.namespace) {
    const path = ['metadata', 'namespace']
    return fail({ code: 'namespace-changed', expected: asked.namespace, found: own, path })
  }
  const namespace = namespaced ? (own ?? asked.namespace ?? cluster.namespace ?? 'default') : null
  // A name yet to be generated is the server's to choose.
  const name = metadataText(object, 'name') ?? ''
  const target = { context: asked.context, group, version, resource, namespace, name, subresource: null }
  return ok({ ...target, served: found.value })
}

async function openOne(
  cluster: Cluster,
  target: Target,
  { text, object }: Extract<ManifestObject, { ok: true }>,
  signal: AbortSignal,
): Promise<Result<OpenEdit>> {
  const opened = target.name === '' ? null : await openTarget(cluster, target, signal)
  if (opened?.ok) return ok(beginManifest(target.context, cluster, opened.value, text))
  if (opened !== null && !isAbsent(opened.problem)) return opened

  const [identity, address, access] = await Promise.all([
    clusterIdentity(cluster, signal),
    openApiAddress(cluster, target, signal),
    mayWrite(cluster, 'create', target, signal),
  ])
  if (!identity.ok) return identity
  const { context, group, version, resource, namespace, name, served } = target
  const ref = { cluster: identity.value, group, version, resource, kind: served.kind, namespace, name, uid: '' }
  const kindSchema = await readKindSchema(cluster, { address, target, object }, signal)
  const readOnly: Problem | null = served.verbs.includes('create')
    ? access
    : { code: 'verb-unsupported', verb: 'create', resource }
  return ok(
    beginManifestCreation(context, cluster, { kind: served, kindSchema, readOnly, subresources: [], ref }, text),
  )
}

function isAbsent(problem: Problem): boolean {
  return problem.code === 'not-found' && problem.asked.verb === 'get'
}
