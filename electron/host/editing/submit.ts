import type { FieldChange, ForeignChange } from '../../../contract/edit.ts'
import { type Change, diffObjects } from '../../../core/diff.ts'
import { equalJson, type Json, type JsonObject } from '../../../core/json.ts'
import { type Snapshot, snapshotOf } from '../../../core/object.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { pathKey } from '../../../core/path.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import type { EditSession } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'
import { getObject } from '../clusters/get.ts'
import { pause } from '../streams.ts'
import { liveFrom } from './live.ts'
import { mostAttempts, objectMoved, type Prepared, prepare, type WriteFacts, waitForAttempt } from './prepare.ts'
import { type SentWrite, settleOutcome } from './settle.ts'
import { foreignChanges, showChange, withoutBookkeeping } from './show.ts'
import { sendWrite, type Written } from './write.ts'

/** What a submit needs to know of the edit that it is for. */
export type SubmitFacts = WriteFacts & {
  readonly session: EditSession
  readonly schema: PatchSchema | null
  readonly secret: boolean
}

/** How a submit ended. `again`: the object moved, and what the server would make of the edit now differs from what was reviewed. */
export type SubmitEnd =
  | {
      readonly kind: 'saved'
      readonly answer: Snapshot
      readonly edited: JsonObject
      readonly differences: readonly FieldChange[]
      readonly mergedIn: readonly ForeignChange[]
      readonly attempts: number
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'again'; readonly prepared: Prepared }

/**
 * Sends the reviewed plan. When the object has moved it reads, merges, plans and dry-runs anew, and sends the new plan
 * by itself only when its dry run gives the very delta that was reviewed. A request whose answer was lost is never
 * repeated: the object is read and compared. Fails with `merge-conflict`, `object-gone`, `object-replaced`,
 * `version-conflict` (after the last attempt), `not-written`, `outcome-unknown` and with whatever the server refuses.
 */
export async function submitPlan(
  reviewed: Prepared,
  facts: SubmitFacts,
  signal: AbortSignal,
): Promise<Result<SubmitEnd>> {
  const { session, schema } = facts
  let current = reviewed
  for (let attempt = 1; ; attempt++) {
    const sent = await sendWrite(facts.cluster, current.plan.request, { dryRun: false }, signal)
    if (sent.ok) return ok(saved(sent.value, current, reviewed, facts, attempt))
    if (sent.problem.code === 'outcome-unknown') return settle(sent.problem, current, reviewed, facts, attempt, signal)
    if (reviewed.plan.live === null || !objectMoved(sent.problem) || attempt === mostAttempts) return sent
    await waitForAttempt(attempt, signal)
    const moved = await prepare(session, reviewed.plan.edited, facts, { moved: true, signal })
    if (!moved.ok) return moved
    current = moved.value
    if (!equalDelta(delta(reviewed, session, schema), delta(current, session, schema))) {
      return ok({ kind: 'again', prepared: current })
    }
  }
}

function saved(written: Written, sent: Prepared, reviewed: Prepared, facts: SubmitFacts, attempts: number): SubmitEnd {
  const { session, schema, secret } = facts
  return {
    kind: 'saved',
    answer: snapshotOf(written.object),
    edited: sent.plan.edited,
    differences: differencesFromReview(written.object, sent, session, schema, secret),
    mergedIn: mergedIn(sent, reviewed, schema, secret),
    attempts,
    warnings: written.warnings,
  }
}

/** What the retries took in from others since the review. */
function mergedIn(
  sent: Prepared,
  reviewed: Prepared,
  schema: PatchSchema | null,
  secret: boolean,
): readonly ForeignChange[] {
  const [before, after] = [reviewed.plan.live, sent.plan.live]
  if (before === null || after === null || before.resourceVersion === after.resourceVersion) return []
  const changes = diffObjects(reviewed.plan.before, sent.plan.before, schema)
  return foreignChanges(before.object, after.object, changes, secret)
}

