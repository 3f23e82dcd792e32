import type { Json, JsonObject } from './json.ts'
import { fieldOf, isObject, metadataOf } from './object.ts'
import { lastApplied } from './secrets.ts'

/** What of `metadata` the server keeps for itself: it differs between any two objects, and says nothing of what they are for. */
const bookkeeping = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink']

/** An object without what differs between any two: the server's bookkeeping, `status`, and what `kubectl apply` remembers. */
export function withoutNoise(object: JsonObject): JsonObject {
  return withNoiseOf(object, {})
}

/** An object with another one's bookkeeping, status and memory of `kubectl apply` in the place of its own: what then differs is meant. */
export function withNoiseOf(object: JsonObject, source: JsonObject): JsonObject {
  const [own, its] = [metadataOf(object), metadataOf(source)]
  const annotations = swapped(mapIn(own, 'annotations'), mapIn(its, 'annotations'), [lastApplied])
  const isKept =
    Object.keys(annotations).length > 0 ||
    (Object.keys(mapIn(own, 'annotations')).length === 0 && isObject(own.annotations))
  const { annotations: _, ...plain } = swapped(own, its, bookkeeping)
  const metadata = isKept ? { ...plain, annotations } : plain
  const swappedObject = swapped(object, source, ['status'])
  return isObject(object.metadata) ? { ...swappedObject, metadata } : swappedObject
}

function swapped(own: JsonObject, its: JsonObject, keys: readonly string[]): JsonObject {
  const kept = Object.entries(own).filter(([key]) => !keys.includes(key))
  const taken = keys.flatMap((key): [string, Json][] => {
    const value = fieldOf(its, key)
    return value === undefined ? [] : [[key, value]]
  })
  return Object.fromEntries([...kept, ...taken])
}

function mapIn(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field)
  return isObject(value) ? value : {}
}
