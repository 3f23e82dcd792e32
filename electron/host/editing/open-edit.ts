import type { ResourceKind } from '../../../contract/browse.ts'
import type { EditState, EditSummary, LiveObject, OpenedEdit, Report, Submitting } from '../../../contract/edit.ts'
import type { Review } from '../../../contract/review.ts'
import { diffObjects } from '../../../core/diff.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import type { Snapshot } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { baseVersion, type EditSession, type Live, step } from '../../../core/session.ts'
import { textObject, viewObject } from '../../../core/view.ts'
import type { Cluster } from '../clusters/connection.ts'
import type { SavedSubmit } from '../converging/submitted.ts'
import { type Recreating, recreationOf } from '../recreating/recreating.ts'
import type { NotKept } from '../store/failure.ts'
import type { Notifier } from '../streams.ts'
import type { Course } from './course.ts'
import type { Prepared } from './prepare.ts'
import type { KindSchema } from './schema.ts'
import { foreignChanges } from './show.ts'
import type { Work } from './work.ts'

/** An edit that is open in this host: its session, and what belongs to the session's object. */
export type OpenEdit = {
  readonly context: string
  readonly cluster: Cluster
  readonly kind: ResourceKind
  readonly kindSchema: KindSchema
  readonly readOnly: Problem | null
  readonly subresources: readonly string[]
  readonly secret: boolean
  readonly changed: Notifier
  /** Ends the edit's watch. */
  readonly life: AbortController
  session: EditSession
  /** Rises each time a page takes up the edit; only the newest page may report text. */
  lease: number
  /** The plan that Submit may send, and whom it was reviewed as. */
  reviewed: { readonly prepared: Prepared; readonly person: string; readonly review: Review } | null
  /** The answer to the last submit: a base that the page may move its text onto. */
  saved: Snapshot | null
  /** What the last submit changed, as what becomes of it is measured by; null before there is one, and where it deleted the object. */
  submitted: SavedSubmit | null
  /** What a page was told to be live, newest first: bases that it may move its text onto, whatever has become live since. */
  offered: readonly Snapshot[]
  /** Whether this person may put the object (null) or a subresource of it, beside patching it; as far as it was asked. */
  readonly mayUpdate: Map<string | null, boolean>
  /** How far the text is submitted, where that takes several steps; null between such edits. */
  course: Course | null
  /** The submit under way. `stop` lets it wait for nothing any longer. */
  writing: { readonly progress: Submitting; readonly stop: AbortController } | null
  /** True once it is dropped: a submit under way is still brought to its end. */
  discarded: boolean
  /** What others changed between these two versions. */
  others: { readonly before: Snapshot; readonly after: Snapshot; readonly answer: EditState['others'] } | null
  /** The text that is safe on disk, or needs no keeping: the object itself says it. */
  onDisk: string | null
  /** Why the newest text is not on disk; null as a rule. */
  unkept: NotKept | null
  /** When its draft was kept last, where it came back from disk; null where it began in this host. */
  readonly restored: number | null
  /** What became of a submit that the app's end cut off from its answer. */
  settled: EditState['settled']
  /** The re-creation of its object that was begun and is not over; null as a rule. */
  recreating: Recreating | null
  /** Whether this text says something else than this object. */
  differs: { readonly from: JsonObject; readonly text: string; readonly answer: boolean } | null
}

/** What a page needs to begin, or to go on after a reload. The page that asks is the one that writes from now on. */
export function takeUp(edit: OpenEdit): OpenedEdit {
  edit.lease++
  edit.changed.notify()
  const { session, kindSchema } = edit
  return {
    edit: session.id,
    lease: edit.lease,
    context: edit.context,
    ref: session.ref,
    origin: session.origin.kind,
    text: session.text,
    textVersion: session.textVersion,
    base: session.origin.kind === 'edit' ? printJson(textObject(session.origin.base.object, session.view)) : null,
    baseVersion: baseVersion(session),
    applied: appliedLast(session),
    schema: kindSchema.document,
    readOnly: edit.readOnly,
    subresources: edit.subresources,
    steps: edit.course && { done: edit.course.done, left: edit.course.left },
    secret: edit.secret,
    secretData: session.view.secretData,
  }
}

function appliedLast({ origin }: EditSession): string | null {
  return origin.kind === 'manifest' && origin.applied !== null ? printJson(origin.applied) : null
}

/** The edit in a list of them; `changed` where its text says something that is not saved. */
export function summarize(edit: OpenEdit, changed: boolean): EditSummary {
  const { session } = edit
  return {
    edit: session.id,
    context: edit.context,
    ref: session.ref,
    origin: session.origin.kind,
    changed,
    resting: null,
    recreating: edit.recreating !== null,
  }
}

