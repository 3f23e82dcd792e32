import * as z from 'zod'

/** Parses a target that another process hands over. */
export const targetWordsSchema = z.object({
  verb: z.enum(['edit', 'list']),
  /** As kubectl takes it: plural, singular or short name, or `plural.group` or `plural.version.group`. */
  type: z.string().max(500),
  /** Null for a list. */
  name: z.string().max(500).nullable(),
  /** Null for the context's own namespace. */
  namespace: z.string().max(253).nullable(),
  /** Null for the one that pages begin with. */
  context: z.string().max(500).nullable(),
})

/** A target as typed after `npm start --`, in kubectl's words. */
export type TargetWords = Readonly<z.infer<typeof targetWordsSchema>>
