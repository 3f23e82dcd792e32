/** Follows whether something is being used. */
export type Use = {
  /** A use begins; it ends when the answer is called. */
  begin(): () => void
  /** No more calls of `onIdle`. */
  end(): void
}

/** Calls `onIdle` whenever nothing has been under way for `afterMs`. Keeps no process alive. */
export function followUse(afterMs: number, onIdle: () => void): Use {
  let under = 0
  let timer: NodeJS.Timeout | undefined
  return {
    begin() {
      let over = false
      under += 1
      clearTimeout(timer)
      return () => {
        if (over) return
        over = true
        under -= 1
        if (under === 0) timer = setTimeout(onIdle, afterMs).unref()
      }
    },
    end: () => clearTimeout(timer),
  }
}
