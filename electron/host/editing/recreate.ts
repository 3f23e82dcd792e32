import type { JsonObject } from '../../../core/json.ts'
import { withoutGiven } from '../../../core/manifest.ts'

/** The object as it can be created anew: without `status` and without what the server gave the old one. */
export function objectForCreation(object: JsonObject): JsonObject {
  const { status: _, ...rest } = withoutGiven(object)
  return rest
}
