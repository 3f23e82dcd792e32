import { useState } from 'react'
import type { Entry } from './finding.ts'

type Current = {
  /** -1 where there are no entries. */
  readonly index: number
  readonly choose: (index: number) => void
  /** Back to the first, as what is typed changes. */
  readonly reset: () => void
}

/** The entry that Enter runs: the first until another is chosen, which stays it while others come in before it. */
export function useCurrent(entries: readonly Entry[]): Current {
  const [chosen, setChosen] = useState<string | null>(null)
  const at = entries.findIndex(({ id }) => id === chosen)
  return {
    index: Math.min(Math.max(at, 0), entries.length - 1),
    choose: index => setChosen(entries[index]?.id ?? null),
    reset: () => setChosen(null),
  }
}
