import type { ObjectLive, ObjectTarget } from '../../../contract/object.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText } from '../../../core/object.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import { inBackground } from '../bugs.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject } from '../clusters/get.ts'
import { type Watched, watchObject } from '../clusters/watch.ts'
import { versionOf } from '../clusters/watch-stream.ts'
import { createNotifier, type Notifier } from '../streams.ts'

/** What is seen of an object. `object` is as the server has it, kept when it is gone; null until it was seen. */
export type Seen = { readonly live: ObjectLive; readonly object: JsonObject | null; readonly recreated: boolean }

/** An object that is followed for as long as somebody reads it. */
export type Followed = {
  readonly cluster: Cluster
  readonly target: ObjectTarget
  readonly seen: () => Seen
  readonly listen: Notifier['listen']
}

/** Follows objects: several readers of one object share one watch. */
export type FollowObjects = (target: ObjectTarget, signal: AbortSignal) => Result<Followed>

/** After the last reader has left, so that another section of the same page needs no reading anew. */
const lingerMs = 3_000

type Shared = Followed & { readers: number; readonly end: AbortController; ending: NodeJS.Timeout | null }

/** Nothing is followed until it is asked for; all ends with the signal. */
export function createFollowing(clusters: Clusters, life: AbortSignal): FollowObjects {
  const all = new Map<string, Shared>()

  function leave(key: string, shared: Shared): void {
    shared.readers -= 1
    if (shared.readers > 0) return
    shared.ending = setTimeout(() => {
      shared.end.abort()
      if (all.get(key) === shared) all.delete(key)
    }, lingerMs)
    shared.ending.unref()
  }

  return (target, signal) => {
    const cluster = clusters.cluster(target.context)
    if (!cluster.ok) return cluster
    const key = JSON.stringify(target)
    let shared = all.get(key)
    // A context that was changed on disk has another cluster by now.
    if (shared === undefined || shared.cluster !== cluster.value) {
      shared = share(cluster.value, target, life)
      all.set(key, shared)
    }
    if (shared.ending !== null) clearTimeout(shared.ending)
    shared.ending = null
    shared.readers += 1
    const mine = shared
    signal.addEventListener('abort', () => leave(key, mine), { once: true })
    return { ok: true, value: shared }
  }
}

function share(cluster: Cluster, target: ObjectTarget, life: AbortSignal): Shared {
  const end = new AbortController()
  const changed = createNotifier()
  let seen: Seen = { live: { kind: 'opening' }, object: null, recreated: false }
  const tell = (next: Seen) => {
    seen = next
    changed.notify()
  }
  const over = AbortSignal.any([end.signal, life])
  inBackground(follow(cluster, target, { seen: () => seen, tell, signal: over }), over)
  return { cluster, target, seen: () => seen, listen: changed.listen, readers: 0, end, ending: null }
}

type Telling = {
  readonly seen: () => Seen
  readonly tell: (next: Seen) => void
  readonly signal: AbortSignal
}

async function follow(cluster: Cluster, target: ObjectTarget, { seen, tell, signal }: Telling): Promise<void> {
  const at = { namespace: target.namespace, name: target.name }
  const read = await getObject(cluster, target, at, signal)
  tell(read.ok ? present(seen(), read.value.object) : { ...seen(), live: unread(read.problem) })
  // Of what is not there the watch tells when it comes.
  const resourceVersion = (read.ok ? versionOf(read.value.object) : null) ?? '0'
  for await (const watched of watchObject(cluster, target, at, { resourceVersion, signal })) {
    tell(step(seen(), watched))
  }
}

function step(seen: Seen, watched: Watched): Seen {
  switch (watched.kind) {
    case 'present':
      return present(seen, watched.object)
    case 'gone':
      return seen.object === null ? seen : { ...seen, live: { kind: 'gone' } }
    case 'unreadable':
    case 'unknown':
      return { ...seen, live: watched }
  }
}

function present({ object: before, recreated }: Seen, object: JsonObject): Seen {
  const another = before !== null && metadataText(before, 'uid') !== metadataText(object, 'uid')
  return { live: { kind: 'present' }, object, recreated: recreated || another }
}

function unread(problem: Problem): ObjectLive {
  return { kind: 'unreadable', problem }
}
