import type { Json } from './json.ts'

/** One list item named by what it is, not by where it stands: the values of its list-map keys, or its own value in a set. */
export type ItemIdentity =
  | { readonly keys: Readonly<Record<string, Json>> }
  | { readonly value: Json }

/** A step into an object: a map key, a list index, or a list item's identity. */
export type Step = string | number | ItemIdentity

/** A place in an object, from the root. The empty path is the object itself. */
export type Path = readonly Step[]
