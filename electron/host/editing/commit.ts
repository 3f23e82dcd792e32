import { randomUUID } from 'node:crypto'
import type { Submitting } from '../../../contract/edit.ts'
import type { Review, Submitted } from '../../../contract/review.ts'
import type { StepOf } from '../../../contract/steps.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { isList, metadataOf, type Snapshot } from '../../../core/object.ts'
import { valueAt } from '../../../core/path.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { maskText, secretValues } from '../../../core/secret-text.ts'
import { baseVersion, type EditSession, step } from '../../../core/session.ts'
import { openingView, textObject } from '../../../core/view.ts'
import { onlyAs } from '../clusters/connection.ts'
import { confirmedBy } from '../clusters/write-gate.ts'
import { savedSubmit } from '../converging/submitted.ts'
import { findMissingOwners } from '../dangers/missing-owners.ts'
import { beginAfterCreation, beginAfterManifestCreation } from './begin.ts'
import type { CommandFacts } from './command.ts'
import { afterStep, courseOf, leftBy, stepOf, unfinished } from './course.ts'
import { see } from './follow.ts'
import type { Journal, SubmitRecord } from './journal.ts'
import type { OpenEdit } from './open-edit.ts'
import type { PlanId } from './plan.ts'
import { type Prepared, prepare, type WriteFacts } from './prepare.ts'
import { askMayUpdate, waysOf } from './strategies/rights.ts'
import { waysAt } from './strategies/ways.ts'
import { type SubmitEnd, type SubmitFacts, submitPlan } from './submit.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'
import type { Work } from './work.ts'

/** What every write of this host has in common. */
export type WriteOptions = {
  readonly work: Work
  readonly journal: Journal
  readonly fieldManager: () => string
  /** Dangers that are not to be told of. */
  readonly dangersOff: () => readonly string[]
  /** True where kubectl, started by hand, would not find the kubeconfig that the app reads. */
  readonly kubeconfigGiven: boolean
}

/**
 * Makes the plan from that very text and dry-runs it. Sends nothing that lasts. `text-behind`: the host holds another
 * text.
 */
export async function reviewEdit(
  edit: OpenEdit,
  ask: { readonly textVersion: number; readonly choice: WriteChoice },
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Result<Review>> {
  if (ask.textVersion !== edit.session.textVersion) {
    return fail({ code: 'text-behind', hostVersion: edit.session.textVersion })
  }
  if (edit.readOnly !== null) return fail(edit.readOnly)
  // The very text that is reviewed, whatever is typed meanwhile.
  const { session } = edit
  const run = runFor(edit, session, write, signal)
  const edited = await readText(edit, session, run)
  if (!edited.ok) return edited
  const person = edit.cluster.person()
  const cluster = onlyAs(edit.cluster, person)
  const facts = { ...writeFacts(edit, session, ask.choice, write), cluster }
  const [prepared] = await Promise.all([
    prepare(session, edited.value, facts, { moved: false, signal }),
    askMayUpdate(edit, signal),
  ])
  if (!prepared.ok) {
    return fail(await run('presentProblem', problemFacts(edit, session, prepared.problem, prepared.predicted)))
  }
  return ok(await showReview(edit, session, { prepared: prepared.value, person }, write, signal))
}

/** The object that the edit's text says, or what is wrong with the text, as it may leave the host. */
export async function readText(edit: OpenEdit, session: EditSession, run: Run): Promise<Result<JsonObject>> {
  const { text, ref, view } = session
  const edited = await run('readEdited', { text, ref, view, of: identityOf(session), near: secretBase(edit, session) })
  return edited.ok ? edited : fail(await run('presentProblem', problemFacts(edit, session, edited.problem, null)))
}

type Run = <Name extends TaskName>(name: Name, input: TaskInput<Name>) => Promise<TaskOutput<Name>>

/** Does an edit's tasks on one text of it. */
export function runFor(edit: OpenEdit, session: EditSession, { work }: WriteOptions, signal: AbortSignal): Run {
  const options = { kindSchema: edit.kindSchema, size: session.text.length, signal }
  return (name, input) => work.run(name, input, options)
}

/** What the text must go on being: of an edit's base only as much as says which object it is. */
function identityOf({ origin }: EditSession): TaskInput<'readEdited'>['of'] {
  if (origin.kind !== 'edit') return { kind: origin.kind }
  const { object } = origin.base
  const metadata = pick(metadataOf(object), ['name', 'namespace', 'uid', 'resourceVersion'])
  return { kind: 'edit', base: { ...pick(object, ['apiVersion', 'kind']), metadata } }
}

/** What a Secret's values were, as the server writes them; null for any other kind. */
function secretBase(edit: OpenEdit, { origin }: EditSession): JsonObject | null {
  return edit.secret && origin.kind === 'edit' ? pick(origin.base.object, ['data']) : null
}

function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)))
}

