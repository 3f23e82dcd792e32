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
  /** Other names by which it is found, in lower case: a kind's short names, its group. The very name comes first. */
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
  readonly labels: ReturnType<typeof snapshotOf>
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
  return { entries, labels: snapshotOf(entries) }
}

function snapshotOf(entries: readonly Entry[]) {
  return fuzzysort.snapshot(entries, { key: 'label' })
}

/**
 * The entries that a typed text may mean: very names first, then what this person uses, then by how well they match; the
 * heading of the best entry first. Nothing typed offers the first few of each heading, in the given order.
 */
export function findEntries(book: Book, text: string, section: Section | null = null): FoundSection[] {
  const typed = text.trim().toLowerCase()
  const most = section !== null ? mostAlone : typed === '' ? mostAtFirst : mostFound
  const asked = section === null ? book.entries : book.entries.filter(entry => entry.section === section)
  if (typed === '') {
    const all = asked.map(entry => ({ entry, places: [] }))
    return grouped(all, most)
  }
  const matched = matchLabels(book, typed)
  // Labels are matched by their letters in order, other names by what stands in them: quick enough for 5,000 kinds.
  const ranked = asked.flatMap(entry => {
    const label = matched.get(entry)
    const score = Math.max(label?.score ?? 0, ...entry.also.map(name => scoreName(name, typed)))
    if (score === 0) return []
    return { entry, places: label?.places ?? [], rank: score + entry.usual * habit }
  })
  return grouped(
    ranked.sort((a, b) => b.rank - a.rank),
    most,
  )
}

type Match = { readonly score: number; readonly places: readonly number[] }

function matchLabels({ labels }: Book, typed: string): ReadonlyMap<Entry, Match> {
  const found = fuzzysort.go(typed, labels, { threshold: 0.3, limit: 500 })
  return new Map(
    found.map(result => {
      const score = result.target.toLowerCase() === typed ? exactly : result.score
      return [result.obj, { score, places: [...result.indexes] }]
    }),
  )
}

/** How well a name (in lower case) is meant: itself, its beginning, the beginning of a part, anything in it, not at all. */
function scoreName(name: string, typed: string): number {
  const at = name.indexOf(typed)
  if (at < 0) return 0
  if (at === 0) return name.length === typed.length ? exactly : 0.9
  return /[^a-z0-9]/.test(name[at - 1] ?? '') ? 0.7 : 0.5
}

function grouped(found: readonly FoundEntry[], most: number): FoundSection[] {
  return [...Map.groupBy(found, one => one.entry.section)].map(([section, inSection]) => ({
    section,
    found: inSection.slice(0, most).map(({ entry, places }) => ({ entry, places })),
  }))
}
