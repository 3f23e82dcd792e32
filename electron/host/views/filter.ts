import type { Rows } from './rows.ts'

/** A filter box's text taken apart: selectors go to the server, words are matched here. */
export type Filter = {
  /** As the list's `labelSelector` and `fieldSelector`, empty for none. */
  readonly labels: string
  readonly fields: string
  /** In lower case. All must match. */
  readonly words: readonly string[]
}

const setSelector = /(?<=^|\s)([\w./-]+)\s+(in|notin)\s*\(([^()]*)\)(?=$|\s|,)/g
const labelSelector = /^!?[A-Za-z0-9][\w./-]*((==?|!=)[\w.-]*)?(,!?[\w./-]+((==?|!=)[\w.-]*)?)*$/

/**
 * Takes a filter text apart: `app=nginx`, `app!=x`, `app in (a,b)`, `!app` are label selectors, `field:` begins a field
 * selector (ignored until it has an operator), everything else is words.
 */
export function parseFilter(text: string): Filter {
  const labels: string[] = []
  const fields: string[] = []
  const words: string[] = []
  const rest = text.replace(setSelector, (_, key, operator, values) => {
    labels.push(`${key} ${operator} (${values})`)
    return ' '
  })
  for (const token of rest.split(/\s+/)) {
    if (token === '') continue
    if (token.startsWith('field:')) {
      if (/^field:[^=!]+(=|!=)/.test(token)) fields.push(token.slice('field:'.length))
    } else if (labelSelector.test(token) && /[=!]/.test(token)) labels.push(token)
    else words.push(token.toLowerCase())
  }
  return { labels: labels.join(','), fields: fields.join(','), words }
}

/** For each row, 1 where every word matches some cell. */
export function matchRows(rows: Rows, words: readonly string[]): Uint8Array {
  const count = rows.count()
  const passing = new Uint8Array(count).fill(1)
  const names = rows.column('Name')
  for (const word of words) {
    const hit = new Uint8Array(count)
    for (const column of rows.searched()) {
      const matches = column === names ? matchesName : contains
      // A cell's text is looked at once, however many rows have it.
      const matching = Uint8Array.from(column.values, value => Number(value !== null && matches(String(value), word)))
      if (!matching.includes(1)) continue
      const ids = column.ids()
      for (let row = 0; row < count; row++) hit[row] = (hit[row] ?? 0) | (matching[ids[row] ?? 0] ?? 0)
    }
    for (let row = 0; row < count; row++) passing[row] = (passing[row] ?? 0) & (hit[row] ?? 0)
  }
  return passing
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
  for (let at = 0; at < text.length; at++) {
    const begins = at === 0 || '-._:/'.includes(text[at - 1] ?? '')
    // Letters too far apart match anything: `nginx-deployment` is `ngxdep`, but not every name with those letters.
    if (begins && text[at] === word[0] && spanOf(text, word, at) <= word.length * 3) return true
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
