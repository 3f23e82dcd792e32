import { useRef, useState } from 'react'
import type { Row, ViewState } from '../../contract/browse.ts'
import { anchored, type Chosen, type Cursor, cursorIndex, noneChosen, ranged, toggled } from './selection.ts'

/** The rows that the person has chosen, and how they come to be. */
export type Choosing = {
  readonly keys: ReadonlySet<string>
  readonly toggle: (row: Cursor) => void
  /** The cursor went there: the next range begins there. */
  readonly anchor: (row: Cursor) => void
  /** Chooses from the anchor to a row, also over rows that the page does not hold. */
  readonly extend: (index: number) => void
  /** Chooses all that pass the filter now. */
  readonly all: () => void
  readonly clear: () => void
}

/** Choosing rows of a list. `readAll` reads its rows in their order, beyond what is on screen. */
export function useChosen(list: ViewState | null, readAll: () => Promise<AsyncIterable<readonly Row[]>>): Choosing {
  const [chosen, setChosen] = useState<Chosen>(noneChosen)
  const turn = useRef(0)

  async function choose(from: number, to: number): Promise<void> {
    turn.current += 1
    const now = turn.current
    const held = list === null ? null : heldBetween(list, from, to)
    const keys = held ?? (await keysBetween(await readAll(), from, to))
    // Another range was asked for meanwhile.
    if (now === turn.current) setChosen(before => ranged(before, keys))
  }
  const set = (change: (before: Chosen) => Chosen) => {
    turn.current += 1
    setChosen(change)
  }

  return {
    keys: chosen.keys,
    toggle: row => set(before => toggled(before, row)),
    anchor: row => set(before => anchored(before, row)),
    extend(index) {
      const from = list === null ? null : cursorIndex(chosen.anchor, list)
      void choose(Math.min(from ?? index, index), Math.max(from ?? index, index))
    },
    all: () => void choose(0, Number.POSITIVE_INFINITY),
    clear: () => set(before => ({ ...noneChosen, anchor: before.anchor })),
  }
}

function heldBetween({ window, matched }: ViewState, from: number, to: number): string[] | null {
  const last = Math.min(to, matched - 1)
  if (from < window.start || last >= window.start + window.rows.length) return null
  return window.rows.slice(from - window.start, last - window.start + 1).map(row => row.key)
}

async function keysBetween(pieces: AsyncIterable<readonly Row[]>, from: number, to: number): Promise<string[]> {
  const keys: string[] = []
  let at = 0
  for await (const rows of pieces) {
    for (const row of rows) {
      if (at >= from) keys.push(row.key)
      at += 1
      if (at > to) return keys
    }
  }
  return keys
}
