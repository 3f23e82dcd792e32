import { type Json, type JsonObject, parseJson } from '../../../core/json.ts'
import { isObject, metadataText } from '../../../core/object.ts'
import type { Asked, Problem, Result } from '../../../core/problem.ts'
import { problemFrom } from './answer.ts'
import { type Cluster, request } from './connection.ts'
import { linesOf } from './lines.ts'
import { networkProblem } from './network-problem.ts'
import { makeWatchdog } from './watchdog.ts'

/**
 * One event of a watch. `bookmark` only says from where to go on. `end` is the last one: with the problem that ended the
 * stream (`expired` when the version is too old), or null when the server closed it in peace.
 */
type WatchEvent =
  | { readonly kind: 'opened' }
  | { readonly kind: 'added' | 'modified' | 'deleted'; readonly object: JsonObject }
  | { readonly kind: 'bookmark'; readonly object: JsonObject }
  | { readonly kind: 'end'; readonly problem: Problem | null }

/** What is watched: a collection's path, narrowed by `query`, from a version on. */
type WatchCall = {
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly headers?: Readonly<Record<string, string>>
  readonly resourceVersion: string
  readonly asked: Asked
  readonly signal: AbortSignal
  /** Reads a line. `parseJson` where not given, which loses no digit. */
  readonly parse?: (line: string) => Result<Json>
}

/** No watch is asked to live shorter than this; one that ends earlier was ended for a reason. */
export const shortestWatchMs = 300_000

/**
 * One watch from its opening to its end, which is always an `end` event; nothing more once the signal is aborted. One
 * that seems dead (half-open, or after this machine slept) is ended, and the next one gets a new connection.
 */
export async function* watchStream(cluster: Cluster, call: WatchCall): AsyncGenerator<WatchEvent> {
  const { path, headers, asked, signal } = call
  // The server's own choice is 30 to 60 minutes; a spread keeps many watches from ending together.
  const timeoutSeconds = String(shortestWatchMs / 1_000 + Math.floor(Math.random() * 300))
  const query = [
    ...call.query,
    ['watch', 'true'],
    ['resourceVersion', call.resourceVersion],
    ['allowWatchBookmarks', 'true'],
    ['timeoutSeconds', timeoutSeconds],
  ] as const
  const dead = new AbortController()
  const either = AbortSignal.any([signal, dead.signal])
  const watchdog = makeWatchdog(async suspicion => {
    if (suspicion === 'silent' && (await answers(cluster, either))) return
    // While it was asked the watch may have ended: whether the connection is good is then another's question.
    if (either.aborted) return
    cluster.renew()
    dead.abort()
  })
  try {
    const reply = await cluster.open({ method: 'GET', path, query, ...(headers && { headers }), asked, signal: either })
    if (!reply.ok) return yield { kind: 'end', problem: reply.problem }
    yield { kind: 'opened' }
    for await (const line of linesOf(reply.value.body)) {
      watchdog.heard()
      const event = readEvent(call.parse?.(line) ?? parseJson(line), asked)
      yield event
      if (event.kind === 'end') return
    }
    yield { kind: 'end', problem: null }
  } catch (error) {
    if (signal.aborted) return
    const unheard = { code: 'unreachable', detail: 'nothing was heard of the server' } as const
    const problem = dead.signal.aborted ? unheard : networkProblem(error, { seconds: 150, writes: false })
    yield { kind: 'end', problem }
  } finally {
    watchdog.end()
    dead.abort()
  }
}

const probeSeconds = 3

async function answers(cluster: Cluster, signal: AbortSignal): Promise<boolean> {
  const asked = { verb: 'get', group: '', resource: 'version', namespace: null, name: null }
  const call = { method: 'GET', path: '/version', asked, signal, timeoutSeconds: probeSeconds } as const
  const answer = await request(cluster, call).catch(() => null)
  return answer?.ok === true || (answer !== null && !['timed-out', 'unreachable'].includes(answer.problem.code))
}

/** The version that an event's object carries, for resuming after it; null when it carries none. */
export function versionOf(object: JsonObject): string | null {
  return metadataText(object, 'resourceVersion')
}

function readEvent(parsed: Result<Json>, asked: Asked): WatchEvent {
  const event = parsed.ok && isObject(parsed.value) ? parsed.value : {}
  const object = isObject(event.object) ? event.object : {}
  switch (event.type) {
    case 'ADDED':
      return { kind: 'added', object }
    case 'MODIFIED':
      return { kind: 'modified', object }
    case 'DELETED':
      return { kind: 'deleted', object }
    case 'BOOKMARK':
      return { kind: 'bookmark', object }
    case 'ERROR':
      // An expired version comes as a Status in a stream that began with 200.
      return { kind: 'end', problem: problemFrom(Number(object.code) || 500, {}, JSON.stringify(object), asked) }
    default:
      return { kind: 'end', problem: { code: 'server-error', status: 200, message: 'not a watch event' } }
  }
}
