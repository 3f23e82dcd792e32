import type { Cluster } from './connection.ts'

// Beyond this, API servers begin to queue and then to answer 429; two of these keep a small server busy.
const heavyAtOnce = 4

type Queue = (() => void)[]

const waiting = new WeakMap<Cluster, { running: number; readonly urgent: Queue; readonly others: Queue }>()

/**
 * Runs a heavy request when fewer than four others run on the same cluster. Urgent ones (those that fill a screen) go
 * before the rest; among equals, first come, first served: lists that go on chunk by chunk take turns. Rejects with the
 * signal's reason while waiting.
 */
export async function inTurn<T>(
  cluster: Cluster,
  urgent: boolean,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  const state = waiting.get(cluster) ?? { running: 0, urgent: [], others: [] }
  waiting.set(cluster, state)
  // A slot is handed over from one to the next, so `running` is only counted where none waited.
  if (state.running < heavyAtOnce) state.running += 1
  else await turnOf(urgent ? state.urgent : state.others, signal)
  try {
    return await run()
  } finally {
    const next = state.urgent.shift() ?? state.others.shift()
    if (next) next()
    else state.running -= 1
  }
}

function turnOf(queue: Queue, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      queue.splice(queue.indexOf(take), 1)
      reject(signal.reason)
    }
    const take = () => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    queue.push(take)
  })
}
