import { ownChoice } from '../../../contract/own-choice.ts'
import type { QuickAsk, QuickItem, QuickItemState, QuickObject } from '../../../contract/quick.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import { applyQuickEdit } from '../../../core/quick/apply.ts'
import { type QuickFacts, quickFacts } from '../../../core/quick/offers.ts'
import type { QuickEdit } from '../../../core/quick/quick-edit.ts'
import { openSession } from '../../../core/session.ts'
import { openingView, viewObject } from '../../../core/view.ts'
import type { Cluster } from '../clusters/connection.ts'
import { begin, newSessionId } from '../editing/begin.ts'
import { deltaOf } from '../editing/delta.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { type OpenedTarget, openTarget } from '../editing/open-target.ts'
import { reviewEdit } from '../editing/review-edit.ts'
import { showChange } from '../editing/show.ts'
import { submitEdit } from '../editing/submit-edit.ts'
import type { WriteOptions } from '../editing/write-facts.ts'
import { findRevision } from './revisions.ts'

/** What is known of one object of a run, beside its state. */
export type Told = Omit<QuickItem, 'object' | 'kind' | 'state'>

/** Nothing is known yet. */
export const nothingTold: Told = { changes: [], more: 0, fates: [], owners: [], warnings: [] }

/** An object that was read, and planned where something was asked for; `edit` where that can be sent. */
export type Checked = {
  readonly kind: string
  readonly facts: QuickFacts
  readonly state: QuickItemState
  readonly told: Told
  readonly edit: OpenEdit | null
}

const mostChanges = 30

/**
 * Reads an object anew, makes the change in its text, and reviews that as any edit is reviewed. A person who may only
 * scale it scales it by its `scale`. The problem is why it cannot be read.
 */
export async function checkOne(
  cluster: Cluster,
  object: QuickObject,
  ask: QuickAsk | null,
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Result<Checked>> {
  const opened = await openTarget(cluster, object, signal)
  if (!opened.ok) return opened
  if (object.uid !== null && object.uid !== opened.value.snapshot.uid) {
    return { ok: false, problem: { code: 'object-replaced', uid: opened.value.snapshot.uid } }
  }
  const facts = quickFacts(opened.value.snapshot.object)
  const read = { kind: opened.value.ref.kind, facts, told: nothingTold, edit: null }
  if (ask === null) return ok({ ...read, state: { kind: 'read' } })
  const target = await throughScale(cluster, object, opened.value, ask, signal)
  if (!target.ok) return ok({ ...read, state: { kind: 'refused', problem: target.problem } })
  const edit = await resolve(cluster, target.value, ask, signal)
  if (!edit.ok) return ok({ ...read, state: barred(edit.problem) })
  return ok({ ...read, ...(await planOne(cluster, target.value, edit.value, write, signal)) })
}

/** The Scale of an object, where its replicas are asked for and there is no other way to them. */
async function throughScale(
  cluster: Cluster,
  object: QuickObject,
  opened: OpenedTarget,
  ask: QuickAsk,
  signal: AbortSignal,
): Promise<Result<OpenedTarget>> {
  const isOffered = ask.kind === 'scale' && opened.subresources.includes('scale')
  const hasWay = opened.readOnly === null && quickFacts(opened.snapshot.object).kinds.includes('scale')
  return isOffered && !hasWay ? openTarget(cluster, { ...object, subresource: 'scale' }, signal) : ok(opened)
}

async function resolve(
  cluster: Cluster,
  target: OpenedTarget,
  ask: QuickAsk,
  signal: AbortSignal,
): Promise<Result<QuickEdit>> {
  return ask.kind === 'rollback' ? findRevision(cluster, target, ask.revision, signal) : ok(ask)
}

async function planOne(
  cluster: Cluster,
  target: OpenedTarget,
  edit: QuickEdit,
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Pick<Checked, 'state' | 'told' | 'edit'>> {
  const { ref, snapshot, kindSchema } = target
  const base = viewObject(snapshot.object, openingView)
  const applied = applyQuickEdit(base, edit)
  if (!applied.ok) return { state: barred(applied.problem), told: nothingTold, edit: null }
  if (applied.value === base) return { state: { kind: 'unchanged' }, told: nothingTold, edit: null }
  const input = { object: applied.value, view: openingView }
  const text = await write.work.run('print', input, { kindSchema, size: 0, signal })
  const session = openSession(newSessionId(), ref, snapshot, openingView, text)
  const open = begin(cluster.context, cluster, target, session)
  const review = await reviewEdit(open, { textVersion: session.textVersion, choice: ownChoice }, write, signal)
  if (!review.ok) return { state: { kind: 'refused', problem: review.problem }, told: nothingTold, edit: null }
  if (!review.value.changesAnything) return { state: { kind: 'unchanged' }, told: nothingTold, edit: null }
  return { state: { kind: 'ready', again: false, basis: review.value.basis }, told: toldOf(open), edit: open }
}

/** What the review of an object says in short. */
function toldOf({ reviewed, session, kindSchema, secret }: OpenEdit): Told {
  if (reviewed === null) return nothingTold
  const { review, prepared } = reviewed
  const changes = deltaOf(prepared, session, kindSchema.schema).filter(({ path }) => path[0] !== 'status')
  return {
    changes: changes.slice(0, mostChanges).map(change => showChange(change, secret)),
    more: Math.max(0, changes.length - mostChanges),
    fates: review.fates.filter(({ fate }) => fate === 'ignored' || fate === 'overridden'),
    owners: review.owners,
    warnings: review.warnings.map(({ message }) => message),
  }
}

/** Sends what was reviewed of one object, by the way of every edit. Ends with what became of it. */
export async function sendOne(
  open: OpenEdit,
  ask: { readonly acknowledged: boolean; readonly confirmation: string | null; readonly reason: string | null },
  write: WriteOptions,
): Promise<Pick<Checked, 'state' | 'told'>> {
  const told = toldOf(open)
  const plan = open.reviewed?.review.plan ?? ''
  const created = () => {
    throw new Error('a quick edit creates nothing')
  }
  const submitted = await submitEdit(open, { plan, ...ask }, { ...write, created })
  if (!submitted.ok) {
    const { problem } = submitted
    return { state: { kind: problem.code === 'outcome-unknown' ? 'unknown' : 'failed', problem }, told }
  }
  const { value } = submitted
  if (value.kind === 'review-again') {
    return { state: { kind: 'ready', again: true, basis: value.review.basis }, told: toldOf(open) }
  }
  const { mergedIn, differences, warnings } = value
  return { state: { kind: 'saved', mergedIn, differences }, told: { ...told, warnings } }
}

function barred(problem: Problem): QuickItemState {
  return { kind: problem.code === 'quick-edit-unfit' ? 'unfit' : 'refused', problem }
}
