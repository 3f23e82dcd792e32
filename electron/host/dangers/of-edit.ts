import type { Impact } from '../../../contract/dangers.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { viewObject } from '../../../core/view.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { readText, runFor, type WriteOptions } from '../editing/write-facts.ts'
import { findImpact } from './impact.ts'

/** What an edit's text would do beyond its object: by the reviewed plan where that is of this text, else by the text alone. `text-behind`. */
export async function impactOfEdit(
  edit: OpenEdit,
  textVersion: number,
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Result<Impact>> {
  const { session, kindSchema, reviewed } = edit
  if (textVersion !== session.textVersion) return fail({ code: 'text-behind', hostVersion: session.textVersion })
  const plan = reviewed?.prepared.plan
  const { schema } = kindSchema
  if (plan?.textVersion === textVersion) {
    if (plan.live === null) return ok({ lines: [], missed: [] })
    return findImpact(edit.cluster, { before: plan.before, after: plan.merged, schema }, signal)
  }
  // What a manifest leaves out is no deletion: only its plan knows what it does.
  if (session.origin.kind !== 'edit') return ok({ lines: [], missed: [] })
  const edited = await readText(edit, session, runFor(edit, session, write, signal))
  if (!edited.ok) return edited
  const before = viewObject(session.origin.base.object, session.view)
  return findImpact(edit.cluster, { before, after: edited.value, schema }, signal)
}
