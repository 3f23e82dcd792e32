import * as z from 'zod'
import { historyOutcomes } from './history.ts'

// Apart from `history.ts`, whose values the page uses without loading the parsers.

const name = z.string().min(1).max(500)
const entryId = z.string().min(1).max(64)

const objectSchema = z.object({
  context: name,
  group: z.string().max(253),
  resource: name,
  namespace: z.string().min(1).max(253).nullable(),
  name,
})

const filterSchema = z.object({
  text: z.string().max(500),
  outcome: z.enum(historyOutcomes).nullable(),
  object: objectSchema.nullable(),
})

/** A window of the entries that pass a filter. */
export const historyInput = z.object({
  filter: filterSchema,
  window: z.object({ start: z.number().int().min(0), count: z.number().int().min(0).max(500) }),
})

export const historyEntryInput = z.object({ entry: entryId })

/** Which entries are exported, and how; null takes all that pass the filter. */
export const historyExportInput = z.object({
  entries: z.array(entryId).max(10_000).nullable(),
  filter: filterSchema,
  format: z.enum(['jsonl', 'posix', 'powershell']),
})
