import type { JsonObject } from '../../../core/json.ts'
import { metadataOf } from '../../../core/object.ts'

/** What the server gave the object that is gone: a new one gets its own. */
const given = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'managedFields',
  'selfLink',
]

/** The object as it can be created anew: without `status` and without what the server gave the old one. */
export function objectForCreation(object: JsonObject): JsonObject {
  const metadata = Object.entries(metadataOf(object)).filter(([key]) => !given.includes(key))
  const { status: _, ...rest } = object
  return { ...rest, metadata: Object.fromEntries(metadata) }
}
