import type { Submitting } from '../../../contract/edit.ts'
import type { Submitted } from '../../../contract/review.ts'
import type { StepOf } from '../../../contract/steps.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { isList, metadataOf, type Snapshot } from '../../../core/object.ts'
import { valueAt } from '../../../core/path.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { baseVersion, type EditSession, step } from '../../../core/session.ts'
import { openingView, textObject } from '../../../core/view.ts'
import { onlyAs } from '../clusters/connection.ts'
import { confirmedBy } from '../clusters/write-gate.ts'
import { savedSubmit } from '../converging/submitted.ts'
import { beginAfterCreation, beginAfterManifestCreation } from './begin.ts'
import { afterStep, leftBy, stepOf, unfinished } from './course.ts'
import type { SubmitRecord } from './journal.ts'
import type { OpenEdit } from './open-edit.ts'
import type { Prepared } from './prepare.ts'
import { showReview } from './review-edit.ts'
import { type SubmitEnd, type SubmitFacts, submitPlan } from './submit.ts'
import { maskWarnings, problemFacts, runFor, type WriteOptions, writeFacts } from './write-facts.ts'

/** What the person says when submitting. `reason` is what the history keeps it with. */
export type Submission = {
  readonly plan: string
  readonly acknowledged: boolean
  readonly confirmation: string | null
  readonly reason: string | null
}

/** Sends the reviewed plan. `plan-stale`: the text or the plan is not the reviewed one any more. */
export async function submitEdit(
  edit: OpenEdit,
  ask: Submission,
  write: WriteOptions & { readonly created: (next: OpenEdit) => void },
): Promise<Result<Submitted>> {
  if (edit.writing !== null || edit.reviewed === null) return fail({ code: 'plan-stale' })
  const { prepared, person, review } = edit.reviewed
  const step = stepOf(edit.course, prepared.plan)
  const isCurrent = prepared.plan.id === ask.plan && prepared.plan.textVersion === edit.session.textVersion
  if (!isCurrent || !review.changesAnything) return fail({ code: 'plan-stale' })
  if (review.needsAcknowledgement && !ask.acknowledged) return fail({ code: 'fates-unacknowledged' })
  const stop = new AbortController()
  const onProgress = (progress: Submitting) => {
    edit.writing = { progress, stop }
    edit.changed.notify()
  }
  onProgress({ kind: 'sending', attempt: 1 })
  try {
    const { session } = edit
    const { schema } = edit.kindSchema
    const cluster = confirmedBy(onlyAs(edit.cluster, person), ask.confirmation)
    const common = writeFacts(edit, session, prepared.plan.choice, write)
    const progress = { onProgress, stop: stop.signal }
    const record = write.journal.begin(edit, ask.reason, step)
    const journal: Pick<SubmitFacts, 'onSending' | 'onEnded'> = { onSending: record.sending, onEnded: record.ended }
    const facts = { ...common, ...progress, ...journal, cluster, session, schema, secret: edit.secret }
    // Not the page's own signal: a page that leaves must not cut a write off from its answer.
    const { signal } = edit.life
    const end = await submitPlan(prepared, facts, signal)
    if (end.ok) return ok(await conclude(edit, { prepared, person }, session, end.value, { ...write, record, step }))
    // Whatever became of it, that very request is not sent once more.
    if (end.problem.code === 'outcome-unknown' || end.problem.code === 'not-written') edit.reviewed = null
    const refusal = problemFacts(edit, session, end.problem, prepared.plan.merged)
    const problem = await runFor(edit, session, write, signal)('presentProblem', refusal)
    record.failed(problem)
    return fail(problem)
  } finally {
    edit.writing = null
    edit.changed.notify()
    if (edit.discarded) edit.life.abort()
  }
}

/** What the end of a submit is told to. */
type Conclusion = {
  readonly created: (next: OpenEdit) => void
  readonly record: SubmitRecord
  readonly step: StepOf | null
}

async function conclude(
  edit: OpenEdit,
  reviewed: { readonly prepared: Prepared; readonly person: string },
  session: EditSession,
  end: SubmitEnd,
  write: WriteOptions & Conclusion,
): Promise<Submitted> {
  if (end.kind === 'again') {
    write.record.dropped()
    const again = { prepared: end.prepared, person: reviewed.person }
    const review = await showReview(edit, session, again, write, edit.life.signal)
    return { kind: 'review-again', review, reason: 'answer-differs' }
  }
  const { answer, basis, edited, kind, plan, ...told } = end
  const steps = afterStep(edit.course, write.step, leftBy(reviewed.prepared.plan), answer.resourceVersion)
  edit.course = unfinished(steps)
  const warnings = maskWarnings(edit, told.warnings, [edited, answer.object])
  edit.reviewed = null
  const next = session.origin.kind === 'create' ? await afterCreation(edit, edited, answer, write) : edit
  const deleted = isDeletedByThis(answer)
  next.submitted = deleted ? null : savedSubmit(reviewed.prepared.plan, answer, edit.kindSchema.schema)
  if (next === edit) keepAnswer(edit, edited, answer)
  else write.created(next)
  const { attempts, differences, mergedIn } = told
  write.record.written(plan, answer, { attempts, basis, differences, mergedIn, warnings })
  return {
    kind,
    ...told,
    warnings,
    base: printJson(textObject(answer.object, edit.session.view)),
    baseVersion: answer.resourceVersion,
    edit: next.session.id,
    deleted,
    steps: steps && { done: steps.done, left: steps.left },
    saved: edit.course !== null ? printJson(textObject(edited, edit.session.view)) : null,
  }
}

async function afterCreation(
  edit: OpenEdit,
  edited: JsonObject,
  answer: Snapshot,
  write: WriteOptions,
): Promise<OpenEdit> {
  const { origin } = edit.session
  if (origin.kind === 'create' && origin.becomes === 'manifest') return beginAfterManifestCreation(edit, answer, edited)
  const run = runFor(edit, edit.session, write, edit.life.signal)
  return beginAfterCreation(edit, answer, await run('print', { object: answer.object, view: openingView }))
}

function keepAnswer(edit: OpenEdit, edited: JsonObject, answer: Snapshot): void {
  const next = step(edit.session, { kind: 'saved', fromBase: baseVersion(edit.session), edited, answer })
  if (!next.ok) throw new Error(`the base cannot move while a submit is under way: ${next.problem.code}`)
  edit.session = next.value
  edit.saved = answer
  edit.changed.notify()
}

/** Taking the last finalizer of an object that is being deleted answers 200, and then there is no object. */
function isDeletedByThis({ object }: Snapshot): boolean {
  const { deletionTimestamp, finalizers } = metadataOf(object)
  const held = [finalizers, object.kind === 'Namespace' ? valueAt(object, ['spec', 'finalizers']) : undefined]
  return deletionTimestamp !== undefined && !held.some(list => isList(list) && list.length > 0)
}
