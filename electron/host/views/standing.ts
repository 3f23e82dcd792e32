import type { Source } from '../../../contract/browse.ts'
import type { Problem } from '../../../core/problem.ts'

type State = Pick<Source, 'state' | 'problem'>

/** What is said of a source: an interruption only once it lasts. */
export type Standing = {
  live(): void
  /** Its rows may be behind, for this reason. */
  behind(problem: Problem): void
  failed(problem: Problem): void
  end(): void
}

// Shorter ones are healed before anybody could read of them.
const patienceMs = 1_000

/** A source of which nothing has been said yet. */
export function makeStanding(say: (state: State) => void): Standing {
  let timer: NodeJS.Timeout | undefined
  let said = false
  let reason: Problem | null = null
  const become = (state: State) => {
    clearTimeout(timer)
    timer = undefined
    said = false
    say(state)
  }
  const sayBehind = () => {
    said = true
    say({ state: 'reconnecting', problem: reason })
  }
  return {
    live: () => become({ state: 'live', problem: null }),
    behind(problem) {
      reason = problem
      if (said) sayBehind()
      else timer ??= setTimeout(sayBehind, patienceMs)
    },
    failed: problem => become({ state: 'failed', problem }),
    end: () => clearTimeout(timer),
  }
}