/** Whether the text says something else than its base, or than was applied last. A text is read once for that, one as it was printed not at all. */
export async function isChanged(edit: OpenEdit, work: Work): Promise<boolean> {
  const { origin, text, view } = edit.session
  const written = origin.kind === 'edit' ? origin.base.object : origin.kind === 'manifest' ? origin.applied : null
  if (written === null) return true
  if (edit.differs?.from === written && edit.differs.text === text) return edit.differs.answer
  const options = { kindSchema: edit.kindSchema, size: text.length, signal: edit.life.signal }
  const answer = await work.run('differs', { text, object: viewObject(written, view), view }, options)
  edit.differs = { from: written, text, answer }
  return answer
}

/** What the page should know beside the text. */
export function stateOf(edit: OpenEdit): EditState {
  const { session } = edit
  return {
    edit: session.id,
    lease: edit.lease,
    textVersion: session.textVersion,
    baseVersion: baseVersion(session),
    live: showLive(session.live),
    recreation: edit.recreating && recreationOf(edit.recreating, session.live),
    others: othersSinceBase(edit),
    submitting: edit.writing?.progress ?? null,
    kept: keptState(edit),
    restored: edit.restored,
    settled: edit.settled,
  }
}

function keptState({ unkept, onDisk, session }: OpenEdit): EditState['kept'] {
  if (unkept !== null) return { kind: 'failed', problem: unkept }
  return { kind: onDisk === session.text ? 'kept' : 'pending' }
}

function showLive(live: Live): EditState['live'] {
  switch (live.kind) {
    case 'present':
      return { kind: 'present', resourceVersion: live.snapshot.resourceVersion }
    case 'unknown':
      return { kind: 'unknown' }
    default:
      return live
  }
}

/** Asked for with every message to a page, so found once for each pair of versions. */
function othersSinceBase(edit: OpenEdit): EditState['others'] {
  const { origin, live, view } = edit.session
  // What others changed is not to be taken into a manifest: its review tells what it would make of it.
  if (origin.kind !== 'edit' || live.kind !== 'present') return []
  const [before, after] = [origin.base, live.snapshot]
  if (after.resourceVersion === before.resourceVersion) return []
  if (edit.others?.before === before && edit.others.after === after) return edit.others.answer
  const changes = diffObjects(viewObject(before.object, view), viewObject(after.object, view), edit.kindSchema.schema)
  const answer = foreignChanges(before.object, after.object, changes, {
    secret: edit.secret,
    schema: edit.kindSchema.schema,
  })
  edit.others = { before, after, answer }
  return answer
}

// A page moves its text onto what it was told a moment ago, while the object moves on.
const mostOffered = 3

/** What is live, as a base for the text. Fails with `object-gone`, `object-replaced`, or why it cannot be read. */
export function offerLive(edit: OpenEdit): Result<LiveObject> {
  const { live, view } = edit.session
  switch (live.kind) {
    case 'present':
      if (edit.offered[0] !== live.snapshot) edit.offered = [live.snapshot, ...edit.offered].slice(0, mostOffered)
      return ok({
        base: printJson(textObject(live.snapshot.object, view)),
        baseVersion: live.snapshot.resourceVersion,
        others: othersSinceBase(edit),
      })
    case 'gone':
      return fail({ code: 'object-gone' })
    case 'replaced':
      return fail({ code: 'object-replaced', uid: live.uid })
    case 'unreadable':
      return fail(live.problem)
    case 'unknown':
      throw new Error('what is live is unknown: read it first')
  }
}

/** Takes in what the page tells of its text. `edit-busy`: another page writes now. `base-moved`: that base is not known here. */
export function takeReport(edit: OpenEdit, report: Report): Result<{ readonly textVersion: number }> {
  if (report.lease !== edit.lease) return fail({ code: 'edit-busy' })
  const next = report.kind === 'rebased' ? rebase(edit, report) : step(edit.session, report)
  if (!next.ok) return next
  edit.session = next.value
  edit.changed.notify()
  return ok({ textVersion: edit.session.textVersion })
}

function rebase(edit: OpenEdit, report: Extract<Report, { kind: 'rebased' }>): Result<EditSession> {
  const base = knownSnapshot(edit, report.toBase)
  return base === null ? fail({ code: 'base-moved' }) : step(edit.session, { ...report, base })
}

function knownSnapshot(edit: OpenEdit, resourceVersion: string): Snapshot | null {
  const { live } = edit.session
  const candidates = [edit.saved, ...edit.offered, live.kind === 'present' ? live.snapshot : null]
  return candidates.find(snapshot => snapshot?.resourceVersion === resourceVersion) ?? null
}
