import { type ObjectRef, snapshotOf } from '../../../core/object.ts'
import type { Live } from '../../../core/session.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject } from '../clusters/get.ts'

/** What the server has under an edit's name now. Another uid under the same name is another object. */
export async function readLive(cluster: Cluster, ref: ObjectRef, signal: AbortSignal): Promise<Live> {
  const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
  const read = await getObject(cluster, ref, at, signal)
  if (!read.ok)
    return read.problem.code === 'not-found' ? { kind: 'gone' } : { kind: 'unreadable', problem: read.problem }
  const snapshot = snapshotOf(read.value.object)
  return snapshot.uid === ref.uid ? { kind: 'present', snapshot } : { kind: 'replaced', uid: snapshot.uid }
}
