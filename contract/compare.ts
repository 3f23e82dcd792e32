import * as z from 'zod'
import { objectTargetSchema } from './object.ts'

export const compareObjectsInput = z.object({ left: objectTargetSchema, right: objectTargetSchema })
export const compareTextInput = z.object({
  object: objectTargetSchema,
  /** The object that the text of a Secret's own editor says, as JSON: its values are needed to tell which differ. Null for any other kind. */
  secret: z.string().max(16_000_000).nullable(),
})

/**
 * Two objects as JSON. Where either is a Secret the values of both are masked, those under one key that differ told apart
 * from those that are equal. `right` is null where it is the page's own text, and nothing in it is masked.
 */
export type Compared = { readonly left: string; readonly right: string | null }
