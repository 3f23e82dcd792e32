import type { ResourceKind } from '../../../contract/browse.ts'
import type { EditState, EditSummary, OpenedEdit, Report, Review } from '../../../contract/edit.ts'
import { checkEdited } from '../../../core/check.ts'
import { diffObjects } from '../../../core/diff.ts'
import { equalJson, type JsonObject, printJson } from '../../../core/json.ts'
import { isObject, type Snapshot } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { secretValues } from '../../../core/secret-text.ts'
import { baseVersion, type EditSession, type Live, step } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'
import { readYaml } from '../../../core/yaml.ts'
import type { Cluster } from '../clusters/connection.ts'
import type { Notifier } from '../streams.ts'
import { locateProblem } from './locate.ts'
import type { Prepared } from './prepare.ts'
import type { KindSchema } from './schema.ts'
import { foreignChanges, maskProblem } from './show.ts'

/** An edit that is open in this host: its session, and what belongs to the session's object. */
export type OpenEdit = {
  readonly context: string
  readonly cluster: Cluster
  readonly kind: ResourceKind
  readonly kindSchema: KindSchema
  readonly readOnly: Problem | null
  readonly secret: boolean
  readonly changed: Notifier
  /** Ends the edit's watch. */
  readonly life: AbortController
  session: EditSession
  /** Rises each time a page takes up the edit; only the newest page may report text. */
  lease: number
  /** The plan that Submit may send. */
  reviewed: { readonly prepared: Prepared; readonly review: Review } | null
  /** The answer to the last submit: a base that the page may move its text onto. */
  saved: Snapshot | null
  /** True while a submit is under way. */
  writing: boolean
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
    create: session.origin.kind === 'create',
    text: session.text,
    textVersion: session.textVersion,
    base: session.origin.kind === 'edit' ? printJson(viewObject(session.origin.base.object, session.view)) : null,
    baseVersion: baseVersion(session),
    schema: kindSchema.document,
    readOnly: edit.readOnly,
    secret: edit.secret,
  }
}

/** The edit in a list of them. A text that cannot be read counts as changed. */
export function summarize(edit: OpenEdit): EditSummary {
  const { session } = edit
  return {
    edit: session.id,
    context: edit.context,
    ref: session.ref,
    create: session.origin.kind === 'create',
    changed: isChanged(session),
  }
}

function isChanged(session: EditSession): boolean {
  if (session.origin.kind === 'create') return true
  const read = readYaml(session.text)
  return !read.ok || !equalJson(read.value, viewObject(session.origin.base.object, session.view))
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
    others: othersSinceBase(edit),
  }
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

function othersSinceBase(edit: OpenEdit): EditState['others'] {
  const { origin, live, view } = edit.session
  if (origin.kind === 'create' || live.kind !== 'present') return []
  if (live.snapshot.resourceVersion === origin.base.resourceVersion) return []
  const [before, after] = [origin.base.object, live.snapshot.object]
  const changes = diffObjects(viewObject(before, view), viewObject(after, view), edit.kindSchema.schema)
  return foreignChanges(before, after, changes, edit.secret)
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
  const candidates = [edit.saved, live.kind === 'present' ? live.snapshot : null]
  return candidates.find(snapshot => snapshot?.resourceVersion === resourceVersion) ?? null
}

/** The object that the text says, or the first thing that is wrong with it; nothing is sent for a text that fails here. */
export function readEdited(edit: OpenEdit): Result<JsonObject> {
  const { session } = edit
  const read = readYaml(session.text)
  if (!read.ok) return fail(read.problems[0] ?? { code: 'yaml-empty' })
  const base = session.origin.kind === 'edit' ? viewObject(session.origin.base.object, session.view) : null
  const [problem] = checkEdited(session.ref, base, read.value, read.ranges)
  if (problem !== undefined) return fail(problem)
  if (!isObject(read.value)) throw new Error('the check lets only objects pass')
  return ok(read.value)
}

/**
 * A problem as it may leave the host: with its lines in the text, and with the values of a Secret masked wherever the
 * server quoted them. `predicted` is the object that the server judged.
 */
export function presentProblem(edit: OpenEdit, problem: Problem, predicted: JsonObject | null): Problem {
  const { session } = edit
  const read = readYaml(session.text)
  const edited = read.ok && isObject(read.value) ? read.value : null
  const located =
    edited === null
      ? problem
      : locateProblem(problem, {
          text: session.text,
          edited,
          predicted: predicted ?? edited,
          schema: edit.kindSchema.schema,
        })
  if (!edit.secret) return located
  const base = session.origin.kind === 'edit' ? session.origin.base.object : null
  const live = session.live.kind === 'present' ? session.live.snapshot.object : null
  const objects = [base, live, edited, predicted].filter(object => object !== null)
  return maskProblem(located, objects.flatMap(secretValues))
}
