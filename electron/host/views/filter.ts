import { type LabelRequirement, parseLabelSelector, selects } from '../../../core/label-selector.ts'
import type { Rows } from './rows.ts'
import type { Cell } from './table.ts'

/** A filter box's text taken apart. Field selectors are the server's matter, all else is matched here too. */
export type Filter = {
  /** As the list's `labelSelector` and `fieldSelector`, empty for none. */
  readonly labels: string
  readonly fields: string
  /** What `labels` says, null where only the server can tell. */
  readonly requirements: readonly LabelRequirement[] | null
  /** In lower case. All must match. */
  readonly words: readonly string[]
  /** Only what changed within these milliseconds, null for all. */
  readonly within: number | null
  /** In lower case: parts of the name of the manager that changed a row last. All must match. */
  readonly by: readonly string[]
}

const setSelector = /(?<=^|\s)([\w./-]+)\s+(in|notin)\s*\(([^()]*)\)(?=$|\s|,)/g
const durationParts = /^changed:((?:\d+[smhdw])+)$/
const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const labelSelector = /^!?[A-Za-z0-9][\w./-]*((==?|!=)[\w.-]*)?(,!?[\w./-]+((==?|!=)[\w.-]*)?)*$/

/**
 * Takes a filter text apart: `app=nginx`, `app!=x`, `app in (a,b)`, `!app` are label selectors, `label:` begins any other,
 * as that a key exists, `field:` a field selector, `changed:` a time such as `1h30m`, `by:` a manager (each ignored until it is whole), everything else is words.
 */
export function parseFilter(text: string): Filter {
  const labels: string[] = []
  const fields: string[] = []
  const words: string[] = []
  const by: string[] = []
  let within: number | null = null
  const rest = text.replace(setSelector, (_, key, operator, values) => {
    labels.push(`${key} ${operator} (${values})`)
    return ' '
  })
  for (const token of rest.split(/\s+/)) {
    if (token === '') continue
    if (token.startsWith('label:')) {
      if (token.length > 'label:'.length) labels.push(token.slice('label:'.length))
    } else if (token.startsWith('field:')) {
      if (/^field:[^=!]+(=|!=)/.test(token)) fields.push(token.slice('field:'.length))
    } else if (token.startsWith('changed:')) {
      const asked = millisecondsOf(durationParts.exec(token)?.[1] ?? '')
      if (asked !== null) within = Math.min(within ?? asked, asked)
    } else if (token.startsWith('by:')) {
      if (token.length > 'by:'.length) by.push(token.slice('by:'.length).toLowerCase())
    } else if (labelSelector.test(token) && /[=!]/.test(token)) labels.push(token)
    else words.push(token.toLowerCase())
  }
  const selector = labels.join(',')
  const requirements = parseLabelSelector(selector)
  return { labels: selector, fields: fields.join(','), requirements, words, within, by }
}

function millisecondsOf(duration: string): number | null {
  const parts = [...duration.matchAll(/(\d+)([smhdw])/g)]
  return parts.length === 0 ? null : parts.reduce((sum, [, n, unit]) => sum + Number(n) * (unitMs[unit ?? ''] ?? 0), 0)
}

/** What of a filter is matched here. */
export type Matched = Pick<Filter, 'requirements' | 'words' | 'within' | 'by'> & {
  /** Label keys whose values words are looked for in, too. */
  readonly labelKeys: readonly string[]
}

/** Whether nothing is asked for, so that every row passes. */
export function matchesAll({ requirements, words, within, by }: Matched): boolean {
  return (requirements ?? []).length === 0 && words.length === 0 && within === null && by.length === 0
}

/** For each row, 1 where all that is asked for holds at the time `now` (milliseconds since 1970). */
export function matchRows(
  rows: Rows,
  { requirements, words, within, by, labelKeys }: Matched,
  now: number,
): Uint8Array {
  const count = rows.count()
  const passing = new Uint8Array(count).fill(1)
  const names = rows.column('Name')
  const managers = rows.column('Changed By')
  if (requirements !== null && requirements.length > 0) {
    const { sets, labels } = rows.labels
    const selected = Uint8Array.from(sets.values, (_, set) => Number(selects(requirements, labels(set))))
    const ids = sets.ids()
    for (let row = 0; row < count; row++) passing[row] = selected[ids[row] ?? 0] ?? 0
  }
  for (const word of words) {
    const hit = new Uint8Array(count)
    for (const column of rows.searched()) mark(hit, column, word, column === names ? matchesName : contains)
    for (const key of labelKeys)
      mark(hit, { values: rows.labels.values(key), ids: rows.labels.sets.ids }, word, contains)
    keepOnly(passing, hit)
  }
  for (const word of by) {
    const hit = new Uint8Array(count)
    if (managers !== null) mark(hit, managers, word, contains)
    keepOnly(passing, hit)
  }
  if (within !== null) {
    const times = rows.changed.times()
    for (let row = 0; row < count; row++) if (!((times[row] ?? Number.NaN) >= now - within)) passing[row] = 0
  }
  return passing
}

// A cell's text is looked at once, however many rows have it.
function mark(
  hit: Uint8Array,
  column: { readonly values: readonly Cell[]; readonly ids: () => Uint32Array },
  word: string,
  matches: (text: string, word: string) => boolean,
): void {
  const matching = Uint8Array.from(column.values, value => Number(value !== null && matches(String(value), word)))
  if (!matching.includes(1)) return
  const ids = column.ids()
  for (let row = 0; row < hit.length; row++) hit[row] = (hit[row] ?? 0) | (matching[ids[row] ?? 0] ?? 0)
}

function keepOnly(passing: Uint8Array, hit: Uint8Array): void {
  for (let row = 0; row < passing.length; row++) passing[row] = (passing[row] ?? 0) & (hit[row] ?? 0)
}

function contains(text: string, word: string): boolean {
  return text.toLowerCase().includes(word)
}

/** Whether a name matches a word (in lower case): contains it, or has its letters in order, beginning where a part of the name begins. */
export function matchesName(name: string, word: string): boolean {
  const text = name.toLowerCase()
  if (text.includes(word)) return true
  // A number is meant as it is typed: `row-1` is not `row-21`.
  if (word.length < 3 || /\d/.test(word)) return false
  const first = word.charAt(0)
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const begins = at === 0 || '-._:/'.includes(text.charAt(at - 1))
    // Letters too far apart match anything: `nginx-deployment` is `ngxdep`, but not every name with those letters.
    if (begins && spanOf(text, word, at) <= word.length * 3) return true
  }
  return false
}

function spanOf(text: string, word: string, from: number): number {
  let at = from
  for (const letter of word.slice(1)) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return Number.POSITIVE_INFINITY
  }
  return at - from + 1
}
