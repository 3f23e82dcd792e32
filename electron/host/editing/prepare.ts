import type { WriteChoice } from '../../../contract/strategy.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText, snapshotOf } from '../../../core/object.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import { type EditSession, type Live, step } from '../../../core/session.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObjectAt } from '../clusters/get.ts'
import { pause } from '../streams.ts'
import { readLive } from './live.ts'
import { changesAnything, completePlan, type Plan, type PlanGround, type Planned } from './plan.ts'
import type { DryRun } from './review.ts'
import { dryRunPlan } from './write.ts'

/** A plan with the answer to its dry run: what the person reviews, and what is sent. */
export type Prepared = { readonly plan: Plan; readonly dryRun: DryRun }

/** A preparation, or why there is none. `predicted` is the object that the server refused, null where it was not asked. */
export type Preparation =
  | { readonly ok: true; readonly value: Prepared }
  | { readonly ok: false; readonly problem: Problem; readonly predicted: JsonObject | null }

/** A preparation that may be tried again. `body` is the request that was refused, null where none was sent. */
type Tried =
  | { readonly ok: true; readonly value: Prepared }
  | {
      readonly ok: false
      readonly problem: Problem
      readonly predicted: JsonObject | null
      readonly body: string | null
    }

/** What every plan of one edit is made with. `onLive` hears what was read. */
export type WriteFacts = {
  readonly cluster: Cluster
  /** How the person wants it written. */
  readonly choice: WriteChoice
  readonly makePlan: (
    ground: PlanGround,
    edited: JsonObject,
    choice: WriteChoice,
    signal: AbortSignal,
  ) => Promise<Result<Planned>>
  readonly onLive: (live: Live) => void
}

/** Another write can come between any read and the request planned on it; this often the read is done again. */
export const mostAttempts = 6

/** Milliseconds before the third attempt; later ones wait longer, and the second is made at once. */
const firstWait = 20

/**
 * Whether an answer says, or may say, that the object is not what the plan was made against: reading it tells what it is
 * now. A JSON Patch's failed `test` is a refusal without a cause.
 */
export function objectMoved(problem: Problem): boolean {
  if (problem.code === 'invalid') return problem.causes.length === 0
  return problem.code === 'version-conflict' || problem.code === 'uid-conflict' || problem.code === 'not-found'
}

/** Waits after an attempt, longer each time. */
export function waitForAttempt(attempt: number, signal: AbortSignal): Promise<void> {
  return pause(firstWait * (attempt - 1), signal)
}

/** After so many conflicts the object is taken for one that moves faster than a version can guard. */
const conflictsUntilValue = 2

/** How a preparation begins. `moved`: what is known of the object is known to be old. `conflicts`: so many there were already. */
type Beginning = { readonly moved: boolean; readonly conflicts?: number; readonly signal: AbortSignal }

/**
 * Reads what the server has now, plans the edited object against it and dry-runs the plan: a plan is never made
 * against a watch that may be behind. While the object is read, the same is tried with what is known of it already
 * (unless `moved`); that counts only if the version just read is the same, and spares a round trip as a rule. When the
 * object moves in between, all of it is done again, a few times; soon guarded by value, where the person left that open.
 */
export async function prepare(
  session: EditSession,
  edited: JsonObject,
  facts: WriteFacts,
  { moved, conflicts = 0, signal }: Beginning,
): Promise<Preparation> {
  let refused: string | null = null
  for (let attempt = 1; ; attempt++) {
    const mayBeCurrent = attempt === 1 && !moved && session.live.kind === 'present'
    const moving = conflicts + attempt > conflictsUntilValue
    const [current, ahead] = await Promise.all([
      withLive(session, facts, signal),
      mayBeCurrent ? tryPlan(session, edited, facts, { moving, signal }) : null,
    ])
    const known = ahead !== null && isSameVersion(session.live, current.live)
    const tried = known ? ahead : await tryPlan(current, edited, facts, { moving, signal })
    if (tried.ok || session.origin.kind === 'create' || tried.body === null || !objectMoved(tried.problem)) return tried
    // The same request once more, of an object read anew, and refused without a cause: it is the request that is not wanted.
    if (attempt === mostAttempts || (tried.problem.code === 'invalid' && tried.body === refused)) return tried
    refused = tried.body
    await waitForAttempt(attempt, signal)
  }
}

