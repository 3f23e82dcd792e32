import type { Review } from '../../../contract/review.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import type { EditSession } from '../../../core/session.ts'
import { onlyAs } from '../clusters/connection.ts'
import { findMissingOwners } from '../dangers/missing-owners.ts'
import { courseOf } from './course.ts'
import type { OpenEdit } from './open-edit.ts'
import { type Prepared, prepare } from './prepare.ts'
import { askMayUpdate, waysOf } from './strategies/rights.ts'
import { waysAt } from './strategies/ways.ts'
import {
  commandFacts,
  maskWarnings,
  problemFacts,
  readText,
  runFor,
  type WriteOptions,
  writeFacts,
} from './write-facts.ts'

/**
 * Makes the plan from that very text and dry-runs it. Sends nothing that lasts. `text-behind`: the host holds another
 * text.
 */
export async function reviewEdit(
  edit: OpenEdit,
  ask: { readonly textVersion: number; readonly choice: WriteChoice },
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Result<Review>> {
  if (ask.textVersion !== edit.session.textVersion) {
    return fail({ code: 'text-behind', hostVersion: edit.session.textVersion })
  }
  if (edit.readOnly !== null) return fail(edit.readOnly)
  // The very text that is reviewed, whatever is typed meanwhile.
  const { session } = edit
  const run = runFor(edit, session, write, signal)
  const edited = await readText(edit, session, run)
  if (!edited.ok) return edited
  const person = edit.cluster.person()
  const cluster = onlyAs(edit.cluster, person)
  const facts = { ...writeFacts(edit, session, ask.choice, write), cluster }
  const [prepared] = await Promise.all([
    prepare(session, edited.value, facts, { moved: false, signal }),
    askMayUpdate(edit, signal),
  ])
  if (!prepared.ok) {
    return fail(await run('presentProblem', problemFacts(edit, session, prepared.problem, prepared.predicted)))
  }
  return ok(await showReview(edit, session, { prepared: prepared.value, person }, write, signal))
}

/** Makes the review of a plan, which from now on is the one that Submit may send. */
export async function showReview(
  edit: OpenEdit,
  session: EditSession,
  { prepared, person }: { readonly prepared: Prepared; readonly person: string },
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Review> {
  const { plan, dryRun } = prepared
  edit.course = courseOf(edit.course, plan)
  const run = runFor(edit, session, write, signal)
  const review = await run('review', {
    edit: session.id,
    text: session.text,
    view: session.view,
    // Only needed to tell who else changed what, where somebody did.
    base:
      session.origin.kind !== 'edit' || plan.taken.length + plan.overwrites.length === 0
        ? null
        : session.origin.base.object,
    plan,
    dryRun: { ...dryRun, warnings: maskWarnings(edit, dryRun.warnings, [plan.before, plan.merged, dryRun.answer]) },
    kind: edit.kind,
    ways: waysAt(waysOf(edit, write.fieldManager()), plan.request.subresource),
    mayUpdate: edit.mayUpdate.get(plan.request.subresource) ?? true,
    secret: edit.secret,
    command: commandFacts(edit, write),
    dangers: { off: write.dangersOff(), missingOwners: await findMissingOwners(edit.cluster, plan, signal) },
    done: edit.course?.done ?? [],
  })
  edit.reviewed = { prepared, person, review }
  return review
}
