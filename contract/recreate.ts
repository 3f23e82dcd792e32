import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { type DeleteState, deleteOptionsSchema } from './delete.ts'

const run = z.string().min(1).max(64)

export const recreateRunInput = z.object({ run, edit: z.string().min(1).max(64), options: deleteOptionsSchema })
export const recreateAdjustInput = z.object({ run, options: deleteOptionsSchema })
export const recreateSendInput = z.object({
  run,
  /** What the person typed where a guard wants a confirmation: the context's name. */
  confirmation: z.string().max(1_000).nullable(),
  /** What the person typed where the deletion wants its object's name. */
  typed: z.string().max(1_000).nullable(),
  reason: z.string().max(2_000).nullable(),
})
export const recreateStopInput = z.object({ run })

/**
 * Whether the server would take the new object, as a dry run under another name says while the old one is there: of `none`
 * nobody can tell, since such an object's name belongs to what it says.
 */
export type Trial =
  | { readonly kind: 'asking' | 'taken' | 'none' }
  | { readonly kind: 'refused'; readonly problem: Problem }

/** How far it is. `stopped`: the object may be gone, and nothing was created: the text stays in its edit. */
export type RecreateStep =
  | { readonly kind: 'deciding' | 'deleting' | 'creating' | 'stopped' }
  /** `deleted`: the object is gone, and only the new one was not created. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly deleted: boolean }
  | { readonly kind: 'created'; readonly edit: string }

/** An object that is deleted and created again from an edit's text, as the page draws it. */
export type RecreateState = {
  readonly deletion: DeleteState
  readonly trial: Trial
  /** The text that will be created; null while it is not known. Never of a Secret. */
  readonly text: string | null
  readonly step: RecreateStep
}
