/** Ends something a while after the last page left; a page that comes back in time keeps it. */
export type Lifetime = {
  /** From now on the pages decide: an application window was opened. */
  readonly begin: () => void
  /** How many pages are connected now. */
  readonly pages: (count: number) => void
  readonly end: () => void
}

/** `patience` in milliseconds. `onOver` is called once, and never before a first page was there. */
export function createLifetime(patience: number, onOver: () => void): Lifetime {
  let begun = false
  let seen = false
  let count = 0
  let timer: NodeJS.Timeout | null = null
  const weigh = () => {
    if (timer !== null) clearTimeout(timer)
    timer = begun && seen && count === 0 ? setTimeout(onOver, patience) : null
  }
  return {
    begin() {
      begun = true
      weigh()
    },
    pages(now) {
      count = now
      seen ||= now > 0
      weigh()
    },
    end() {
      if (timer !== null) clearTimeout(timer)
      begun = false
    },
  }
}
