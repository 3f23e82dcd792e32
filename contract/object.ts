import * as z from 'zod'

const name = z.string().min(1).max(500)

/** One object of one context, in one served version of its kind. `namespace` is null for cluster-scoped kinds. */
export const objectTargetSchema = z.object({
  context: name,
  group: z.string().max(253),
  version: name,
  resource: name,
  namespace: z.string().min(1).max(253).nullable(),
  name,
})
export type ObjectTarget = z.infer<typeof objectTargetSchema>

/** The sections of an object's page, in their order. Their names stand in addresses. */
export const objectSections = ['summary', 'yaml', 'events', 'owned', 'related', 'timeline', 'writers'] as const
export type ObjectSection = (typeof objectSections)[number]
