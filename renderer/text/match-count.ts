import type { SearchQuery } from '@codemirror/search'
import type { EditorState } from '@codemirror/state'

/** Where a query matches, in order; `more` where there are more than are counted. */
export type Matches = { readonly places: readonly number[]; readonly more: boolean }

// Nobody walks through more, and numbers of this width do not move the panel's buttons.
const most = 10_000
/** Milliseconds that one slice may keep the page. */
const slice = 6

/** Finds all matches in slices, so that typing goes on meanwhile. Null once `signal` is aborted. */
export async function findMatches(
  query: SearchQuery,
  state: EditorState,
  signal: AbortSignal,
): Promise<Matches | null> {
  const places: number[] = []
  const cursor = query.getCursor(state)
  let until = performance.now() + slice
  for (;;) {
    const next = cursor.next()
    if (next.done === true) return { places, more: false }
    if (places.length === most) return { places, more: true }
    places.push(next.value.from)
    if (performance.now() < until) continue
    await new Promise(resolve => setTimeout(resolve))
    if (signal.aborted) return null
    until = performance.now() + slice
  }
}

/** The number, from 1, of the match that begins at `from`; null where none does. */
export function numberOf(places: readonly number[], from: number): number | null {
  let [low, high] = [0, places.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const place = places[middle] ?? 0
    if (place === from) return middle + 1
    if (place < from) low = middle + 1
    else high = middle - 1
  }
  return null
}
