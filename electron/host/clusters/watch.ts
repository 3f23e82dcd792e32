import type { JsonObject } from '../../../core/json.ts'
import type { ResourceType } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import { type BackOff, backOff, pauseFor } from './back-off.ts'
import type { Cluster } from './connection.ts'
import { getMetadata, getObject } from './get.ts'
import { type At, askedFor, collectionPath, nameSelector } from './path-of.ts'
import { versionOf, watchStream } from './watch-stream.ts'

/** What became of a watched object. `unknown`: the server cannot be reached since that time (milliseconds). */
export type Watched =
  | { readonly kind: 'present'; readonly object: JsonObject }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly problem: Problem }
  | { readonly kind: 'unknown'; readonly since: number }

type Watching = {
  readonly cluster: Cluster
  readonly type: ResourceType
  readonly at: At
  readonly signal: AbortSignal
}

const pollMs = 5_000

/**
 * Follows one object from a version on, for as long as the signal lets it: yields changes only, never what the caller
 * has already seen. Works under rules by resourceNames. Where watching is forbidden it reads the metadata every 5 seconds,
 * and the object when its version is another.
 */
export async function* watchObject(
  cluster: Cluster,
  type: ResourceType,
  at: At,
  options: { readonly resourceVersion: string; readonly signal: AbortSignal },
): AsyncGenerator<Watched> {
  const watching = { cluster, type, at, signal: options.signal }
  let last = `present ${options.resourceVersion}`
  for await (const watched of allStates(watching, options.resourceVersion)) {
    const key = keyOf(watched)
    if (key === last) continue
    last = key
    yield watched
  }
}

function keyOf(watched: Watched): string {
  switch (watched.kind) {
    case 'present':
      return `present ${versionOf(watched.object)}`
    case 'unreadable':
      return `unreadable ${watched.problem.code}`
    case 'gone':
    case 'unknown':
      return watched.kind
  }
}

// Watches where that is allowed, reads where a watch leaves a gap. The same state may be yielded again and again.
async function* allStates(watching: Watching, from: string): AsyncGenerator<Watched> {
  const { signal } = watching
  const pauses = backOff()
  const position = { version: from }
  let polls = false
  while (!signal.aborted) {
    if (polls) {
      await pauseFor(pollMs, signal)
      if (await isUnchanged(watching, position.version)) continue
    } else {
      const ending = yield* follow(watching, position, pauses)
      if (ending === 'resume') continue
      if (ending === 'unreachable') await pauses.pause(signal)
      polls = ending === 'poll'
    }
    yield* readAgain(watching, position)
  }
}

/** How a watch over one object ended: what to do next. */
type Ending = 'resume' | 'read' | 'unreachable' | 'poll'

async function* follow(
  { cluster, type, at, signal }: Watching,
  position: { version: string },
  pauses: BackOff,
): AsyncGenerator<Watched, Ending> {
  const query = [['fieldSelector', nameSelector(at.name)]] as const
  const path = collectionPath(type, at.namespace)
  const asked = askedFor('watch', type, { namespace: at.namespace, name: at.name })
  const began = Date.now()
  for await (const event of watchStream(cluster, { path, query, resourceVersion: position.version, asked, signal })) {
    if (event.kind === 'opened') continue
    // A server that closes each watch at once must not be asked without a pause.
    if (event.kind === 'end')
      return event.problem === null && Date.now() - began < 1_000 ? 'unreachable' : endingOf(event.problem)
    pauses.reset()
    position.version = versionOf(event.object) ?? position.version
    if (event.kind === 'bookmark') continue
    if (event.kind === 'deleted') yield { kind: 'gone' }
    // A subresource such as `scale` has a shape of its own, which the watch of its object does not show.
    else if (at.subresource) return 'read'
    else yield { kind: 'present', object: event.object }
  }
  return 'resume'
}

function endingOf(problem: Problem | null): Ending {
  switch (problem?.code) {
    case undefined:
      return 'resume'
    case 'expired':
      return 'read'
    case 'forbidden':
    case 'verb-unsupported':
    case 'decoding-failed':
      // The last: an aggregated API that takes no field selector.
      return 'poll'
    default:
      return 'unreachable'
  }
}

// Any doubt is for the reading of the whole object to settle.
async function isUnchanged({ cluster, type, at, signal }: Watching, version: string): Promise<boolean> {
  if (at.subresource) return false
  const answer = await getMetadata(cluster, type, at, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error
    return null
  })
  return answer?.ok === true && versionOf(answer.value.object) === version
}

// Reads until the object's state is known again, and moves on to the version read.
async function* readAgain(
  { cluster, type, at, signal }: Watching,
  position: { version: string },
): AsyncGenerator<Watched> {
  const pauses = backOff()
  const since = Date.now()
  while (!signal.aborted) {
    const answer = await getObject(cluster, type, at, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error
      return null
    })
    if (answer === null) return
    if (answer.ok) {
      position.version = versionOf(answer.value.object) ?? position.version
      return yield { kind: 'present', object: answer.value.object }
    }
    if (answer.problem.code === 'not-found') return yield { kind: 'gone' }
    yield isRefusal(answer.problem) ? { kind: 'unreadable', problem: answer.problem } : { kind: 'unknown', since }
    await pauses.pause(signal)
  }
}

function isRefusal({ code }: Problem): boolean {
  return !['unreachable', 'timed-out', 'tls-failed', 'rate-limited', 'server-error'].includes(code)
}
