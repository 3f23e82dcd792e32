import * as z from 'zod'

/** As kubectl takes it: plural, singular or short name, or `plural.group` or `plural.version.group`. */
const type = z.string().max(500)
const context = z.string().max(500)
const namespace = z.string().max(253)

/** Parses a target that another process hands over. Null stands for what pages begin with, an empty list for all. */
export const targetWordsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('object'),
    verb: z.enum(['show', 'edit']),
    type,
    name: z.string().max(500),
    /** Null for the context's own namespace. */
    namespace: namespace.nullable(),
    context: context.nullable(),
    /** The section of its page to begin with, null for the first; means nothing to an edit. */
    section: z.enum(['yaml']).nullable(),
    /** What of the object is edited; null for all of it. */
    subresource: z.string().min(1).max(63).nullable(),
  }),
  z.object({
    kind: z.literal('list'),
    type,
    contexts: z.array(context).max(200).nullable(),
    namespaces: z.array(namespace).max(200).nullable(),
    /** As in the filter box. */
    filter: z.string().max(2000),
    sort: z.object({ column: z.string().max(330), descending: z.boolean() }).nullable(),
    /** As in the list's address. */
    columns: z.array(z.string().max(330)).max(200).nullable(),
  }),
  z.object({
    kind: z.literal('explain'),
    /** A type and the names of fields, by points: `deployments.apps.spec.strategy`. */
    type: z.string().max(2000),
    /** As `--api-version` has it; null for the preferred one. */
    apiVersion: z.string().max(320).nullable(),
    context: context.nullable(),
  }),
])

/** A target as typed after `npm start --`, in kubectl's words. */
export type TargetWords = Readonly<z.infer<typeof targetWordsSchema>>
