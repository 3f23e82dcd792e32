import type { ViewState } from '../../contract/browse.ts'

/** The row that the cursor is on: by its key, and by where it was last seen. */
export type Cursor = { readonly key: string; readonly index: number }

/** Where the cursor's row is now. A row that left the window, or the list, leaves the cursor where it was. */
export function cursorIndex(cursor: Cursor | null, list: Pick<ViewState, 'window' | 'matched'>): number | null {
  if (cursor === null || list.matched === 0) return null
  const place = list.window.rows.findIndex(row => row.key === cursor.key)
  if (place >= 0) return list.window.start + place
  return Math.min(cursor.index, list.matched - 1)
}

/** The row index that a key leads to, null for other keys. `page` is how many rows are in sight. */
export function indexAfterKey(key: string, index: number | null, count: number, page: number): number | null {
  if (count === 0) return null
  const last = count - 1
  const from = index ?? -1
  const bound = (to: number) => Math.max(0, Math.min(last, to))
  switch (key) {
    case 'ArrowDown':
      return bound(from + 1)
    case 'ArrowUp':
      return index === null ? last : bound(from - 1)
    case 'PageDown':
      return bound(from + Math.max(1, page - 1))
    case 'PageUp':
      return bound(from - Math.max(1, page - 1))
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

/** The window to ask for, so that rows `first` to `last` and about as many around them are held. Moves in steps, so that small scrolls ask nothing. */
export function windowAround(first: number, last: number): { readonly start: number; readonly count: number } {
  const step = 40
  const inSight = Math.max(1, last - first + 1)
  const start = Math.max(0, Math.floor((first - inSight) / step) * step)
  const end = Math.ceil((last + inSight + 1) / step) * step
  return { start, count: Math.min(500, end - start) }
}

/**
 * The rows that were chosen, by their keys. `anchor` is where a range begins, and `base` what was chosen before it:
 * another end of the same range takes back what its last end had added.
 */
export type Chosen = {
  readonly keys: ReadonlySet<string>
  readonly anchor: Cursor | null
  readonly base: ReadonlySet<string>
}

/** Nothing is chosen. */
export const noneChosen: Chosen = { keys: new Set(), anchor: null, base: new Set() }

/** Another row chosen, or no longer. */
export function toggled({ keys }: Chosen, row: Cursor): Chosen {
  const next = new Set(keys)
  if (!next.delete(row.key)) next.add(row.key)
  return { keys: next, anchor: row, base: next }
}

/** The keys of a range that begins at the anchor, beside what was chosen before. */
export function ranged({ anchor, base }: Chosen, range: readonly string[]): Chosen {
  return { keys: new Set([...base, ...range]), anchor, base }
}

/** The cursor has moved without choosing: the next range begins there. */
export function anchored({ keys }: Chosen, anchor: Cursor): Chosen {
  return { keys, anchor, base: keys }
}
