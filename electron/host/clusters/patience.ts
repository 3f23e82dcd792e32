import { setTimeout as wait } from 'node:timers/promises'
import type { Problem } from '../../../core/problem.ts'
import type { Reply } from './connection.ts'

/**
 * How often one question may still be sent again: the one budget of all that is done for it. Each answer waits for the
 * right moment first, and is false where the failure is final. What writes is never sent again.
 */
export type Patience = {
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

/** The patience for a new question. */
export function makePatience({ writes = false }: { readonly writes?: boolean | undefined }): Patience {
  let drops = 0
  let waits = 0
  let refusals = 0
  return {
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

/** A pooled connection that the server has closed meanwhile, or one that broke under the request. */
export function isDropped(problem: Problem): boolean {
  return problem.code === 'unreachable' && /SOCKET|ECONNRESET|EPIPE/.test(problem.detail)
}

function secondsToWait(headers: Reply['headers']): number {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), longestWaitSeconds) : 1
}
