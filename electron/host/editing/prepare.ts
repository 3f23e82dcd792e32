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
  readonly fieldManager: string
  readonly makePlan: (ground: PlanGround, edited: JsonObject, signal: AbortSignal) => Promise<Result<Planned>>
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
    const planned = await facts.makePlan(groundOf(current), edited, signal)
    if (!planned.ok) return { ...planned, predicted: null }
    const plan = completePlan(planned.value, current, edited)
    if (!changesAnything(plan)) return ok({ plan, dryRun: nothingChanges(plan) })
    const dryRun = await dryRunPlan(facts.cluster, plan, facts.fieldManager, signal)
    if (dryRun.ok) return ok({ plan, dryRun: dryRun.value })
    if (session.origin.kind === 'create' || !objectMoved(dryRun.problem) || attempt === mostAttempts) {
      return { ...dryRun, predicted: plan.merged }
    }
    await waitForAttempt(attempt, signal)
  }
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
