import fuzzysort from 'fuzzysort'

/** The headings of the palette. */
export type Section =
  | 'go'
  | 'recent'
  | 'tabs'
  | 'views'
  | 'kinds'
  | 'contexts'
  | 'namespaces'
  | 'commands'
  | 'objects'
  | 'search'

/** One thing the palette offers: a command, or a place to go to. */
export type Entry = {
  readonly id: string
  readonly section: Section
  readonly label: string
  /** Other names by which it is found: a kind's short names, its group. The very name comes first. */
  readonly also: readonly string[]
  /** What else it is called, beside the label. */
  readonly note: string
  /** Where it leads. */
  readonly leads: string
  readonly keys: string | null
  /** 0 for most; up to 1 for what this person uses. */
  readonly usual: number
  /** What Tab makes of the typed text; null where it completes nothing. */
  readonly completes: string | null
  readonly run: () => void
}

/** An entry that was found, and which letters of its label were typed (UTF-16 offsets). */
export type FoundEntry = { readonly entry: Entry; readonly places: readonly number[] }

/** Entries of one heading. */
export type FoundSection = { readonly section: Section; readonly found: readonly FoundEntry[] }

/** Entries made ready to be found in: once for many searches. */
export type Book = {
  readonly entries: readonly Entry[]
  readonly byName: ReadonlyMap<string, readonly Entry[]>
  readonly snapshot: ReturnType<typeof snapshotOf>
}

/** How many entries of one heading are offered: before something is typed, then, and of one heading alone. */
const mostAtFirst = 5
const mostFound = 7
const mostAlone = 100

/** What a name that was typed in full counts for, beyond the best of fuzzy matches (1), and what habit counts for. */
const exactly = 2
const habit = 0.2

/** Makes entries ready to be found in. */
export function makeBook(entries: readonly Entry[]): Book {
  const byName = new Map<string, Entry[]>()
  for (const entry of entries) {
    for (const name of new Set([entry.label.toLowerCase(), ...entry.also])) {
      const same = byName.get(name)
      if (same === undefined) byName.set(name, [entry])
      else same.push(entry)
    }
  }
  return { entries, byName, snapshot: snapshotOf(entries) }
}

function snapshotOf(entries: readonly Entry[]) {
  return fuzzysort.snapshot(entries, { keys: ['label', entry => entry.also.join(' ')] })
}

/**
 * The entries that a typed text may mean: very names first, then what this person uses, then by how well they match; the
 * heading of the best entry first. Nothing typed offers the first few of each heading, in the given order.
 */
export function findEntries(book: Book, text: string, section: Section | null = null): FoundSection[] {
  const typed = text.trim()
  const most = section !== null ? mostAlone : typed === '' ? mostAtFirst : mostFound
  if (typed === '') {
    const all = book.entries.filter(entry => section === null || entry.section === section)
    return grouped(
      all.map(entry => ({ entry, places: [] })),
      most,
    )
  }
  const matched = new Map<Entry, { readonly score: number; readonly places: readonly number[] }>()
  for (const result of fuzzysort.go(typed, book.snapshot, { threshold: 0.3, limit: 500 })) {
    const [label] = result
    matched.set(result.obj, { score: result.score, places: label?.score ? [...label.indexes] : [] })
  }
  for (const entry of book.byName.get(typed.toLowerCase()) ?? []) {
    const places = matched.get(entry)?.places ?? []
    matched.set(entry, { score: exactly, places })
  }
  const ranked = [...matched]
    .filter(([entry]) => section === null || entry.section === section)
    .map(([entry, { score, places }]) => ({ entry, places, rank: score + entry.usual * habit }))
    .sort((a, b) => b.rank - a.rank)
  return grouped(ranked, most)
}

function grouped(found: readonly FoundEntry[], most: number): FoundSection[] {
  return [...Map.groupBy(found, one => one.entry.section)].map(([section, inSection]) => ({
    section,
    found: inSection.slice(0, most).map(({ entry, places }) => ({ entry, places })),
  }))
}
