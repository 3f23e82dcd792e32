/** Lets connections begin in turn, over all clusters. */
export type Starts = {
  /** Resolves when it is this one's turn, to what says that it stands or has failed. */
  begin(): Promise<() => void>
}

// Handshakes and credential plugins cost the machine's time; more of them at once make each later.
const atOnce = 12
// Who takes longer waits for somebody else's server, and must not keep others waiting.
const longestTurnMs = 400

/** A fresh queue. */
export function makeStarts(): Starts {
  const queue: (() => void)[] = []
  let running = 0
  const next = () => {
    if (running >= atOnce) return
    const start = queue.shift()
    if (start === undefined) return
    running += 1
    start()
  }
  const turn = (): (() => void) => {
    let over = false
    const end = () => {
      if (over) return
      over = true
      clearTimeout(timer)
      running -= 1
      next()
    }
    const timer = setTimeout(end, longestTurnMs)
    return end
  }
  return {
    begin: () =>
      new Promise(resolve => {
        queue.push(() => resolve(turn()))
        next()
      }),
  }
}
