import { setTimeout as wait } from 'node:timers/promises'
import type { Problem } from '../../../core/problem.ts'
import type { Reply } from './connection.ts'

/**
 * How long one question may still take, and how often it may be sent again: the one budget of all that is done for it.
 * Each answer waits for the right moment first, and is false where the failure is final. What writes is never sent again.
 */
export type Patience = {
  /** Aborted with a TimeoutError when the time is over. */
  readonly signal: AbortSignal
  /** Does what is not the server's to answer for: the clock stands still. */
  aside<T>(run: () => Promise<T>): Promise<T>
  /** To be called at the end. */
  end(): void
  /** The connection broke, under the request or under its answer. */
  dropped(signal: AbortSignal): Promise<boolean>
  /** The server asked to wait (429, or 503 with Retry-After). */
  busy(reply: Pick<Reply, 'status' | 'headers'>, signal: AbortSignal): Promise<boolean>
  /** The server did not know us (401). */
  refused(): boolean
}

// All that shares a connection breaks with it, and the next one may break under others' requests that were on their way.
const mostDrops = 4
const firstPauseMs = 30
const mostWaits = 3
const longestWaitSeconds = 10

/** The patience for a new question; without an end where `seconds` is not given. */
export function makePatience({
  writes = false,
  seconds,
}: {
  readonly writes?: boolean | undefined
  readonly seconds?: number
}): Patience {
  const clock = startClock(seconds)
  let drops = 0
  let waits = 0
  let refusals = 0
  return {
    ...clock,
    async dropped(signal) {
      if (writes || drops === mostDrops) return false
      await wait(firstPauseMs * 2 ** drops++, undefined, { signal })
      return true
    },
    // A write waits where the person can see it wait, and stop it.
    async busy({ status, headers }, signal) {
      const asks = status === 429 || (status === 503 && headers['retry-after'] !== undefined)
      if (!asks || writes || waits++ === mostWaits) return false
      await wait(secondsToWait(headers) * 1000 * (1 + Math.random() / 4), undefined, { signal })
      return true
    },
    // A 401 is given before anything is done: this one may be sent again, writes too.
    refused: () => refusals++ === 0,
  }
}

function startClock(seconds: number | undefined): Pick<Patience, 'signal' | 'aside' | 'end'> {
  const over = new AbortController()
  let left = (seconds ?? 0) * 1000
  let timer: NodeJS.Timeout | undefined
  let began = 0
  const go = () => {
    began = performance.now()
    if (seconds === undefined) return
    timer = setTimeout(() => over.abort(new DOMException('no answer in time', 'TimeoutError')), left).unref()
  }
  const stop = () => {
    clearTimeout(timer)
    left -= performance.now() - began
  }
  go()
  return {
    signal: over.signal,
    async aside(run) {
      stop()
      try {
        return await run()
      } finally {
        go()
      }
    },
    end: stop,
  }
}

/** A pooled connection that the server has closed meanwhile, or one that broke under the request. */
export function isDropped(problem: Problem): boolean {
  return problem.code === 'unreachable' && /SOCKET|ECONNRESET|EPIPE/.test(problem.detail)
}

function secondsToWait(headers: Reply['headers']): number {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), longestWaitSeconds) : 1
}
