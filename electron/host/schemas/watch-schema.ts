import type { SchemaState } from '../../../contract/schema.ts'
import { backOff } from '../clusters/back-off.ts'
import type { Cluster } from '../clusters/connection.ts'
import { createAsks } from '../kinds/asks.ts'
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
  const away = backOff()
  let state: SchemaState = { kind: 'asking' }

  const ask = async () => {
    const next = await stateNow(read, cluster, served, over)
    if (next === null) return
    const isKnown = state.kind === 'known' || state.kind === 'none'
    if (next.kind === 'failed') asks.after([away.next()])
    else away.reset()
    if (next.kind === 'failed' && isKnown) return
    state = next
    changed.notify()
  }
  const asks = createAsks(ask, over)

  asks.after([0])
  const unfollow = followDefinitions(cluster, () => asks.after(untilServed))
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
