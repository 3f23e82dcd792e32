import type { RelatedState } from '../../../contract/object.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { metadataOf } from '../../../core/object.ts'
import { maskObject } from '../../../core/secrets.ts'
import { latestStates } from '../streams.ts'
import type { Followed } from './followed.ts'
import { findRelated } from './related.ts'

/** What is related to an object as it is found, looked for anew when its metadata or spec has changed. */
export async function* relatedStates(followed: Followed, signal: AbortSignal): AsyncGenerator<RelatedState, void> {
  let looked: string | null = null
  for await (const { object } of latestStates(followed.listen, followed.seen, signal)) {
    const key = object === null ? null : generationKey(object)
    if (object === null || key === looked) continue
    looked = key
    yield* findRelated(followed.cluster, maskObject(object), signal)
  }
}

/** What an object's status tells moves no relation. */
function generationKey(object: JsonObject): string {
  const { uid = null, generation = null, resourceVersion = null, labels = null } = metadataOf(object)
  return printJson([uid, generation ?? resourceVersion, labels])
}
