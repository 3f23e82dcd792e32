import fuzzysort from 'fuzzysort'

/** One thing the palette offers: a command, or a place to go to. */
export type Entry = {
  readonly id: string
  /** The heading it stands under. */
  readonly group: string
  readonly label: string
  /** Said beside it: a namespace, an API group. Found by as well. */
  readonly note: string
  readonly keys: string | null
  readonly run: () => void
}

/** Entries of one heading. */
export type EntryGroup = { readonly group: string; readonly entries: readonly Entry[] }

/** How many entries of one heading are offered, once something is typed and before. */
const mostFound = 8
const mostAtFirst = 5

/**
 * The entries that a typed text may mean, best heading first. Nothing typed offers the first few of each heading,
 * in the given order. `always` are shown whatever was typed (they were found by the host).
 */
export function findEntries(entries: readonly Entry[], always: readonly Entry[], text: string): EntryGroup[] {
  const typed = text.trim()
  if (typed === '') return grouped([...entries, ...always], mostAtFirst)
  const found = fuzzysort.go(typed, entries, { keys: ['label', 'note'], threshold: 0.25, limit: 60 })
  return grouped([...found.map(result => result.obj), ...always], mostFound)
}

function grouped(entries: readonly Entry[], most: number): EntryGroup[] {
  return [...Map.groupBy(entries, entry => entry.group)].map(([group, inGroup]) => ({
    group,
    entries: inGroup.slice(0, most),
  }))
}
