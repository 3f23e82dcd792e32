import type { JsonObject } from '../../../core/json.ts'
import { ok, type Problem } from '../../../core/problem.ts'
import { type EditSession, type Live, step } from '../../../core/session.ts'
import type { Cluster } from '../clusters/connection.ts'
import { pause } from '../streams.ts'
import { readLive } from './live.ts'
import { changesAnything, makePlan, type PatchWays, type Plan, type PlanId } from './plan.ts'
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
  readonly ways: PatchWays
  readonly fieldManager: string
  readonly newPlanId: () => PlanId
  readonly onLive: (live: Live) => void
}

/** Another write can come between any read and the request planned on it; this often the read is done again. */
export const mostAttempts = 6

/** Milliseconds before the second attempt; later ones wait longer. */
const firstWait = 20

/** Whether an answer says that the object is not what the plan was made against: reading it tells what it is now. */
export function objectMoved(problem: Problem): boolean {
  return problem.code === 'version-conflict' || problem.code === 'uid-conflict' || problem.code === 'not-found'
}

/** Waits before another attempt, longer each time. */
export function waitForAttempt(attempt: number, signal: AbortSignal): Promise<void> {
  return pause(firstWait * attempt, signal)
}

/**
 * Reads what the server has now, plans the edited object against it and dry-runs the plan: a plan is never made
 * against a watch that may be behind. When the object moves in between, all of it is done again, a few times.
 */
export async function prepare(
  session: EditSession,
  edited: JsonObject,
  facts: WriteFacts,
  signal: AbortSignal,
): Promise<Preparation> {
  for (let attempt = 1; ; attempt++) {
    const current = await withLive(session, facts, signal)
    const plan = makePlan(facts.newPlanId(), current, edited, facts.ways)
    if (!plan.ok) return { ...plan, predicted: null }
    if (!changesAnything(plan.value)) return ok({ plan: plan.value, dryRun: nothingChanges(plan.value) })
    const dryRun = await dryRunPlan(facts.cluster, plan.value, facts.fieldManager, signal)
    if (dryRun.ok) return ok({ plan: plan.value, dryRun: dryRun.value })
    if (session.origin.kind === 'create' || !objectMoved(dryRun.problem) || attempt === mostAttempts) {
      return { ...dryRun, predicted: plan.value.merged }
    }
    await waitForAttempt(attempt, signal)
  }
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
