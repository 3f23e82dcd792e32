import type { CellState, CreatePlace } from '../../../contract/create.ts'
import type { EditTarget } from '../../../contract/edit.ts'
import { diffObjects } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import { configurationOf } from '../../../core/manifest.ts'
import { metadataText, type ObjectRef } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { secretValues } from '../../../core/secret-text.ts'
import { isSecret } from '../../../core/secrets.ts'
import { isBookkeeping, plainView, viewObject } from '../../../core/view.ts'
import type { Cluster } from '../clusters/connection.ts'
import { createObject } from '../clusters/create.ts'
import { findKindOf } from '../clusters/discovery.ts'
import { clusterIdentity } from '../clusters/identity.ts'
import { openApiAddress } from '../clusters/openapi.ts'
import type { WriteRequest } from '../editing/plan.ts'
import { creationRequest } from '../editing/plan-creation.ts'
import { readKindSchema } from '../editing/read-schema.ts'
import type { KindSchema } from '../editing/schema.ts'
import type { Work } from '../editing/work.ts'
import type { Document } from './documents.ts'
import { makerOfKind, makerOfNamespace } from './order.ts'

/** A checked creation: the request that is sent as it is, and what the server said that it would make of it. */
export type Checked = {
  readonly ref: ObjectRef
  readonly object: JsonObject
  readonly request: WriteRequest
  readonly promised: JsonObject
  readonly kindSchema: KindSchema
}

/** What a check ends with; `checked` where the request may be sent. */
export type Check = { readonly state: CellState; readonly checked: Checked | null }

/** What checks work with. */
export type CheckFacts = {
  readonly cluster: Cluster
  readonly place: CreatePlace
  readonly documents: readonly Document[]
  readonly fieldManager: string
  readonly work: Work
  readonly signal: AbortSignal
}

/**
 * Dry-runs the creation of one document in one place, as it would be sent. What only an earlier document can make possible
 * is `later`. `made`: those that have been created by now, which nothing has to wait for any more.
 */
export async function checkDocument(index: number, facts: CheckFacts, made: ReadonlySet<number>): Promise<Check> {
  const { documents, cluster, signal } = facts
  const document = documents[index]
  if (document === undefined) throw new Error(`no document ${index}`)
  const { object } = document
  if (object === null) return refused(document.shown.problem ?? { code: 'yaml-empty' })
  const planned = await planCreation(object, facts)
  const objects = documents.map(one => one.object)
  if (!planned.ok) {
    const maker = planned.problem.code === 'resource-unknown' ? makerOfKind(objects, apiOf(object)) : null
    if (maker !== null && !made.has(maker))
      return { state: { kind: 'later', needs: 'kind', document: maker }, checked: null }
    return refused(document.shift(planned.problem))
  }
  const { ref, kindSchema } = planned.value
  const answer = await sendCreation(cluster, planned.value, { dryRun: true }, signal)
  const { namespace } = ref
  if (answer.ok) {
    const promised = answer.value.object
    const added = diffObjects(planned.value.object, viewObject(promised, plainView), kindSchema.schema)
    const { warnings } = answer.value
    const count = added.filter(({ path }) => !isBookkeeping(path) && path[0] !== 'status').length
    const state = { kind: 'ready', namespace, basis: 'server', warnings, added: count } as const
    return { state, checked: { ...planned.value, promised } }
  }
  const { problem } = answer
  if (problem.code === 'already-exists')
    return { state: { kind: 'exists', object: targetOf(cluster, ref) }, checked: null }
  if (problem.code === 'dry-run-unsupported') {
    const state = { kind: 'ready', namespace, basis: 'prediction', warnings: [], added: 0 } as const
    return { state, checked: { ...planned.value, promised: planned.value.object } }
  }
  const maker = isMissingNamespace(problem, namespace) ? makerOfNamespace(objects, namespace ?? '') : null
  if (maker !== null && maker !== index && !made.has(maker)) {
    return { state: { kind: 'later', needs: 'namespace', document: maker }, checked: null }
  }
  return refused(await present(problem, document, planned.value, facts))
}

/** Sends a planned creation, for real or as a dry run. The values of a Secret are quoted by no problem and no warning. */
export function sendCreation(
  cluster: Cluster,
  { object, request }: Pick<Checked, 'object' | 'request'>,
  { dryRun }: { readonly dryRun: boolean },
  signal: AbortSignal,
): ReturnType<typeof createObject> {
  const { type, namespace, name, body, fieldManager } = request
  const secrets = isSecret(object) ? secretValues(object) : []
  const options = { body, fieldManager, dryRun, secrets }
  return createObject(cluster, type, { namespace, name: name || null }, options, signal)
}

/** A problem as the page may have it: on its lines in the whole text, and without a Secret's values. */
export async function present(
  problem: Problem,
  { text, shift }: Document,
  { object, kindSchema }: Pick<Checked, 'object' | 'kindSchema'>,
  { work, signal }: Pick<CheckFacts, 'work' | 'signal'>,
): Promise<Problem> {
  const secrets = isSecret(object) ? [object] : null
  const input = { text, view: plainView, problem, predicted: object, secrets }
  return shift(await work.run('presentProblem', input, { kindSchema, size: text.length, signal }))
}

/** Where a created object is, or the one that has its name. */
export function targetOf({ context }: Cluster, ref: ObjectRef): EditTarget {
  const { group, version, resource, namespace, name } = ref
  return { context, group, version, resource, namespace, name, subresource: null }
}

/** Whether a refusal says that there is no such namespace. */
export function isMissingNamespace(problem: Problem, namespace: string | null): boolean {
  return problem.code === 'not-found' && problem.asked.resource === 'namespaces' && problem.asked.name === namespace
}

type Planned = Omit<Checked, 'promised'>

async function planCreation(
  object: JsonObject,
  { cluster, place, fieldManager, signal }: CheckFacts,
): Promise<Result<Planned>> {
  const found = await findKindOf(cluster, apiOf(object), signal)
  if (!found.ok) return found
  const { group, version, resource, kind, namespaced, verbs } = found.value
  if (!verbs.includes('create')) return fail({ code: 'verb-unsupported', verb: 'create', resource })
  const own = metadataText(object, 'namespace') || null
  const namespace = namespaced ? (own ?? place.namespace ?? cluster.namespace ?? 'default') : null
  // A name yet to be generated is the server's to choose.
  const name = metadataText(object, 'name') ?? ''
  const target = { context: place.context, group, version, resource, namespace, name, subresource: null }
  const [identity, address] = await Promise.all([
    clusterIdentity(cluster, signal),
    openApiAddress(cluster, target, signal),
  ])
  if (!identity.ok) return identity
  const ref = { cluster: identity.value, group, version, resource, kind, namespace, name, uid: '' }
  const sent = configurationOf(ref, object)
  const kindSchema = await readKindSchema(cluster, { address, target, object: sent }, signal)
  const request = creationRequest(ref, sent, fieldManager)
  return ok({ ref, object: sent, request, kindSchema })
}

function apiOf({ apiVersion, kind }: JsonObject): { readonly apiVersion: string; readonly kind: string } {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') throw new Error('a document that says what it is')
  return { apiVersion, kind }
}

function refused(problem: Problem): Check {
  return { state: { kind: 'refused', problem }, checked: null }
}
