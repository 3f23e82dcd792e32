import * as z from 'zod'
import type { Problem } from '../core/problem.ts'

const name = z.string().min(1).max(500)

/** `version`: another served version of the edit's kind; null for the one that is edited. */
export const editSchemaInput = z.object({ edit: z.string().min(1).max(64), version: name.nullable().default(null) })

/** A kind as its cluster serves it. */
export const kindSchemaInput = z.object({ context: name, group: z.string().max(253), version: name, kind: name })

/**
 * What a cluster's OpenAPI v3 says of one kind. `document` is the JSON text of a document whose `components.schemas` hold
 * the kind's schema, `name`, and all that it leads to, as the server wrote them; `openFields` reads it. `version` is
 * another one whenever any of that is.
 */
export type KindFields = { readonly document: string; readonly name: string; readonly version: string }

/**
 * How an edit's schema stands: not asked yet, there in a version, nothing that the server would say of the kind (any
 * more), or out of reach for now; it is then asked again by itself.
 */
export type SchemaState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly version: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly problem: Problem }
