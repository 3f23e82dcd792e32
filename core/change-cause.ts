import type { JsonObject } from './json.ts'
import { fieldOf, isObject, metadataOf } from './object.ts'

/** The annotation in which `kubectl --record` kept why an object was changed; `kubectl rollout history` shows it. */
export const changeCause = 'kubernetes.io/change-cause'

/** The object with a cause in that annotation; null leaves it as it is. */
export function withChangeCause(object: JsonObject, cause: string | null): JsonObject {
  if (cause === null) return object
  const metadata = metadataOf(object)
  const annotations = fieldOf(metadata, 'annotations')
  const kept = isObject(annotations) ? annotations : {}
  return { ...object, metadata: { ...metadata, annotations: { ...kept, [changeCause]: cause } } }
}
