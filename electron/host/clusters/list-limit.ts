import type { Cluster } from './connection.ts'

// Beyond this, API servers begin to queue and then to answer 429.
const heavyAtOnce = 6

const waiting = new WeakMap<Cluster, { running: number; readonly queue: (() => void)[] }>()

/** Runs a heavy request when fewer than six others run on the same cluster. Rejects with the signal's reason while waiting. */
export async function inTurn<T>(cluster: Cluster, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const state = waiting.get(cluster) ?? { running: 0, queue: [] }
  waiting.set(cluster, state)
  // A slot is handed over from one to the next, so `running` is only counted where none waited.
  if (state.running < heavyAtOnce) state.running += 1
  else await turnOf(state.queue, signal)
  try {
    return await run()
  } finally {
    const next = state.queue.shift()
    if (next) next()
    else state.running -= 1
  }
}

function turnOf(queue: (() => void)[], signal: AbortSignal): Promise<void> {
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
