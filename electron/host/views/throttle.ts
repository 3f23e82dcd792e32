/** Lets a costly state be computed for a small part of the time only. */
type Pace = {
  /** Runs the computation and remembers what it cost. */
  timed<T>(compute: () => T): T
  /** Calls the listener, at once or when it is time again. */
  soon(): void
  end(): void
}

// Of 100,000 rows an order costs some 50 ms; a busy list must not make that every frame.
const restForEachMs = 4

/** Calls `notify` at most so often that computing takes about a fifth of the time. */
export function throttled(notify: () => void): Pace {
  let timer: NodeJS.Timeout | null = null
  let freeAt = 0
  return {
    timed(compute) {
      const began = performance.now()
      try {
        return compute()
      } finally {
        const ended = performance.now()
        freeAt = ended + (ended - began) * restForEachMs
      }
    },
    soon() {
      if (timer !== null) return
      const wait = freeAt - performance.now()
      if (wait <= 0) return notify()
      timer = setTimeout(() => {
        timer = null
        notify()
      }, wait)
    },
    end() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
