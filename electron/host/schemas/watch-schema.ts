import type { SchemaState } from '../../../contract/schema.ts'
import { inBackground } from '../bugs.ts'
import { backOff, pauseFor } from '../clusters/back-off.ts'
import type { Cluster } from '../clusters/connection.ts'
import { afterDefinition, followDefinitions } from '../kinds/follow-kinds.ts'
import { createNotifier, latestStates } from '../streams.ts'
import type { ReadSchema, ServedAs } from './schemas.ts'

/** A server with much to do gathers its OpenAPI later than it serves the kind. */
const untilServed = [...afterDefinition, 10_000, 20_000]

/**
 * How a kind's schema stands, now and whenever that changes: it is asked for again after every change of a definition, and
 * for as long as the server cannot be asked. A failure after a success is not told: what was known stays usable.
 */
export async function* watchSchema(
  read: ReadSchema,
  cluster: Cluster,
  served: ServedAs,
  signal: AbortSignal,
): AsyncGenerator<SchemaState, void> {
  const left = new AbortController()
  const over = AbortSignal.any([signal, left.signal])
  const changed = createNotifier()
  let state: SchemaState = { kind: 'asking' }
  let asking = new AbortController()

  const ask = async (until: AbortSignal): Promise<boolean> => {
    const next = await stateNow(read, cluster, served, until)
    if (until.aborted || next === null) return false
    const isKnown = state.kind === 'known' || state.kind === 'none'
    if (next.kind === 'failed' && isKnown) return false
    state = next
    changed.notify()
    return next.kind !== 'failed'
  }
  const askAfter = async (pauses: readonly number[], until: AbortSignal): Promise<void> => {
    let answered = false
    for (const pause of pauses) {
      await pauseFor(pause, until)
      if (until.aborted) return
      answered = await ask(until)
    }
    for (const away = backOff(); !answered && !until.aborted; ) {
      await away.pause(until)
      answered = !until.aborted && (await ask(until))
    }
  }
  const begin = (pauses: readonly number[]) => {
    asking.abort()
    asking = new AbortController()
    const until = AbortSignal.any([over, asking.signal])
    inBackground(askAfter(pauses, until), until)
  }

  begin([0])
  const unfollow = followDefinitions(cluster, () => begin(untilServed))
  try {
    yield* latestStates(changed.listen, () => state, signal)
  } finally {
    left.abort()
    unfollow()
  }
}

/** Null where the signal ended the question. */
async function stateNow(
  read: ReadSchema,
  cluster: Cluster,
  served: ServedAs,
  signal: AbortSignal,
): Promise<SchemaState | null> {
  try {
    const fields = await read(cluster, served, signal)
    if (!fields.ok) return { kind: 'failed', problem: fields.problem }
    return fields.value === null ? { kind: 'none' } : { kind: 'known', version: fields.value.version }
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}
