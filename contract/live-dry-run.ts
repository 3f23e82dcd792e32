import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import type { FieldFate, ServerWarning } from './review.ts'
import { writeChoiceSchema } from './strategy.ts'

export const dryRunInput = z.object({
  edit: z.string().min(1).max(64),
  textVersion: z.number().int().min(0),
  choice: writeChoiceSchema,
})

/**
 * Why nothing is dry-run unasked: the cluster is guarded (webhooks run in dry runs too), the person may not write here, or
 * the resource has no dry run.
 */
export type DryRunOff = 'guarded' | 'read-only' | 'unsupported'

/**
 * What the server says of a text before any review. `unchanged`: there is nothing to send. `accepted`: with its warnings, and
 * with the fields of which it would make something else than was typed. `refused`: it would say no. `unasked`: it could not be asked, or no request can be made of
 * the text as the object stands. `off`: it is not asked at all.
 */
export type LiveDryRun =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'accepted'
      readonly warnings: readonly ServerWarning[]
      readonly fates: readonly FieldFate[]
    }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unasked'; readonly problem: Problem }
  | { readonly kind: 'off'; readonly why: DryRunOff }
