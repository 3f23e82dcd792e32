import type { LiveDryRun } from '../../../contract/live-dry-run.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import type { JsonObject } from '../../../core/json.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { stageOf } from '../../../core/problem-stage.ts'
import type { EditSession } from '../../../core/session.ts'
import type { Cluster } from '../clusters/connection.ts'
import { seeRead } from './follow.ts'
import { readLive } from './live.ts'
import type { OpenEdit } from './open-edit.ts'
import type { Pace } from './pace.ts'
import { changesAnything, completePlan, type Plan } from './plan.ts'
import { groundOf, objectMoved } from './prepare.ts'
import { sendWrite, type Written } from './write.ts'
import { maskWarnings, problemFacts, readText, runFor, type WriteOptions, writeFacts } from './write-facts.ts'

/** What dry runs without a review are made with, beside what every write has. */
export type LiveDryRuns = {
  readonly pace: Pace
  readonly isGuarded: (cluster: Cluster) => Promise<boolean>
  /** Edits whose server said that it cannot dry-run what they write. */
  readonly unsupported: WeakSet<OpenEdit>
}

type Ask = { readonly textVersion: number; readonly choice: WriteChoice }

/**
 * What the server says of the text as it is, before anybody asks for a review: the plan that a review would make of what is
 * known of the object, and one request, in its turn. `text-behind`: the host holds another text; and what is wrong with
 * the text.
 */
export async function dryRunLive(
  edit: OpenEdit,
  ask: Ask,
  write: WriteOptions,
  live: LiveDryRuns,
  signal: AbortSignal,
): Promise<Result<LiveDryRun>> {
  const off = await whyOff(edit, live)
  if (off !== null) return ok({ kind: 'off', why: off })
  return live.pace.turn(edit.cluster, signal, () => dryRunText(edit, ask, write, live, signal))
}

async function whyOff(edit: OpenEdit, { isGuarded, unsupported }: LiveDryRuns) {
  if (edit.readOnly !== null) return 'read-only'
  if (unsupported.has(edit)) return 'unsupported'
  return (await isGuarded(edit.cluster)) ? 'guarded' : null
}

async function dryRunText(
  edit: OpenEdit,
  ask: Ask,
  write: WriteOptions,
  live: LiveDryRuns,
  signal: AbortSignal,
): Promise<Result<LiveDryRun>> {
  const { session } = edit
  if (ask.textVersion !== session.textVersion) {
    return fail({ code: 'text-behind', hostVersion: session.textVersion })
  }
  // What a submit under way does to the object is not known yet.
  if (edit.writing !== null) return fail({ code: 'plan-stale' })
  const run = runFor(edit, session, write, signal)
  const edited = await readText(edit, session, run)
  if (!edited.ok) return edited
  const present = (problem: Problem, predicted: JsonObject | null) =>
    run('presentProblem', problemFacts(edit, session, problem, predicted))

  const asked = await askServer(edit, session, edited.value, ask.choice, write, signal)
  if (asked.kind === 'unplanned') return ok({ kind: 'unasked', problem: await present(asked.problem, null) })
  const { plan, answered } = asked
  if (answered === null) return ok({ kind: 'unchanged' })
  if (answered.ok) {
    const { object, warnings } = answered.value
    const masked = maskWarnings(edit, warnings, [plan.before, plan.merged, object])
    const { kind, secret } = edit
    const { text, view } = session
    return ok({
      kind: 'accepted',
      ...(await run('judge', { text, view, plan, answer: object, warnings: masked, kind, secret })),
    })
  }
  const { problem } = answered
  if (problem.code === 'rate-limited') live.pace.backOff(edit.cluster, problem.retryAfterSeconds)
  if (problem.code === 'timed-out') live.pace.backOff(edit.cluster, null)
  if (problem.code === 'dry-run-unsupported') {
    live.unsupported.add(edit)
    return ok({ kind: 'off', why: 'unsupported' })
  }
  return ok({ kind: isWordOfServer(problem) ? 'refused' : 'unasked', problem: await present(problem, plan.merged) })
}

type Asked =
  | { readonly kind: 'unplanned'; readonly problem: Problem }
  // `answered` is null where the plan changes nothing.
  | { readonly kind: 'planned'; readonly plan: Plan; readonly answered: Result<Written> | null }

/** Plans against what is known of the object, and dry-runs that; once more with the object read anew where it has moved. */
async function askServer(
  edit: OpenEdit,
  session: EditSession,
  edited: JsonObject,
  choice: WriteChoice,
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Asked> {
  const { makePlan } = writeFacts(edit, session, choice, write)
  const knowsLive = () => edit.session.live.kind === 'present' || session.origin.kind === 'create'
  for (let reads = 0; ; reads++) {
    if (reads > 0 || !knowsLive()) seeRead(edit, await readLive(edit.cluster, session.ref, signal))
    const current = { ...session, live: edit.session.live }
    const planned = await makePlan(groundOf(current), edited, choice, signal)
    if (!planned.ok) return { kind: 'unplanned', problem: planned.problem }
    const plan = completePlan(planned.value, current, edited)
    if (!changesAnything(plan)) return { kind: 'planned', plan, answered: null }
    const answered = await sendWrite(edit.cluster, plan.request, { dryRun: true }, signal)
    const moved = !answered.ok && objectMoved(answered.problem) && session.origin.kind !== 'create'
    if (!moved || reads > 0) return { kind: 'planned', plan, answered }
  }
}

const notOfTheText: ReadonlySet<string> = new Set(['rate-limit', 'authentication', 'conflict-of-version'])

/** Whether a refusal is about what was typed: not about who asks, how often, or when. */
function isWordOfServer(problem: Problem): boolean {
  const stage = stageOf(problem)
  return stage !== null && !notOfTheText.has(stage)
}
