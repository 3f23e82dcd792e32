import type { JsonObject } from '../../../core/json.ts'
import { snapshotOf } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import { baseVersion, step as stepSession } from '../../../core/session.ts'
import { backOff } from '../clusters/back-off.ts'
import { getObject } from '../clusters/get.ts'
import { pause } from '../streams.ts'
import { afterStep, unfinished } from './course.ts'
import { follow, see } from './follow.ts'
import type { Journal, Unanswered } from './journal.ts'
import { liveFrom } from './live.ts'
import type { OpenEdit } from './open-edit.ts'
import { type Outcome, settleDeletion, settleOutcome } from './settle.ts'

/** A write that is still on its way when the app starts anew is waited for: this often the object is read, so many milliseconds apart. */
const settlingReads = 4
const settlingPause = 500

/**
 * Brings an edit that came back from disk to what is live: reads the object, tells what became of a submit that the
 * app's end had cut off, and follows the object from there. Tries until the cluster answers or the edit ends.
 */
export async function comeBack(edit: OpenEdit, journal: Journal): Promise<void> {
  const { signal } = edit.life
  const pauses = backOff()
  while (!signal.aborted) {
    if ((await settleSent(edit, journal, signal)) === null && edit.session.live.kind !== 'unreadable') break
    await pauses.pause(signal)
  }
  if (signal.aborted) return
  if (edit.recreating !== null) {
    edit.recreating = { ...edit.recreating, made: journal.made(edit.session.id) }
    edit.changed.notify()
  }
  follow(edit)
}

/**
 * Reads what is live, and settles the submits of an edit whose end is not known. Nothing is sent. The problem is why the
 * object could not be read: nothing new may be submitted before, since it might do the same once more.
 */
export async function settleSent(edit: OpenEdit, journal: Journal, signal: AbortSignal): Promise<Problem | null> {
  const isCreation = edit.session.origin.kind === 'create'
  if (isCreation && journal.unanswered(edit.session.id).length === 0) return null
  for (let reads = 1; ; reads++) {
    const { ref } = edit.session
    const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
    const read = await getObject(edit.cluster, ref, at, signal)
    if (signal.aborted) return null
    if (!isCreation) see(edit, liveFrom(read, ref))
    if (!read.ok && read.problem.code !== 'not-found') return read.problem
    // Asked for anew after each wait: a review may have settled it meanwhile.
    const [newest] = journal.unanswered(edit.session.id).slice(-1)
    if (newest === undefined) return null
    const now = read.ok ? read.value.object : null
    const outcome =
      newest.plan.strategy === 'delete'
        ? settleDeletion(ref.uid, now)
        : settleOutcome(newest.plan.write, now, edit.kindSchema.schema)
    if (outcome === 'not-written' && reads < settlingReads) {
      await pause(settlingPause, signal)
      continue
    }
    conclude(edit, journal, newest, outcome, now)
    return null
  }
}

function conclude(
  edit: OpenEdit,
  journal: Journal,
  { id, sent, plan }: Unanswered,
  outcome: Outcome,
  now: JsonObject | null,
): void {
  const { step = null, left = [] } = plan
  if (plan.strategy === 'delete' || (plan.write.live === null && edit.session.origin.kind !== 'create')) {
    // A step of a re-creation: what the text stands on stays, and the object itself tells how far that came.
    if (outcome === 'written')
      journal.found(edit, id, plan.strategy === 'delete' || now === null ? null : snapshotOf(now))
    else journal.ended(edit, id, outcome)
    return
  }
  edit.settled = { outcome, sent, step }
  if (outcome === 'written' && now !== null) {
    const answer = snapshotOf(now)
    // A creation's text stays as it is: the object that it made is another edit's.
    if (edit.session.origin.kind !== 'create') {
      const { edited } = plan
      const next = stepSession(edit.session, {
        kind: 'saved',
        fromBase: baseVersion(edit.session) ?? '',
        edited,
        answer,
      })
      if (!next.ok) throw new Error(`the base is the session's own: ${next.problem.code}`)
      edit.session = next.value
      edit.saved = answer
      edit.course = unfinished(afterStep(edit.course, step, left, answer.resourceVersion))
    }
    journal.found(edit, id, answer)
  } else journal.ended(edit, id, outcome === 'written' ? 'unknown' : outcome)
  edit.changed.notify()
}
