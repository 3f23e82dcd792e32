import { type ObjectRef, snapshotOf } from '../../../core/object.ts'
import type { Result } from '../../../core/problem.ts'
import type { Live } from '../../../core/session.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject, type ObjectAnswer } from '../clusters/get.ts'

/** What the server has under an edit's name now. Another uid under the same name is another object. */
export async function readLive(cluster: Cluster, ref: ObjectRef, signal: AbortSignal): Promise<Live> {
  const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
  return liveFrom(await getObject(cluster, ref, at, signal), ref)
}

/** What an answer to the reading of an edit's object says of it. */
export function liveFrom(read: Result<ObjectAnswer>, ref: ObjectRef): Live {
  if (!read.ok)
    return read.problem.code === 'not-found' ? { kind: 'gone' } : { kind: 'unreadable', problem: read.problem }
  const snapshot = snapshotOf(read.value.object)
  return snapshot.uid === ref.uid ? { kind: 'present', snapshot } : { kind: 'replaced', uid: snapshot.uid }
}
