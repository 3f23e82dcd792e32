import { useState } from 'react'
import type { ConvergeState } from '../../contract/converge.ts'
import { useStream } from '../app/use-host.ts'
import { worryOf } from './outlook.ts'

/** What an open edit knows of its last submit. */
export type Converging = {
  /** Null before a submit, and once the person wants to see no more of it. */
  readonly state: ConvergeState | null
  /** True while something happened that nobody has seen, the tab being hidden. */
  readonly alarm: boolean
  readonly dismiss: () => void
}

/**
 * Watches what becomes of an edit's last submit, also while its tab is hidden, until the person puts it away; `saved` is
 * the version that a submit of this page has just made: with another one it begins anew.
 */
export function useConverge(edit: string, active: boolean, saved: string | null): Converging {
  const [newest, setNewest] = useState(saved)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const [seen, setSeen] = useState<string | null>(null)
  if (saved !== null && saved !== newest) {
    setNewest(saved)
    setDismissed(null)
  }
  const { value } = useStream(dismissed === null ? edit : null, (client, signal) =>
    client.edit.converge({ edit }, { signal }),
  )
  const state = dismissed === null ? value : null
  const worry = state === null ? null : worryOf(state)
  if (active && worry !== seen) setSeen(worry)
  return {
    state,
    alarm: !active && worry !== null && worry !== seen,
    dismiss: () => setDismissed(state?.version ?? null),
  }
}
