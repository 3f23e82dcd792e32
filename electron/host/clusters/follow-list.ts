import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText, type ResourceType } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { backOff, pauseFor } from './back-off.ts'
import type { Cluster } from './connection.ts'
import { objectOf } from './get.ts'
import { askedForMany, listChunk, selectorQuery } from './list.ts'
import { collectionPath } from './path-of.ts'
import { versionOf, watchStream } from './watch-stream.ts'

/** Which objects are followed. No more than `most` are listed; a watch tells of the others too when they change. */
type Followed = {
  readonly namespace: string | null
  readonly labels: string
  readonly fields: string
  readonly most: number
  readonly signal: AbortSignal
}

/**
 * What a followed collection told. `all`: what is in it now, instead of what was told before; `more` where it was cut off.
 * `refused` is the last word: it may not be read.
 */
export type Listed =
  | { readonly kind: 'all'; readonly objects: readonly JsonObject[]; readonly more: boolean }
  | { readonly kind: 'put' | 'removed'; readonly object: JsonObject }
  | { readonly kind: 'refused'; readonly problem: Problem }

const pollMs = 5_000

/** Follows a collection for as long as the signal lets it: lists and watches; where watching is forbidden, lists every 5 seconds. */
export async function* followList(cluster: Cluster, type: ResourceType, followed: Followed): AsyncGenerator<Listed> {
  const { signal } = followed
  const pauses = backOff()
  while (!signal.aborted) {
    const listed = await list(cluster, type, followed)
    if (signal.aborted) return
    if (!listed.ok) {
      if (isRefusal(listed.problem)) return yield { kind: 'refused', problem: listed.problem }
      await pauses.pause(signal)
      continue
    }
    yield listed.value.state
    const ending = yield* watch(cluster, type, followed, listed.value.version, pauses.reset)
    if (ending === 'poll') await pauseFor(pollMs, signal)
    else if (ending === 'away') await pauses.pause(signal)
  }
}

type Listing = { readonly version: string; readonly state: Extract<Listed, { kind: 'all' }> }

async function list(cluster: Cluster, type: ResourceType, followed: Followed): Promise<Result<Listing>> {
  const { namespace, labels, fields, most, signal } = followed
  const call = { namespace, labels, fields, accept: 'application/json', limit: most, continueToken: null }
  const answer = await listChunk(cluster, type, call, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error
    return fail({ code: 'timed-out', seconds: 0 } as const)
  })
  const read = answer.ok ? objectOf(answer.value) : answer
  if (!read.ok) return read
  const { object } = read.value
  const objects = isList(object.items) ? object.items.filter(isObject) : []
  const more = (metadataText(object, 'continue') ?? '') !== ''
  return ok({ version: versionOf(object) ?? '0', state: { kind: 'all', objects, more } })
}

async function* watch(
  cluster: Cluster,
  type: ResourceType,
  followed: Followed,
  from: string,
  onHeard: () => void,
): AsyncGenerator<Listed, 'relist' | 'poll' | 'away'> {
  const { namespace, signal } = followed
  const path = collectionPath(type, namespace)
  const asked = askedForMany('watch', type, namespace)
  const query = selectorQuery(followed)
  let version = from
  while (!signal.aborted) {
    const began = Date.now()
    for await (const event of watchStream(cluster, { path, query, resourceVersion: version, asked, signal })) {
      if (event.kind === 'opened') continue
      if (event.kind === 'end') {
        // A server that closes each watch at once must not be asked without a pause.
        if (event.problem === null && Date.now() - began > 1_000) break
        if (event.problem?.code === 'expired') return 'relist'
        return event.problem !== null && isRefusal(event.problem) ? 'poll' : 'away'
      }
      onHeard()
      version = versionOf(event.object) ?? version
      if (event.kind !== 'bookmark') yield { kind: event.kind === 'deleted' ? 'removed' : 'put', object: event.object }
    }
  }
  return 'relist'
}

function isRefusal({ code }: Problem): boolean {
  return ['forbidden', 'not-found', 'verb-unsupported', 'decoding-failed'].includes(code)
}
