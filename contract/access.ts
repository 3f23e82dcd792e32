import * as z from 'zod'
import type { ResourceRule } from '../core/access-rules.ts'
import type { Asked } from '../core/problem.ts'

const name = z.string().min(1).max(500)

const questionSchema = z.object({
  context: name,
  verb: z.string().min(1).max(63),
  group: z.string().max(253),
  resource: name,
  subresource: z.string().min(1).max(253).optional(),
  /** Null for cluster-scoped kinds, and for all namespaces at once. */
  namespace: name.nullable(),
  /** Null for all objects of that kind. */
  name: name.nullable(),
})
/** Whether a context's person may do something: the verb is the one that would really be sent (`patch`, `update`, `create`, `delete`). */
export type Question = z.infer<typeof questionSchema>

export const mayInput = z.object({ questions: z.array(questionSchema).max(500) })
export const rulesInput = z.object({ context: name, namespace: name, refresh: z.boolean().optional() })

/** What is known of a right. `unknown`: the server could not be asked; the attempt will tell. `reason` is the authorizer's own, often empty. */
export type May = { readonly answer: 'yes' | 'no' | 'unknown'; readonly reason: string }

/** What a context's person may do in a namespace, cluster-wide grants included. */
export type Rules = {
  readonly rules: readonly ResourceRule[]
  readonly urls: readonly { readonly verbs: readonly string[]; readonly urls: readonly string[] }[]
  /** True where an authorizer does not list what it grants: what is missing here may be allowed all the same. */
  readonly incomplete: boolean
  /** The server's words on why. */
  readonly evaluationError: string
}

/** A question without its context: what a refusal would name. */
export function askedOf({ context: _, subresource, ...rest }: Question): Asked {
  return subresource === undefined ? rest : { ...rest, subresource }
}
