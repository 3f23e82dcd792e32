import type { Cluster } from '../clusters/connection.ts'
import { pause } from '../streams.ts'

/** Lets what nobody waits for take its turn: one at a time in each cluster, with a rest after each. */
export type Pace = {
  /** Runs it when its turn comes; throws the signal's reason where that comes first. */
  readonly turn: <T>(cluster: Cluster, signal: AbortSignal, run: () => Promise<T>) => Promise<T>
  /** The cluster asked to be left alone: nothing has its turn for so many seconds, or twice as long as the last time where it did not say. */
  readonly backOff: (cluster: Cluster, seconds: number | null) => void
}

type Lane = {
  last: Promise<unknown>
  /** On `performance`'s clock. */
  freeAt: number
  backOffMs: number
}

const shortestRestMs = 500
/** A slow server is asked less often: it rests this many times as long as it took. */
const restOfWork = 3
const firstBackOffMs = 10_000
const longestBackOffMs = 5 * 60_000

/** A pace of its own; what is known of a cluster goes with it. */
export function createPace(): Pace {
  const lanes = new WeakMap<Cluster, Lane>()
  const laneOf = (cluster: Cluster): Lane => {
    const lane = lanes.get(cluster) ?? { last: Promise.resolve(), freeAt: 0, backOffMs: 0 }
    lanes.set(cluster, lane)
    return lane
  }
  return {
    async turn(cluster, signal, run) {
      const lane = laneOf(cluster)
      const mine = Promise.withResolvers<void>()
      const before = lane.last
      lane.last = mine.promise
      try {
        await before
        while (!signal.aborted && lane.freeAt > performance.now()) await pause(lane.freeAt - performance.now(), signal)
        signal.throwIfAborted()
        const began = performance.now()
        const backOff = lane.backOffMs
        try {
          return await run()
        } finally {
          const now = performance.now()
          lane.freeAt = Math.max(lane.freeAt, now + Math.max(shortestRestMs, restOfWork * (now - began)))
          if (lane.backOffMs === backOff) lane.backOffMs = 0
        }
      } finally {
        mine.resolve()
      }
    },
    backOff(cluster, seconds) {
      const lane = laneOf(cluster)
      lane.backOffMs = Math.min(Math.max(firstBackOffMs, lane.backOffMs * 2), longestBackOffMs)
      lane.freeAt = performance.now() + Math.max(lane.backOffMs, (seconds ?? 0) * 1000)
    },
  }
}
