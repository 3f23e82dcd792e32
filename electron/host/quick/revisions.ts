import type { Revision } from '../../../contract/quick.ts'
import { changeCause } from '../../../core/change-cause.ts'
import { mapAt, numberAt, textAt } from '../../../core/conditions.ts'
import { containersOf } from '../../../core/containers.ts'
import { diffObjects } from '../../../core/diff.ts'
import { type Json, type JsonObject, printJson } from '../../../core/json.ts'
import { isList, isObject, metadataOf, metadataText, type ResourceType } from '../../../core/object.ts'
import { selectorText } from '../../../core/object-selector.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { applyQuickEdit } from '../../../core/quick/apply.ts'
import { groupKind } from '../../../core/quick/places.ts'
import type { QuickEditOf } from '../../../core/quick/quick-edit.ts'
import { isTemplateOf, templateOfControllerRevision, templateOfReplicaSet } from '../../../core/quick/rollback.ts'
import type { Cluster } from '../clusters/connection.ts'
import { objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'
import { controllerOf } from '../converging/pods.ts'
import type { OpenedTarget } from '../editing/open-target.ts'
import { showChange, withoutBookkeeping } from '../editing/show.ts'

type Restore = QuickEditOf<'restore'>

/** A revision as it is kept, and by what. */
type Kept = { readonly edit: Restore; readonly keeper: JsonObject }

const replicaSets: ResourceType = { group: 'apps', version: 'v1', resource: 'replicasets' }
const controllerRevisions: ResourceType = { group: 'apps', version: 'v1', resource: 'controllerrevisions' }
const mostKept = 500
const mostChanges = 50

/** The edit that goes back to a revision, 0 for the one before the present, as `kubectl rollout undo` chooses it. */
export async function findRevision(
  cluster: Cluster,
  target: OpenedTarget,
  revision: number,
  signal: AbortSignal,
): Promise<Result<Restore>> {
  const kept = await keptRevisions(cluster, target, signal)
  if (!kept.ok) return kept
  const found = revision === 0 ? kept.value[1] : kept.value.find(({ edit }) => edit.revision === revision)
  if (found !== undefined) return ok(found.edit)
  const reason = revision === 0 ? 'no-history' : 'no-revision'
  return fail({ code: 'quick-edit-unfit', reason, detail: revision === 0 ? '' : String(revision) })
}

/** The revisions of a workload, newest first, each with what it would change. `quick-edit-unfit` for a kind that keeps none. */
export async function listRevisions(
  cluster: Cluster,
  target: OpenedTarget,
  signal: AbortSignal,
): Promise<Result<readonly Revision[]>> {
  const kept = await keptRevisions(cluster, target, signal)
  if (!kept.ok) return kept
  return ok(kept.value.map(one => showRevision(one, target)))
}

function showRevision({ edit, keeper }: Kept, { snapshot: { object }, kindSchema }: OpenedTarget): Revision {
  const applied = applyQuickEdit(object, edit)
  const changes = applied.ok ? withoutBookkeeping(diffObjects(object, applied.value, kindSchema.schema)) : []
  return {
    revision: edit.revision,
    name: metadataText(keeper, 'name') ?? '',
    created: metadataText(keeper, 'creationTimestamp'),
    cause: textAt(mapAt(metadataOf(keeper), 'annotations'), changeCause),
    images: containersOf({ spec: { template: edit.template } }).map(({ image }) => image),
    present: isTemplateOf(object, edit.template),
    changes: changes.slice(0, mostChanges).map(change => showChange(change, false)),
    more: Math.max(0, changes.length - mostChanges),
    // Templates are raw JSON; the edit holds nothing else.
    edit: printJson(edit as unknown as Json),
  }
}

/** Newest first. A Deployment's are its ReplicaSets, a DaemonSet's and a StatefulSet's ControllerRevisions. */
async function keptRevisions(
  cluster: Cluster,
  { snapshot: { object, uid }, ref }: OpenedTarget,
  signal: AbortSignal,
): Promise<Result<readonly Kept[]>> {
  const kind = groupKind(object)
  const isDeployment = kind === 'apps/Deployment'
  if (!isDeployment && kind !== 'apps/DaemonSet' && kind !== 'apps/StatefulSet') {
    return fail({ code: 'quick-edit-unfit', reason: 'no-history', detail: '' })
  }
  const call = {
    namespace: ref.namespace,
    labels: selectorText(mapAt(mapAt(object, 'spec'), 'selector')),
    fields: '',
    accept: 'application/json',
    limit: mostKept,
    continueToken: null,
  }
  const answer = await listChunk(cluster, isDeployment ? replicaSets : controllerRevisions, call, signal)
  const list = answer.ok ? objectOf(answer.value) : answer
  if (!list.ok) return list
  const { items } = list.value.object
  const own = (isList(items) ? items.filter(isObject) : []).filter(item => controllerOf(item)?.uid === uid)
  const kept = own.flatMap(keeper => (isDeployment ? keptByReplicaSet(keeper) : keptByRevision(keeper)))
  return ok(kept.sort((a, b) => b.edit.revision - a.edit.revision))
}

function keptByReplicaSet(keeper: JsonObject): readonly Kept[] {
  const annotations = mapAt(metadataOf(keeper), 'annotations')
  const revision = Number.parseInt(textAt(annotations, 'deployment.kubernetes.io/revision'), 10)
  // One that its controller has not numbered yet is no revision. (Go: deploymentRevision.)
  if (!Number.isSafeInteger(revision)) return []
  const texts = Object.entries(annotations).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))
  const template = templateOfReplicaSet(keeper)
  return [{ keeper, edit: { kind: 'restore', revision, template, annotations: Object.fromEntries(texts) } }]
}

function keptByRevision(keeper: JsonObject): readonly Kept[] {
  const revision = numberAt(keeper, 'revision')
  if (revision === null) return []
  const template = templateOfControllerRevision(keeper)
  return [{ keeper, edit: { kind: 'restore', revision, template, annotations: null } }]
}
