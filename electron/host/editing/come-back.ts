import type { JsonObject } from '../../../core/json.ts'
import { snapshotOf } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import { baseVersion, step as stepSession } from '../../../core/session.ts'
import { backOff } from '../clusters/back-off.ts'
import { getObject } from '../clusters/get.ts'
import { afterStep, unfinished } from './course.ts'
import { outcomeOf, readOutcome } from './cut-off.ts'
import { follow, see } from './follow.ts'
import type { Journal, Unanswered } from './journal.ts'
import { liveFrom } from './live.ts'
import type { OpenEdit } from './open-edit.ts'
import type { Outcome } from './settle.ts'

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
  let newest: Unanswered | undefined
  const settled = await readOutcome(
    async () => {
      const { ref } = edit.session
      const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
      const read = await getObject(edit.cluster, ref, at, signal)
      if (!signal.aborted && !isCreation) see(edit, liveFrom(read, ref))
      return read
    },
    now => {
      // Asked for anew after each wait: a review may have settled it meanwhile.
      newest = journal.unanswered(edit.session.id).at(-1)
      return newest === undefined ? null : outcomeOf(newest.plan, edit.session.ref, now, edit.kindSchema.schema)
    },
    signal,
  )
  if (!settled.ok) return settled.problem
  if (settled.value !== null && newest !== undefined) {
    conclude(edit, journal, newest, settled.value.outcome, settled.value.now)
  }
  return null
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
