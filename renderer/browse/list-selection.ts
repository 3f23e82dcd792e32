import { createContext, useContext } from 'react'
import type { Row, Scope } from '../../contract/browse.ts'

/** What an action on rows of the list acts on. */
export type ListSelection = {
  readonly scope: Scope
  /** How many rows were chosen; with none, it is the cursor's row that is meant. */
  readonly count: number
  /** The chosen rows as the host has them now, in the list's order; else the cursor's row; none where there is none. */
  readonly rows: () => Promise<readonly Row[]>
  readonly clear: () => void
}

/** `renderer/browse/list-page.tsx` provides it. */
export const ListSelectionContext = createContext<ListSelection | null>(null)

/**
 * What is selected in the list on screen. Commands whose ids begin with `row.` (of one object) or `rows.` (of all that are
 * selected) stand in a row's menu by themselves; the latter beside the number of selected rows, too.
 */
export function useListSelection(): ListSelection {
  const selection = useContext(ListSelectionContext)
  if (selection === null) throw new Error('no list: render inside ListPage')
  return selection
}
