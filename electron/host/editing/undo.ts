import type { EditTarget } from '../../../contract/edit.ts'
import { inverseOf } from '../../../core/inverse.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText, type ObjectRef, type Snapshot } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { openSession } from '../../../core/session.ts'
import { storedBytes } from '../../../core/stored-size.ts'
import { openingView } from '../../../core/view.ts'
import type { Cluster } from '../clusters/connection.ts'
import { isSameCluster } from '../clusters/pinned.ts'
import { begin, newSessionId } from './begin.ts'
import type { OpenEdit } from './open-edit.ts'
import { type OpenedTarget, openTarget } from './open-target.ts'
import type { Work } from './work.ts'

/** A change that shall be undone: the object that it was made on, what stood there before and what it made of that. */
export type Undoing = {
  readonly target: EditTarget
  readonly ref: ObjectRef
  readonly before: JsonObject
  readonly after: JsonObject
}

/** What came of it; `gone`: nothing stands there, or a stranger with that uid. */
export type OpenedUndo =
  | { readonly kind: 'opened'; readonly edit: OpenEdit; readonly conflicts: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'gone'; readonly uid: string | null }

/**
 * Opens an edit in which a change is taken back: what is live with the inverse change in it. Where others have changed the
 * same since, its text is the former one and its base what the change had made: they meet as in any edit. Fails with
 * `cluster-changed`, and with what reading the object may answer.
 */
export async function openUndo(
  cluster: Cluster,
  { target, ref, before, after }: Undoing,
  work: Work,
  signal: AbortSignal,
): Promise<Result<OpenedUndo>> {
  const opened = await openTarget(cluster, target, signal)
  if (!opened.ok) {
    const isGone = opened.problem.code === 'not-found' && opened.problem.asked.verb === 'get'
    return isGone ? ok({ kind: 'gone', uid: null }) : opened
  }
  const { snapshot, kindSchema } = opened.value
  if (!isSameCluster(opened.value.ref.cluster, ref.cluster)) {
    return fail({ code: 'cluster-changed', context: target.context })
  }
  if (snapshot.uid !== ref.uid) return ok({ kind: 'gone', uid: snapshot.uid })
  const inverse = inverseOf(before, after)
  const input = { ...inverse, live: snapshot.object, view: openingView }
  const size = storedBytes(snapshot.object, { as: 'json' })
  const inverted = await work.run('invert', input, { kindSchema, size, signal })
  if (inverted.kind === 'nothing') return ok(inverted)
  const conflicts = inverted.kind === 'conflicts'
  const base = conflicts ? snapshotFrom(inverse.base, snapshot) : snapshot
  return ok({ kind: 'opened', edit: undoEdit(cluster, target.context, opened.value, base, inverted.text), conflicts })
}

function undoEdit(cluster: Cluster, context: string, opened: OpenedTarget, base: Snapshot, text: string): OpenEdit {
  const session = openSession(newSessionId(), opened.ref, base, openingView, text)
  return begin(context, cluster, opened, { ...session, live: { kind: 'present', snapshot: opened.snapshot } })
}

function snapshotFrom(object: JsonObject, { uid }: Snapshot): Snapshot {
  return { object, uid, resourceVersion: metadataText(object, 'resourceVersion') ?? '' }
}
