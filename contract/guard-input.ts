import * as z from 'zod'
import { guardColours, guardWrites } from './guard.ts'

// Apart from `guard.ts`, whose values the page uses without loading the parsers.

/** A guard as the page sends and the store keeps it. */
export const guardSchema = z.object({
  colour: z.enum(guardColours).nullable(),
  writes: z.enum(guardWrites),
  confirm: z.boolean(),
})

const context = z.string().min(1).max(500)
export const guardContextInput = z.object({ context })
export const setGuardInput = z.object({ context, guard: guardSchema })
