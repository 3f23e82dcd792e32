import type { FieldChange, ForeignChange, Submitting } from '../../../contract/edit.ts'
import type { Guard } from '../../../contract/strategy.ts'
import { type Change, diffObjects } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText, type Snapshot, snapshotOf } from '../../../core/object.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { startsWithPath } from '../../../core/path.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import type { EditSession } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'
import { pause } from '../streams.ts'
import { deltaOf, sameDelta } from './delta.ts'
import { type Settled, settleLost } from './lost-answer.ts'
import type { PlanId } from './plan.ts'
import { mostAttempts, objectMoved, type Prepared, prepare, type WriteFacts, waitForAttempt } from './prepare.ts'
import type { SentWrite } from './settle.ts'
import { foreignChanges, showChange, withoutBookkeeping } from './show.ts'
import { sendWrite, type Written } from './write.ts'

/** What a submit needs to know of the edit that it is for. `stop`: the person wants it to wait for nothing any longer. */
export type SubmitFacts = WriteFacts & {
  readonly session: EditSession
  readonly schema: PatchSchema | null
  readonly secret: boolean
  readonly onProgress: (progress: Submitting) => void
  readonly stop: AbortSignal
  /** Told before each request leaves; it is on disk when this returns. */
  readonly onSending: (prepared: Prepared) => void
  /** Told when a request is known to have done nothing: by the server's own word, or by the object. */
  readonly onEnded: (plan: PlanId, how: 'refused' | 'not-written') => void
}

/** How a submit ended. `again`: the object moved, and what the server would make of the edit now differs from what was reviewed. */
export type SubmitEnd =
  | {
      readonly kind: 'saved'
      /** The plan that was sent and written. */
      readonly plan: PlanId
      readonly answer: Snapshot
      /** `read`: the answer was lost, and this was read afterwards; others may have written too. */
      readonly basis: 'answer' | 'read'
      readonly edited: JsonObject
      readonly guard: Guard
      readonly differences: readonly FieldChange[]
      readonly mergedIn: readonly ForeignChange[]
      readonly attempts: number
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'again'; readonly prepared: Prepared }

/** A submit on its way. `doubted`: an attempt's outcome was in doubt, and nothing of it was there when it was looked for. */
type Course = {
  readonly reviewed: Prepared
  readonly facts: SubmitFacts
  readonly signal: AbortSignal
  current: Prepared
  attempts: number
  conflicts: number
  waits: number
  doubted: boolean
}

/**
 * Sends the reviewed plan. When the object has moved it reads, merges, plans and dry-runs anew, and sends the new plan
 * by itself only when its dry run gives the very delta that was reviewed. A server that asks to wait is waited for, a few
 * times. A request whose answer was lost is never repeated blindly: the object is read and compared. Fails with
 * `merge-conflict`, `object-gone`, `object-replaced`, `version-conflict` (after the last attempt), `not-written`,
 * `outcome-unknown`, `submit-stopped` and with whatever the server refuses.
 */
export async function submitPlan(
  reviewed: Prepared,
  facts: SubmitFacts,
  signal: AbortSignal,
): Promise<Result<SubmitEnd>> {
  const course = { reviewed, facts, signal, current: reviewed, attempts: 0, conflicts: 0, waits: 0, doubted: false }
  for (;;) {
    course.attempts++
    facts.onProgress({ kind: 'sending', attempt: course.attempts })
    facts.onSending(course.current)
    const sent = await sendWrite(facts.cluster, course.current.plan.request, { dryRun: false }, signal)
    if (sent.ok) return ok(saved(sent.value, 'answer', course))
    const end = await afterRefusal(sent.problem, course)
    if (end !== null) return end
  }
}

/** What a refusal, or an answer that never came, leads to: the submit's end, or null for another attempt. */
async function afterRefusal(problem: Problem, course: Course): Promise<Result<SubmitEnd> | null> {
  const { facts } = course
  const plan = course.current.plan.id
  if (isDoubtful(problem) || (course.doubted && clashes(problem))) {
    const settled = await settle(problem, course)
    if (settled.kind === 'written') return ok(saved({ object: settled.object, warnings: [] }, 'read', course))
    if (settled.kind === 'unknown') return fail(inDoubt(problem))
    facts.onEnded(plan, 'not-written')
    if (problem.code === 'outcome-unknown') return fail({ code: 'not-written', detail: problem.detail })
    course.doubted = true
  } else facts.onEnded(plan, 'refused')
  const seconds = secondsToWait(problem, course.waits)
  if (seconds !== null) return waitForServer(seconds, course)
  if (course.reviewed.plan.live === null || !objectMoved(problem)) return fail(problem)
  return followObject(problem, course)
}

/** Whether the server may have written what it answered so: its own words say neither that it did nor that it did not. */
function isDoubtful({ code }: Problem): boolean {
  return code === 'outcome-unknown' || code === 'server-error'
}

/** Whether a refusal may come from the write itself, arrived late. */
function clashes(problem: Problem): boolean {
  return objectMoved(problem) || problem.code === 'already-exists'
}

function inDoubt(problem: Problem): Problem {
  if (problem.code === 'outcome-unknown') return problem
  const detail = problem.code === 'server-error' ? `${problem.status}: ${problem.message}` : problem.code
  return { code: 'outcome-unknown', detail }
}

async function settle(problem: Problem, { current, facts, attempts, signal }: Course): Promise<Settled> {
  facts.onProgress({ kind: 'settling', attempt: attempts })
  return settleLost(sentWrite(current), facts, { mayArrive: problem.code === 'outcome-unknown', signal })
}

