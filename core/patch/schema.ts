import type { Json } from '../json.ts'

/** A value of `x-kubernetes-patch-strategy` (Go: `patchStrategy` tag, comma-separated there). */
export type PatchStrategy = 'merge' | 'replace' | 'retainKeys'

/** A scalar's JSON types, several where a field takes any of them (a quantity), and OpenAPI's `format`, null where it names none. */
export type ScalarType = {
  readonly types: readonly ('string' | 'integer' | 'number' | 'boolean')[]
  readonly format: string | null
}

/**
 * What one place of an object is, as far as patching, merging and comparing need to know. Walk it with `field`
 * and `items`; null means that the schema says nothing about the place.
 */
export type PatchSchema = {
  readonly type: 'object' | 'array' | 'scalar' | 'unknown'
  /** Null for what is no scalar, or where the schema does not say which one. */
  readonly scalar: ScalarType | null
  /** True for an object with named fields, false for a map of any keys (or unknown). */
  readonly struct: boolean
  /** The schema of a field, or of a map's values. */
  readonly field: (key: string) => PatchSchema | null
  /** The schema of a list's items. */
  readonly items: () => PatchSchema | null
  readonly strategies: readonly PatchStrategy[]
  /** `x-kubernetes-patch-merge-key`: how strategic patches find items. Not an identity: see `listMapKeys`. */
  readonly mergeKey: string | null
  readonly listType: 'atomic' | 'set' | 'map' | null
  /** `x-kubernetes-list-map-keys`: the item's identity, all keys together. */
  readonly listMapKeys: readonly string[]
  /** `x-kubernetes-map-type: atomic`. */
  readonly atomicMap: boolean
  /** True where nothing is said of what a place of a built-in kind holds (`RawExtension`): an apply takes it as one value. */
  readonly opaque: boolean
  readonly nullable: boolean
  /** The schema's default, used to complete identities (`protocol: TCP`); undefined when it has none. */
  readonly default: Json | undefined
}
