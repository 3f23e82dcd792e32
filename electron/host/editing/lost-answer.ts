import type { JsonObject } from '../../../core/json.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import type { EditSession, Live } from '../../../core/session.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject } from '../clusters/get.ts'
import { pause } from '../streams.ts'
import { liveFrom } from './live.ts'
import { type SentWrite, settleOutcome } from './settle.ts'

/** What became of a write whose answer was lost. `not-written`: not when the object was last read. */
export type Settled =
  | { readonly kind: 'written'; readonly object: JsonObject }
  | { readonly kind: 'not-written' }
  | { readonly kind: 'unknown' }

/** What settling works with. `stop`: nobody wants to wait any longer. */
export type SettleFacts = {
  readonly cluster: Cluster
  readonly session: EditSession
  readonly schema: PatchSchema | null
  readonly onLive: (live: Live) => void
  readonly stop: AbortSignal
}

/** A request whose connection broke may still be on its way: this often it is read before it is said that nothing was written. */
const readsForLateArrival = 4
const pauseForLateArrival = 500

/** For a server that cannot be reached: milliseconds between reads, and how long in all. */
const pauseUntilReachable = 1_000
const mostPatience = 45_000

/**
 * Reads what stands there, and compares it with what was planned and promised; never sends anything. `mayArrive`: the
 * request may still be on its way. One that comes later than that fails by its guard or does what was reviewed, once.
 */
export async function settleLost(
  sent: SentWrite,
  facts: SettleFacts,
  { mayArrive, signal }: { readonly mayArrive: boolean; readonly signal: AbortSignal },
): Promise<Settled> {
  const ended = AbortSignal.any([signal, facts.stop])
  const until = Date.now() + mostPatience
  let reads = 0
  while (!ended.aborted) {
    const now = await readNow(facts, signal)
    if (!now.ok) {
      if (!isPassing(now.problem) || Date.now() > until) break
      await pause(pauseUntilReachable, ended)
      continue
    }
    const kind = settleOutcome(sent, now.value, facts.schema)
    if (kind === 'written' && now.value !== null) return { kind, object: now.value }
    if (kind !== 'not-written') break
    reads++
    if (!mayArrive || reads === readsForLateArrival) return { kind }
    await pause(pauseForLateArrival, ended)
  }
  return { kind: 'unknown' }
}

/** What stands under the edit's name, whatever uid it has; null where nothing does. */
async function readNow(
  { cluster, session: { ref, origin }, onLive }: SettleFacts,
  signal: AbortSignal,
): Promise<Result<JsonObject | null>> {
  const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
  const read = await getObject(cluster, ref, at, signal)
  if (origin.kind !== 'create') onLive(liveFrom(read, ref))
  if (read.ok) return ok(read.value.object)
  return read.problem.code === 'not-found' ? ok(null) : read
}

function isPassing({ code }: Problem): boolean {
  return ['unreachable', 'timed-out', 'rate-limited', 'server-error'].includes(code)
}