/** What a problem of the edit is presented with. */
export function problemFacts(
  edit: OpenEdit,
  session: EditSession,
  problem: Problem,
  predicted: JsonObject | null,
): TaskInput<'presentProblem'> {
  const base = session.origin.kind === 'edit' ? [session.origin.base.object] : []
  const live = edit.session.live.kind === 'present' ? [edit.session.live.snapshot.object] : []
  return {
    text: session.text,
    view: session.view,
    problem,
    predicted,
    secrets: edit.secret ? [...base, ...live] : null,
  }
}

/** What every plan of the edit is made with. */
export function writeFacts(edit: OpenEdit, session: EditSession, choice: WriteChoice, write: WriteOptions): WriteFacts {
  const ways = waysOf(edit, write.fieldManager())
  return {
    cluster: edit.cluster,
    choice,
    makePlan: (ground, edited, chosen, signal) =>
      runFor(edit, session, write, signal)('plan', { id: newPlanId(), ground, edited, choice: chosen, ways }),
    onLive: live => see(edit, live),
  }
}

/** What the command of an edit's request says beside it. */
export function commandFacts(
  { context, cluster }: OpenEdit,
  { fieldManager, kubeconfigGiven }: WriteOptions,
): CommandFacts {
  return { context, actingAs: cluster.actingAs(), fieldManager: fieldManager(), kubeconfigGiven }
}

/** Makes the review of a plan, which from now on is the one that Submit may send. */
async function showReview(
  edit: OpenEdit,
  session: EditSession,
  { prepared, person }: { readonly prepared: Prepared; readonly person: string },
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Review> {
  const { plan, dryRun } = prepared
  edit.course = courseOf(edit.course, plan)
  const review = await runFor(
    edit,
    session,
    write,
    signal,
  )('review', {
    edit: session.id,
    text: session.text,
    view: session.view,
    // Only needed to tell who else changed what, where somebody did.
    base:
      session.origin.kind !== 'edit' || plan.taken.length + plan.overwrites.length === 0
        ? null
        : session.origin.base.object,
    plan,
    dryRun: { ...dryRun, warnings: maskWarnings(edit, dryRun.warnings, [plan.before, plan.merged, dryRun.answer]) },
    kind: edit.kind,
    ways: waysAt(waysOf(edit, write.fieldManager()), plan.request.subresource),
    mayUpdate: edit.mayUpdate.get(plan.request.subresource) ?? true,
    secret: edit.secret,
    command: commandFacts(edit, write),
    dangers: { off: write.dangersOff(), missingOwners: await findMissingOwners(edit.cluster, plan, signal) },
    done: edit.course?.done ?? [],
  })
  edit.reviewed = { prepared, person, review }
  return review
}

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

/** The server's warnings about a Secret may quote its values, as those of a policy that looks into `data`. */
export function maskWarnings(
  edit: OpenEdit,
  warnings: readonly string[],
  objects: readonly JsonObject[],
): readonly string[] {
  if (!edit.secret || warnings.length === 0) return warnings
  const values = objects.flatMap(secretValues)
  return warnings.map(warning => maskText(warning, values))
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

function newPlanId(): PlanId {
  // The one place where plan ids are made.
  return randomUUID() as PlanId
}
