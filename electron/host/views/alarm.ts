/** One alarm at a time. */
type Alarm = {
  /** Rings once, so many milliseconds from now, instead of when it was set to ring before. Never for an infinite time. */
  set(milliseconds: number): void
  end(): void
}

// A timer takes no more than 2^31 milliseconds; one that rings too early is set again.
const longestMs = 24 * 3_600_000
const shortestMs = 500

/** An alarm that is not set. */
export function makeAlarm(ring: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined
  return {
    set(milliseconds) {
      clearTimeout(timer)
      if (milliseconds !== Number.POSITIVE_INFINITY)
        timer = setTimeout(ring, Math.min(Math.max(milliseconds, shortestMs), longestMs))
    },
    end: () => clearTimeout(timer),
  }
}
