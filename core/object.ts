import type { Json, JsonObject } from './json.ts'

declare const brand: unique symbol
/** A string that must not be mixed with another kind of id. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

/** A cluster by what it is (server address and CA, `kube-system`'s uid where readable), not by a context's name. */
export type ClusterIdentity = Branded<'cluster'>

/** A served resource: the address of a kind. `group` is `''` for the core group. */
export type ResourceType = { readonly group: string; readonly version: string; readonly resource: string }

/** One object of one cluster. `namespace` is null for cluster-scoped kinds. */
export type ObjectRef = ResourceType & {
  readonly cluster: ClusterIdentity
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  readonly uid: string
  readonly subresource?: string
}

/** An object as the server sent it, with the two facts that every write needs. */
export type Snapshot = { readonly object: JsonObject; readonly uid: string; readonly resourceVersion: string }

/** `apiVersion` as it stands in objects: `v1`, `apps/v1`. */
export function apiVersionOf(type: Pick<ResourceType, 'group' | 'version'>): string {
  return type.group === '' ? type.version : `${type.group}/${type.version}`
}

/** Narrows a value to an object (not a list, not null). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Narrows a value to a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** An object's own field: a key such as `constructor` or `__proto__` is only there when the object itself holds it. */
export function fieldOf(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The object's `metadata`, empty when it has none. */
export function metadataOf(object: JsonObject): JsonObject {
  return isObject(object.metadata) ? object.metadata : {}
}

/** A string field of `metadata`, null when absent or of another type. */
export function metadataText(object: JsonObject, field: string): string | null {
  const value = metadataOf(object)[field]
  return typeof value === 'string' ? value : null
}

/** A snapshot of an object just read. Throws when it has no uid or resourceVersion: such a body is not a live object. */
export function snapshotOf(object: JsonObject): Snapshot {
  const uid = metadataText(object, 'uid')
  const resourceVersion = metadataText(object, 'resourceVersion')
  if (uid === null || resourceVersion === null) throw new Error('not a live object: no uid or resourceVersion')
  return { object, uid, resourceVersion }
}
