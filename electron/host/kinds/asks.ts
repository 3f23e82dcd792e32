import { inBackground } from '../bugs.ts'

/** A question that is asked again and again, one at a time and each to its end: a newer reason to ask cuts no answer off. */
export type Asks = {
  /** Asks after the first of these pauses, in milliseconds, and after each further one. What was to be asked later still is. */
  after(pauses: readonly number[]): void
}

/** A question that nobody has asked yet, and that nobody asks any more once the signal is aborted. */
export function createAsks(question: () => Promise<unknown>, signal: AbortSignal): Asks {
  let due: readonly number[] = []
  let busy = false
  let timer: NodeJS.Timeout | undefined

  const plan = () => {
    clearTimeout(timer)
    const [next] = due
    if (busy || next === undefined || signal.aborted) return
    timer = setTimeout(() => inBackground(ask(), signal), Math.max(0, next - performance.now()))
  }
  const ask = async () => {
    busy = true
    // What falls due meanwhile is asked afterwards: this answer may be older. A timer may run a little early.
    const now = Math.max(performance.now(), due[0] ?? 0)
    due = due.filter(time => time > now)
    try {
      await question()
    } finally {
      busy = false
      plan()
    }
  }
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  return {
    after(pauses) {
      due = merged(due, timesAfter(pauses))
      plan()
    },
  }
}

function timesAfter(pauses: readonly number[]): readonly number[] {
  let at = performance.now()
  return pauses.map(pause => {
    at += pause
    return at
  })
}

// The next time stays, so that reasons that come one upon another do not put the question off; the rest is the newer one's, as
// far as that reaches.
function merged(before: readonly number[], added: readonly number[]): readonly number[] {
  const [first = 0, last = first] = [added[0], added.at(-1)]
  return [...before.filter(time => time < first).slice(0, 1), ...added, ...before.filter(time => time > last)]
}
