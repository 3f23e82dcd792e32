import { type ObjectRef, snapshotOf } from '../../../core/object.ts'
import { type Live, step } from '../../../core/session.ts'
import { reportBug } from '../bugs.ts'
import { backOff } from '../clusters/back-off.ts'
import { type Watched, watchObject } from '../clusters/watch.ts'
import { readLive } from './live.ts'
import type { OpenEdit } from './open-edit.ts'

/** Keeps an edit's `live` up to date by a watch of its object, until the edit ends. A creation has nothing to follow. */
export function follow(edit: OpenEdit): void {
  const { ref, origin, live } = edit.session
  if (origin.kind === 'create') return
  const known = live.kind === 'present' ? live.snapshot : origin.kind === 'edit' ? origin.base : null
  const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
  const options = { resourceVersion: known?.resourceVersion ?? '0', signal: edit.life.signal }
  const run = async () => {
    for await (const seen of watchObject(edit.cluster, ref, at, options)) see(edit, liveOf(seen, ref))
  }
  run().catch(error => {
    if (!edit.life.signal.aborted) reportBug(error)
  })
}

/** Takes in what was just seen of the object on the server. A version that is known already stays the same value: what is made of it need not be made again. */
export function see(edit: OpenEdit, live: Live): void {
  const known = edit.session.live
  const next = step(edit.session, { kind: 'liveChanged', live: isSameVersion(known, live) ? known : live })
  if (!next.ok) throw new Error(`what is live can always be taken in: ${next.problem.code}`)
  edit.session = next.value
  edit.changed.notify()
}

/**
 * Takes in what was read of the object because somebody asked. What could not be read is read again until it can be: the
 * watch, which may be as good as ever, tells only what is other than it knows.
 */
export function seeRead(edit: OpenEdit, live: Live): void {
  see(edit, live)
  if (live.kind !== 'unreadable') return
  readAgain(edit, live).catch(error => {
    if (!edit.life.signal.aborted) reportBug(error)
  })
}

async function readAgain(edit: OpenEdit, unreadable: Live): Promise<void> {
  const { signal } = edit.life
  const pauses = backOff()
  for (let last = unreadable; last.kind === 'unreadable'; ) {
    await pauses.pause(signal)
    // The edit has ended, or somebody else has heard of the object meanwhile.
    if (signal.aborted || edit.session.live !== last) return
    last = await readLive(edit.cluster, edit.session.ref, signal)
    see(edit, last)
  }
}

function isSameVersion(known: Live, seen: Live): boolean {
  if (known.kind !== 'present' || seen.kind !== 'present') return false
  const { uid, resourceVersion } = seen.snapshot
  return known.snapshot.uid === uid && known.snapshot.resourceVersion === resourceVersion
}

function liveOf(seen: Watched, ref: ObjectRef): Live {
  if (seen.kind !== 'present') return seen
  const snapshot = snapshotOf(seen.object)
  return snapshot.uid === ref.uid ? { kind: 'present', snapshot } : { kind: 'replaced', uid: snapshot.uid }
}
