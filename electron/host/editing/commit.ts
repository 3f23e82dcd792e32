import { randomUUID } from 'node:crypto'
import type { Review, Submitted } from '../../../contract/edit.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { isList, metadataOf, type Snapshot } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { baseVersion, step } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'
import { beginAfterCreation } from './begin.ts'
import { see } from './follow.ts'
import { type OpenEdit, presentProblem, readEdited } from './open-edit.ts'
import type { PlanId } from './plan.ts'
import { type Prepared, prepare, type WriteFacts } from './prepare.ts'
import { makeReview } from './review.ts'
import { type SubmitEnd, submitPlan } from './submit.ts'

/** What every write of this host has in common. */
export type WriteOptions = {
  readonly fieldManager: () => string
  /** True where kubectl, started by hand, would not find the kubeconfig that the app reads. */
  readonly kubeconfigGiven: boolean
}

/**
 * Makes the plan from that very text and dry-runs it. Sends nothing that lasts. `text-behind`: the host holds another
 * text.
 */
export async function reviewEdit(
  edit: OpenEdit,
  textVersion: number,
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Result<Review>> {
  if (textVersion !== edit.session.textVersion) {
    return fail({ code: 'text-behind', hostVersion: edit.session.textVersion })
  }
  if (edit.readOnly !== null) return fail(edit.readOnly)
  const edited = readEdited(edit)
  if (!edited.ok) return fail(presentProblem(edit, edited.problem, null))
  const prepared = await prepare(edit.session, edited.value, writeFacts(edit, write), signal)
  if (!prepared.ok) return fail(presentProblem(edit, prepared.problem, prepared.predicted))
  return ok(showReview(edit, prepared.value, write))
}

function writeFacts(edit: OpenEdit, write: WriteOptions): WriteFacts {
  return {
    cluster: edit.cluster,
    ways: edit.kindSchema,
    fieldManager: write.fieldManager(),
    newPlanId,
    onLive: live => see(edit, live),
  }
}

/** Makes the review of a plan, which from now on is the one that Submit may send. */
function showReview(edit: OpenEdit, prepared: Prepared, write: WriteOptions): Review {
  const review = makeReview(edit.session, prepared.plan, prepared.dryRun, {
    schema: edit.kindSchema.schema,
    kind: edit.kind,
    secret: edit.secret,
    command: { context: edit.context, fieldManager: write.fieldManager(), kubeconfigGiven: write.kubeconfigGiven },
  })
  edit.reviewed = { prepared, review }
  return review
}

/** Sends the reviewed plan. `plan-stale`: the text or the plan is not the reviewed one any more. */
export async function submitEdit(
  edit: OpenEdit,
  ask: { readonly plan: string; readonly acknowledged: boolean },
  write: WriteOptions & { readonly created: (next: OpenEdit) => void },
): Promise<Result<Submitted>> {
  if (edit.writing || edit.reviewed === null) return fail({ code: 'plan-stale' })
  const { prepared, review } = edit.reviewed
  const isCurrent = prepared.plan.id === ask.plan && prepared.plan.textVersion === edit.session.textVersion
  if (!isCurrent || !review.changesAnything) return fail({ code: 'plan-stale' })
  if (review.needsAcknowledgement && !ask.acknowledged) return fail({ code: 'fates-unacknowledged' })
  edit.writing = true
  try {
    const facts = { ...writeFacts(edit, write), session: edit.session, secret: edit.secret }
    // Not the page's own signal: a page that leaves must not cut a write off from its answer.
    const end = await submitPlan(prepared, facts, edit.life.signal)
    if (end.ok) return ok(conclude(edit, end.value, write))
    return fail(presentProblem(edit, end.problem, prepared.plan.merged))
  } finally {
    edit.writing = false
  }
}

function conclude(
  edit: OpenEdit,
  end: SubmitEnd,
  write: WriteOptions & { readonly created: (next: OpenEdit) => void },
): Submitted {
  if (end.kind === 'again') {
    return { kind: 'review-again', review: showReview(edit, end.prepared, write), reason: 'answer-differs' }
  }
  const { answer, edited, kind, ...told } = end
  edit.reviewed = null
  const next = edit.session.origin.kind === 'create' ? beginAfterCreation(edit, answer) : edit
  if (next === edit) keepAnswer(edit, edited, answer)
  else write.created(next)
  return {
    kind,
    ...told,
    base: printJson(viewObject(answer.object, edit.session.view)),
    baseVersion: answer.resourceVersion,
    edit: next.session.id,
    deleted: isDeletedByThis(answer),
  }
}

function keepAnswer(edit: OpenEdit, edited: JsonObject, answer: Snapshot): void {
  const next = step(edit.session, { kind: 'saved', fromBase: baseVersion(edit.session) ?? '', edited, answer })
  if (!next.ok) throw new Error(`the base cannot move while a submit is under way: ${next.problem.code}`)
  edit.session = next.value
  edit.saved = answer
  edit.changed.notify()
}

/** Taking the last finalizer of an object that is being deleted answers 200, and then there is no object. */
function isDeletedByThis(answer: Snapshot): boolean {
  const { deletionTimestamp, finalizers } = metadataOf(answer.object)
  return deletionTimestamp !== undefined && (!isList(finalizers) || finalizers.length === 0)
}

function newPlanId(): PlanId {
  // The one place where plan ids are made.
  return randomUUID() as PlanId
}
