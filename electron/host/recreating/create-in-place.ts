import { ownChoice } from '../../../contract/own-choice.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { beginCreation } from '../editing/begin.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { reviewEdit } from '../editing/review-edit.ts'
import { submitEdit } from '../editing/submit-edit.ts'
import type { WriteOptions } from '../editing/write-facts.ts'
import type { RecreateAsk } from './run.ts'

/**
 * Creates an object from a text in the place of an edit's own, by the way of every edit, and gives the edit of what was
 * created. In the journal it is that edit's: its draft comes back to settle a creation that the app's end cut off.
 */
export async function createInPlace(
  edit: OpenEdit,
  text: string,
  { confirmation, reason }: RecreateAsk,
  write: WriteOptions,
  signal: AbortSignal,
): Promise<Result<OpenEdit>> {
  const creation = beginCreation(edit, text, edit.session.id)
  const { textVersion } = creation.session
  const review = await reviewEdit(creation, { textVersion, choice: ownChoice }, write, signal)
  if (!review.ok) return review
  let next: OpenEdit | null = null
  const created = (made: OpenEdit) => {
    next = made
  }
  const { plan } = review.value
  const submission = { plan, acknowledged: true, confirmation, reason }
  const submitted = await submitEdit(creation, submission, { ...write, created })
  if (!submitted.ok) return submitted
  return next === null ? fail({ code: 'plan-stale' }) : ok(next)
}
