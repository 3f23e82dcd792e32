import * as z from 'zod'
import { impersonationSchema } from '../../contract/contexts.ts'
import { targetWordsSchema } from '../host/target-words.ts'

/** What a second instance hands to the first. */
export const handOverSchema = z.object({ target: targetWordsSchema.nullable() })

const optionsSchema = z.object({
  version: z.string(),
  profile: z.string(),
  kubeconfig: z.array(z.string()).nullable(),
  context: z.string().nullable(),
  actingAs: impersonationSchema.nullable().optional(),
  practice: z.boolean(),
  /** By the messages of the two processes alone: never in arguments or the environment, which others can read. */
  keychainKey: z.string().nullable().optional(),
})

/** What the main process tells the host's process. A `page` comes with one port. */
export const toHostSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), options: optionsSchema }),
  z.object({ kind: z.literal('page') }),
  /** Shows a target in the open pages. `serial` comes back with the answer. */
  z.object({ kind: z.literal('resolve'), serial: z.number(), target: targetWordsSchema, show: z.boolean() }),
  z.object({ kind: z.literal('end') }),
])
/** See `toHostSchema`. */
export type ToHost = z.infer<typeof toHostSchema>

/** What the host's process tells the main process: the address of a target, null with a sentence on why there is none. */
export const fromHostSchema = z.object({
  kind: z.literal('resolved'),
  serial: z.number(),
  address: z.string().nullable(),
  reason: z.string(),
})
/** See `fromHostSchema`. */
export type FromHost = z.infer<typeof fromHostSchema>
