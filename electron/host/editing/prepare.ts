import type { WriteChoice } from '../../../contract/strategy.ts'
import type { JsonObject } from '../../../core/json.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import { type EditSession, type Live, step } from '../../../core/session.ts'
import type { Cluster } from '../clusters/connection.ts'
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

/**
 * Reads what the server has now, plans the edited object against it and dry-runs the plan: a plan is never made
 * against a watch that may be behind. While the object is read, the same is tried with what is known of it already
 * (unless `moved`); that counts only if the version just read is the same, and spares a round trip as a rule. When the
 * object moves in between, all of it is done again, a few times.
 */
export async function prepare(
  session: EditSession,
  edited: JsonObject,
  facts: WriteFacts,
  { moved, signal }: { readonly moved: boolean; readonly signal: AbortSignal },
): Promise<Preparation> {
  for (let attempt = 1; ; attempt++) {
    const mayBeCurrent = attempt === 1 && !moved && session.live.kind === 'present'
    const [current, ahead] = await Promise.all([
      withLive(session, facts, signal),
      mayBeCurrent ? tryPlan(session, edited, facts, signal) : null,
    ])
    const known = ahead !== null && isSameVersion(session.live, current.live)
    const tried = known ? ahead : await tryPlan(current, edited, facts, signal)
    const again =
      !tried.ok && session.origin.kind !== 'create' && tried.predicted !== null && objectMoved(tried.problem)
    if (!again || attempt === mostAttempts) return tried
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
  signal: AbortSignal,
): Promise<Preparation> {
  const planned = await facts.makePlan(groundOf(session), edited, facts.choice, signal)
  if (!planned.ok) return { ...planned, predicted: null }
  const plan = completePlan(planned.value, session, edited)
  if (!changesAnything(plan)) return ok({ plan, dryRun: nothingChanges(plan) })
  const dryRun = await dryRunPlan(facts.cluster, plan, signal)
  return dryRun.ok ? ok({ plan, dryRun: dryRun.value }) : { ...dryRun, predicted: plan.merged }
}

/** Without the text, which is long and says nothing here. */
function groundOf({ ref, origin, view, textVersion, live }: EditSession): PlanGround {
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
  return { basis: 'server', answer: plan.before, empty: plan.before, warnings: [] }
}