/** What a prepared write must be remembered by, so that a lost answer can be settled. */
export function sentWrite({ plan, dryRun }: Prepared): SentWrite {
  const { fieldManager } = plan.request
  return { live: plan.live?.object ?? null, merged: plan.merged, promised: dryRun.answer, fieldManager }
}

/** How often a server's wish to wait is granted in one submit, and for how many seconds at most each time. */
const mostWaits = 4
const longestWait = 30

/** How long to wait before the same request is sent again; null where waiting does not help, or was tried enough. */
function secondsToWait(problem: Problem, waits: number): number | null {
  if (waits === mostWaits) return null
  if (problem.code === 'rate-limited') {
    const seconds = problem.retryAfterSeconds ?? 2 ** waits
    return seconds <= longestWait ? seconds : null
  }
  return problem.code === 'server-error' && problem.status === 503 ? 2 ** waits : null
}

async function waitForServer(seconds: number, course: Course): Promise<Result<SubmitEnd> | null> {
  const { facts, signal } = course
  course.waits++
  facts.onProgress({ kind: 'waiting', attempt: course.attempts, seconds })
  // Spread a little: all who were asked to wait would come back at once.
  await pause(seconds * 1_000 * (1 + Math.random() / 8), AbortSignal.any([signal, facts.stop]))
  signal.throwIfAborted()
  return facts.stop.aborted ? fail({ code: 'submit-stopped' }) : null
}

/** The object is another one than the plan was made for: plans anew, and goes on only where the person has reviewed that very change. */
async function followObject(problem: Problem, course: Course): Promise<Result<SubmitEnd> | null> {
  const { reviewed, facts, signal } = course
  course.conflicts++
  if (course.conflicts === mostAttempts) return fail(problem)
  if (facts.stop.aborted) return fail({ code: 'submit-stopped' })
  facts.onProgress({ kind: 'preparing', attempt: course.attempts })
  await waitForAttempt(course.conflicts, signal)
  const moved = await prepare(facts.session, reviewed.plan.whole, facts, {
    moved: true,
    conflicts: course.conflicts,
    signal,
  })
  if (!moved.ok) return moved
  course.current = moved.value
  if (sameDelta(reviewed, course.current, facts.session, facts.schema)) return null
  return ok({ kind: 'again', prepared: course.current })
}

function saved(written: Written, basis: 'answer' | 'read', { reviewed, current, facts, attempts }: Course): SubmitEnd {
  const { plan } = current
  const told = plan.guard === 'version' || plan.live === null ? againstVersion : againstValues
  return {
    kind: 'saved',
    plan: current.plan.id,
    answer: snapshotOf(written.object),
    basis,
    edited: plan.edited,
    guard: plan.guard,
    ...told(written.object, current, reviewed, facts),
    attempts,
    warnings: written.warnings,
  }
}

type Told = { readonly differences: readonly FieldChange[]; readonly mergedIn: readonly ForeignChange[] }

/** The write met the very version that it was planned for: what differs from the dry run's answer is the server's doing. */
function againstVersion(
  answer: JsonObject,
  sent: Prepared,
  reviewed: Prepared,
  { session, schema, secret }: SubmitFacts,
): Told {
  const differences = differencesFromPromise(answer, sent, session, schema)
  const [before, after] = [reviewed.plan.live, sent.plan.live]
  if (before === null || after === null || before.resourceVersion === after.resourceVersion) {
    return { differences: differences.map(change => showChange(change, secret)), mergedIn: [] }
  }
  const changes = diffObjects(reviewed.plan.before, sent.plan.before, schema)
  return {
    differences: differences.map(change => showChange(change, secret)),
    mergedIn: foreignChanges(before.object, after.object, changes, { secret, schema }),
  }
}

/** The write met a version that nobody saw: what lies outside the reviewed change is others', unless it bears my name. */
function againstValues(
  answer: JsonObject,
  sent: Prepared,
  reviewed: Prepared,
  { session, schema, secret }: SubmitFacts,
): Told {
  const delta = deltaOf(sent, session, schema)
  const isMine = ({ path }: Change) =>
    delta.some(change => startsWithPath(path, change.path) || startsWithPath(change.path, path))
  const since = diffObjects(reviewed.plan.before, viewObject(answer, session.view), schema)
  const outside = foreignChanges(
    reviewed.plan.live?.object ?? {},
    answer,
    since.filter(change => !isMine(change)),
    { secret, schema },
  )
  const { fieldManager } = sent.plan.request
  return {
    differences: [
      ...differencesFromPromise(answer, sent, session, schema)
        .filter(isMine)
        .map(change => showChange(change, secret)),
      ...outside.filter(({ manager }) => manager === fieldManager).map(({ manager: _, ...change }) => change),
    ],
    mergedIn: outside.filter(({ manager }) => manager !== fieldManager),
  }
}

/** What of its metadata each creation gets anew: also the name, where that is generated. */
function chosenNames(object: JsonObject): readonly string[] {
  const named = metadataText(object, 'name') !== null
  return ['uid', 'creationTimestamp', ...(named ? [] : ['name'])]
}

/** Where the real answer is not what the dry run said; the server's bookkeeping, and the names and times of a creation, left out. */
function differencesFromPromise(
  answer: JsonObject,
  sent: Prepared,
  session: EditSession,
  schema: PatchSchema | null,
): readonly Change[] {
  const expected = viewObject(sent.dryRun.answer, session.view)
  const changes = withoutBookkeeping(diffObjects(expected, viewObject(answer, session.view), schema))
  const chosen = new Set(sent.plan.live === null ? chosenNames(sent.plan.merged) : [])
  return changes.filter(({ path }) => !(path[0] === 'metadata' && typeof path[1] === 'string' && chosen.has(path[1])))
}
