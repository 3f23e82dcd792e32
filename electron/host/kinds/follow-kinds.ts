import type { Kinds } from '../../../contract/browse.ts'
import { parseJson } from '../../../core/json.ts'
import { isObject, metadataText } from '../../../core/object.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import { inBackground } from '../bugs.ts'
import { backOff, pauseFor } from '../clusters/back-off.ts'
import { type Cluster, request } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import { askedForMany } from '../clusters/list.ts'
import { collectionPath } from '../clusters/path-of.ts'
import { watchStream } from '../clusters/watch-stream.ts'
import { type Asks, createAsks } from './asks.ts'

/** What a cluster serves, kept current while anybody follows it. */
type Follower = {
  readonly listeners: Set<() => void>
  /** Those who want to hear of every change of a definition, also where it changes nothing that discovery tells. */
  readonly definitionListeners: Set<() => void>
  readonly life: AbortController
  /** When a definition was last seen to change, or may have changed unseen; in milliseconds. */
  changedAt: number
  /** Null until the first answer. A failure after a success is not told: what was served last stays usable. */
  known: Result<Kinds> | null
  readonly asks: Asks
}

const followers = new WeakMap<Cluster, Follower>()

// What makes kinds come and go; their own objects tell of it at once.
const definitions = [
  { group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' },
  { group: 'apiregistration.k8s.io', version: 'v1', resource: 'apiservices' },
] as const

const pollMs = 60_000
const slowRetryMs = 30_000
/** So long after a definition a busy server may still serve what was before. */
const followsWithinMs = 40_000

/** A cluster's kinds as one who follows them sees them. */
export type FollowedKinds = {
  /** Null until the first answer. */
  current(): Result<Kinds> | null
  /** Asks the server now. */
  refresh(): void
  stop(): void
}

/**
 * Follows what a cluster serves: its definitions of kinds are watched, or, where they may not be, it is asked every minute.
 * All who follow one cluster share that. `onChange` hears of every other answer.
 */
export function followKinds(cluster: Cluster, onChange: () => void): FollowedKinds {
  const follower = followers.get(cluster) ?? begin(cluster)
  const stop = join(cluster, follower, follower.listeners, onChange)
  return { current: () => follower.known, refresh: () => follower.asks.after([0]), stop }
}

/**
 * Hears of every change of a CustomResourceDefinition or APIService, at once, and of one a moment ago, of which something may still
 * be to follow; where they may not be watched, each minute that they may have changed. The returned function ends that.
 */
export function followDefinitions(cluster: Cluster, onChange: () => void): () => void {
  const follower = followers.get(cluster) ?? begin(cluster)
  if (Date.now() - follower.changedAt < followsWithinMs) onChange()
  return join(cluster, follower, follower.definitionListeners, onChange)
}

/** After a definition came, went or changed, in milliseconds: when to ask what follows from it; what changes nothing costs a 304. */
export const afterDefinition = [150, 600, 2_000, 5_000] as const

function join(cluster: Cluster, follower: Follower, listeners: Set<() => void>, onChange: () => void): () => void {
  // Of each follower its own: one function may follow twice.
  const listener = () => onChange()
  listeners.add(listener)
  return () => {
    if (!listeners.delete(listener) || follower.listeners.size + follower.definitionListeners.size > 0) return
    follower.life.abort(new Error('nobody follows the kinds any longer'))
    if (followers.get(cluster) === follower) followers.delete(cluster)
  }
}

function begin(cluster: Cluster): Follower {
  const life = new AbortController()
  const follower: Follower = {
    listeners: new Set(),
    definitionListeners: new Set(),
    life,
    changedAt: 0,
    known: null,
    asks: createAsks(() => askOnce(cluster, follower), life.signal),
  }
  followers.set(cluster, follower)
  inBackground(untilKnown(cluster, follower), life.signal)
  return follower
}

async function untilKnown(cluster: Cluster, follower: Follower): Promise<void> {
  const { signal } = follower.life
  const pauses = backOff()
  while (!(await askOnce(cluster, follower))) {
    if (signal.aborted) return
    const code = follower.known?.ok === false ? follower.known.problem.code : null
    // A plugin that asks a person to log in must not be run every few seconds.
    if (code === 'credentials-failed' || code === 'unauthorized') await pauseFor(slowRetryMs, signal)
    else await pauses.pause(signal)
    if (signal.aborted) return
  }
  for (const type of definitions) inBackground(watchDefinitions(cluster, follower, type), signal)
}

/** True where the server told its kinds. */
async function askOnce(cluster: Cluster, follower: Follower): Promise<boolean> {
  const { signal } = follower.life
  try {
    const answer = await discover(cluster, { refresh: follower.known !== null, signal })
    tell(follower, answer)
    return answer.ok
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}

function tell(follower: Follower, answer: Result<Kinds>): void {
  const { known } = follower
  if (known?.ok && (!answer.ok || answer.value === known.value)) return
  follower.known = answer
  for (const listener of [...follower.listeners]) listener()
}

async function watchDefinitions(
  cluster: Cluster,
  follower: Follower,
  type: (typeof definitions)[number],
): Promise<void> {
  const { signal } = follower.life
  const pauses = backOff()
  while (!signal.aborted) {
    const began = Date.now()
    const refused = await watchOnce(cluster, type, () => changed(follower), signal)
    if (signal.aborted) return
    if (refused !== null) {
      await pauseFor(pollMs, signal)
      if (!signal.aborted) changed(follower, [0])
    } else if (Date.now() - began < pollMs) await pauses.pause(signal)
    else pauses.reset()
  }
}

/** A definition has changed, or may have: the kinds are asked for after those pauses. */
function changed(follower: Follower, pauses: readonly number[] = afterDefinition): void {
  follower.changedAt = Date.now()
  follower.asks.after(pauses)
  for (const listener of [...follower.definitionListeners]) listener()
}

/** One watch to its end; what changed until it began counts as a change too. Answers why definitions may not be followed, null where it only ended. */
async function watchOnce(
  cluster: Cluster,
  type: (typeof definitions)[number],
  onChange: () => void,
  signal: AbortSignal,
): Promise<Problem | null> {
  const from = await currentVersion(cluster, type, signal)
  if (!from.ok) return isRefusal(from.problem) ? from.problem : null
  // What came or went before that version, after whatever was known until now, is told by no watch.
  onChange()
  const events = watchStream(cluster, {
    path: collectionPath(type, null),
    query: [],
    headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json' },
    resourceVersion: from.value,
    asked: askedForMany('watch', type, null),
    signal,
  })
  for await (const event of events) {
    if (event.kind === 'end') return event.problem !== null && isRefusal(event.problem) ? event.problem : null
    if (event.kind !== 'opened' && event.kind !== 'bookmark') onChange()
  }
  return null
}

/** The version that a collection stands at, by a list of at most one. */
async function currentVersion(
  cluster: Cluster,
  type: (typeof definitions)[number],
  signal: AbortSignal,
): Promise<Result<string>> {
  try {
    const answer = await request(cluster, {
      method: 'GET',
      path: collectionPath(type, null),
      query: [['limit', '1']],
      headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json' },
      asked: askedForMany('list', type, null),
      signal,
    })
    if (!answer.ok) return answer
    const list = parseJson(answer.value.body)
    const version = list.ok && isObject(list.value) ? metadataText(list.value, 'resourceVersion') : null
    if (version !== null) return { ok: true, value: version }
    return {
      ok: false,
      problem: { code: 'server-error', status: answer.value.status, message: 'a list without version' },
    }
  } catch (error) {
    if (signal.aborted) return { ok: false, problem: { code: 'unreachable', detail: 'no longer followed' } }
    throw error
  }
}

function isRefusal({ code }: Problem): boolean {
  return code === 'forbidden' || code === 'not-found' || code === 'verb-unsupported'
}
