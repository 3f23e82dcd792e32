import type { JsonObject } from './json.ts'
import { metadataOf } from './object.ts'

/** A change turned round, as two sides of a three-way merge: what is merged with `base` and `mine` gets the change taken back. */
export type Inverse = { readonly base: JsonObject; readonly mine: JsonObject }

/**
 * The inverse of the change from `before` to `after`: merged three ways with what is live, as theirs, it gives what I had
 * changed its former values and keeps what others have written since. The server's own bookkeeping is no part of it.
 */
export function inverseOf(before: JsonObject, after: JsonObject): Inverse {
  const { resourceVersion: _, generation: __, managedFields: ___, ...former } = metadataOf(before)
  const { resourceVersion, generation, managedFields } = metadataOf(after)
  const bookkeeping = Object.entries({ resourceVersion, generation, managedFields })
  const metadata = {
    ...former,
    ...Object.fromEntries(bookkeeping.flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
  }
  return { base: after, mine: { ...before, metadata } }
}