/** Where the real answer is not what the dry run said; the server's bookkeeping, and the names and times of a creation, left out. */
function differencesFromReview(
  answer: JsonObject,
  sent: Prepared,
  session: EditSession,
  schema: PatchSchema | null,
  secret: boolean,
): readonly FieldChange[] {
  const expected = viewObject(sent.dryRun.answer, session.view)
  const changes = withoutBookkeeping(diffObjects(expected, viewObject(answer, session.view), schema))
  const chosen = new Set(sent.plan.live === null ? ['uid', 'creationTimestamp'] : [])
  return changes
    .filter(({ path }) => !(path[0] === 'metadata' && typeof path[1] === 'string' && chosen.has(path[1])))
    .map(change => showChange(change, secret))
}

/** What a write would change, as the reviewer saw it. */
function delta(reviewed: Prepared, session: EditSession, schema: PatchSchema | null): readonly Change[] {
  const answer = viewObject(reviewed.dryRun.answer, session.view)
  return withoutBookkeeping(diffObjects(reviewed.plan.before, answer, schema))
}

function equalDelta(a: readonly Change[], b: readonly Change[]): boolean {
  if (a.length !== b.length) return false
  const byPath = new Map(b.map(change => [`${change.kind} ${pathKey(change.path)}`, change]))
  return a.every(change => {
    const other = byPath.get(`${change.kind} ${pathKey(change.path)}`)
    return other !== undefined && sameSide(change, other, 'from') && sameSide(change, other, 'to')
  })
}

function sameSide(a: Change, b: Change, side: 'from' | 'to'): boolean {
  return equalJson(sideValue(a, side), sideValue(b, side))
}

function sideValue(change: Change, side: 'from' | 'to'): Json {
  if (change.kind === 'moved') return change[side].map(item => ('value' in item ? item.value : item.keys))
  if (change.kind === 'changed') return change[side]
  return change.kind === 'added' ? (side === 'to' ? change.to : null) : side === 'from' ? change.from : null
}

/** A lost request may still be on its way: this often the object is read before it is said that nothing was written. */
const settlingReads = 4

/** Milliseconds between those reads. */
const settlingPause = 500

/**
 * The answer was lost: reads what stands there and compares it with what was planned and promised. A request that comes
 * even later fails by its guard, or does just what was reviewed, once.
 */
async function settle(
  lost: Problem,
  current: Prepared,
  reviewed: Prepared,
  facts: SubmitFacts,
  attempts: number,
  signal: AbortSignal,
): Promise<Result<SubmitEnd>> {
  const sent = sentWrite(current)
  for (let reads = 1; ; reads++) {
    const now = await readNow(facts, signal)
    if (!now.ok) return fail(lost)
    const outcome = settleOutcome(sent, now.value, facts.schema)
    if (outcome === 'written' && now.value !== null) {
      return ok(saved({ object: now.value, warnings: [] }, current, reviewed, facts, attempts))
    }
    if (outcome === 'unknown') return fail(lost)
    if (reads === settlingReads) return fail({ code: 'not-written', detail: detailOf(lost) })
    await pause(settlingPause, signal)
  }
}

/** What a prepared write must be remembered by, so that a lost answer can be settled. */
export function sentWrite({ plan, dryRun }: Prepared): SentWrite {
  const { fieldManager } = plan.request
  return { live: plan.live?.object ?? null, merged: plan.merged, promised: dryRun.answer, fieldManager }
}

/** What stands under the edit's name, whatever uid it has; null where nothing does. */
async function readNow(
  { cluster, session, onLive }: SubmitFacts,
  signal: AbortSignal,
): Promise<Result<JsonObject | null>> {
  const { ref, origin } = session
  const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
  const read = await getObject(cluster, ref, at, signal)
  if (origin.kind === 'edit') onLive(liveFrom(read, ref))
  if (read.ok) return ok(read.value.object)
  return read.problem.code === 'not-found' ? ok(null) : read
}

function detailOf(problem: Problem): string {
  return 'detail' in problem ? problem.detail : problem.code
}
