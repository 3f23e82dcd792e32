import type { JsonObject } from '../../../core/json.ts'
import type { ObjectRef } from '../../../core/object.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { ok, type Result } from '../../../core/problem.ts'
import { pause } from '../streams.ts'
import type { SentPlan } from './journal.ts'
import { type Outcome, settleDeletion, settleOutcome } from './settle.ts'

/** A write that is still on its way when the app starts anew is waited for: this often the object is read, so many milliseconds apart. */
const settlingReads = 4
const settlingPause = 500

/** What became of a submit, and what stood under its object's name when that was found; null for nothing. */
export type Found = { readonly outcome: Outcome; readonly now: JsonObject | null }

/** What an object says of a submit whose answer the app's end cut off. */
export function outcomeOf(plan: SentPlan, ref: ObjectRef, now: JsonObject | null, schema: PatchSchema | null): Outcome {
  return plan.strategy === 'delete' ? settleDeletion(ref.uid, now) : settleOutcome(plan.write, now, schema)
}

/**
 * Reads an object until it tells what became of a submit; nothing is sent. `judge` says null where there is nothing to be
 * told any more, and then this does. The problem is why the object could not be read.
 */
export async function readOutcome(
  read: () => Promise<Result<{ readonly object: JsonObject }>>,
  judge: (now: JsonObject | null) => Promise<Outcome | null> | Outcome | null,
  signal: AbortSignal,
): Promise<Result<Found | null>> {
  for (let reads = 1; ; reads++) {
    const answer = await read()
    if (signal.aborted) return ok(null)
    if (!answer.ok && answer.problem.code !== 'not-found') return answer
    const now = answer.ok ? answer.value.object : null
    const outcome = await judge(now)
    if (signal.aborted || outcome === null) return ok(null)
    if (outcome !== 'not-written' || reads === settlingReads) return ok({ outcome, now })
    await pause(settlingPause, signal)
  }
}