function isSameVersion(a: Live, b: Live): boolean {
  if (a.kind !== 'present' || b.kind !== 'present') return false
  return a.snapshot.uid === b.snapshot.uid && a.snapshot.resourceVersion === b.snapshot.resourceVersion
}

/** Plans against what the session takes for live, and dry-runs the plan. */
async function tryPlan(
  session: EditSession,
  edited: JsonObject,
  facts: WriteFacts,
  { moving, signal }: { readonly moving: boolean; readonly signal: AbortSignal },
): Promise<Tried> {
  const planned = await makePlan(session, edited, facts, { moving, signal })
  if (!planned.ok) return { ...planned, predicted: null, body: null }
  const plan = planned.value
  if (!changesAnything(plan)) return ok({ plan, dryRun: nothingChanges(plan) })
  const dryRun = await dryRunPlan(facts.cluster, plan, signal)
  if (!dryRun.ok) return { ...dryRun, predicted: plan.merged, body: plan.request.body }
  const prepared = { plan, dryRun: dryRun.value }
  return ok(plan.guard === 'version' ? prepared : await onAnsweredVersion(prepared, session, edited, facts, signal))
}

/** As it was chosen; for a moving object by value, where nothing else was chosen and such a patch can be made. */
async function makePlan(
  session: EditSession,
  edited: JsonObject,
  facts: WriteFacts,
  { moving, signal }: { readonly moving: boolean; readonly signal: AbortSignal },
): Promise<Result<Plan>> {
  const { choice } = facts
  const isOpen = choice.guard === null && (choice.strategy === null || choice.strategy === 'json')
  if (moving && isOpen && session.origin.kind !== 'create') {
    const byValue = { ...choice, strategy: 'json', guard: 'value' } as const
    const planned = await facts.makePlan(groundOf(session), edited, byValue, signal)
    if (planned.ok) return ok({ ...completePlan(planned.value, session, edited), choice })
  }
  const planned = await facts.makePlan(groundOf(session), edited, choice, signal)
  return planned.ok ? ok(completePlan(planned.value, session, edited)) : planned
}

/**
 * A write that no version guards is dry-run on whatever stands there by then. Its answer names that version: planned
 * against just that one, if the request comes out the same, nothing that others did in between looks like mine.
 */
async function onAnsweredVersion(
  prepared: Prepared,
  session: EditSession,
  edited: JsonObject,
  facts: WriteFacts,
  signal: AbortSignal,
): Promise<Prepared> {
  const { plan, dryRun } = prepared
  const answered = metadataText(dryRun.answer, 'resourceVersion')
  // The list of the collection holds whole objects, which other subresources' are not.
  const isWhole = session.ref.subresource === undefined || session.ref.subresource === 'status'
  if (dryRun.basis !== 'server' || answered === null || answered === plan.live?.resourceVersion || !isWhole) {
    return prepared
  }
  const met = await getObjectAt(facts.cluster, session.ref, session.ref, answered, signal)
  if (!met.ok || met.value === null) return prepared
  const live = snapshotOf({ ...pickType(plan.before), ...met.value })
  if (live.uid !== session.ref.uid) return prepared
  const asMet: EditSession = { ...session, live: { kind: 'present', snapshot: live } }
  const planned = await makePlan(asMet, edited, facts, { moving: true, signal })
  if (!planned.ok || planned.value.request.body !== plan.request.body) return prepared
  return { plan: planned.value, dryRun }
}

/** What objects in a list come without. */
function pickType({ apiVersion, kind }: JsonObject): JsonObject {
  return { ...(apiVersion === undefined ? {} : { apiVersion }), ...(kind === undefined ? {} : { kind }) }
}

/** What a plan is made from: without the text, which is long and says nothing here. */
export function groundOf({ ref, origin, view, textVersion, live }: EditSession): PlanGround {
  return { ref, origin, view, textVersion, live }
}

async function withLive(session: EditSession, facts: WriteFacts, signal: AbortSignal): Promise<EditSession> {
  if (session.origin.kind === 'create') return session
  const live = await readLive(facts.cluster, session.ref, signal)
  facts.onLive(live)
  const next = step(session, { kind: 'liveChanged', live })
  if (!next.ok) throw new Error(`what is live can always be taken in: ${next.problem.code}`)
  return next.value
}

function nothingChanges(plan: Plan): DryRun {
  return { basis: 'server', answer: plan.before, empty: plan.before, warnings: [], refusals: [] }
}
