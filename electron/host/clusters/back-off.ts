import { setTimeout as wait } from 'node:timers/promises'

/** Waits longer after each failure in a row: about 1, 2, 4 … 30 seconds, spread by a quarter. */
export type BackOff = {
  /** The next pause, in milliseconds. */
  next(): number
  /** Resolves after the next pause, at once (to nothing) when the signal is aborted. */
  pause(signal: AbortSignal): Promise<void>
  /** Forgets the failures: something worked. */
  reset(): void
}

/** A back-off that begins at `firstMs`. */
export function backOff(firstMs = 1_000): BackOff {
  let failures = 0
  const next = () => {
    const base = Math.min(firstMs * 2 ** failures, 30_000)
    failures += 1
    return base * (0.75 + Math.random() / 2)
  }
  return {
    next,
    pause: signal => pauseFor(next(), signal),
    reset() {
      failures = 0
    },
  }
}

/** Resolves after some milliseconds, or as soon as the signal is aborted. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
