import { matchesName } from '../views/filter.ts'
import type { Query } from './query.ts'
import type { Candidate } from './read-kind.ts'

/**
 * How well an object answers a query, 0 for the very name, larger for less; null where it does not. Labels are not looked
 * at: the server has chosen by them.
 */
export function matchCandidate(query: Query, candidate: Candidate): number | null {
  const score = Math.max(0, ...query.words.map(word => matchWord(candidate.name.toLowerCase(), word)))
  if (score === noMatch) return null
  switch (query.by) {
    case 'uid':
      return candidate.uid.toLowerCase() === query.needle ? score : null
    case 'ip':
      return candidate.cells.some(cell => hasAddress(String(cell ?? ''), query.needle)) ? score : null
    case 'image':
      return candidate.images.some(image => image.toLowerCase().includes(query.needle)) ? score : null
    case 'name':
    case 'label':
    case 'all':
      return score
  }
}

const noMatch = Number.POSITIVE_INFINITY

function matchWord(name: string, word: string): number {
  if (name === word) return 0
  const at = name.indexOf(word)
  if (at === 0) return 1
  if (at > 0) return /[^a-z0-9]/.test(name[at - 1] ?? '') ? 2 : 3
  return matchesName(name, word) ? 4 : noMatch
}

// A cell may hold several addresses, with ports: `10.0.0.1,10.0.0.2`, `10.0.0.1:443`; `10.0.0.1` is not in `10.0.0.12`.
function hasAddress(cell: string, address: string): boolean {
  const text = cell.toLowerCase()
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    const before = text[at - 1] ?? ' '
    const after = text.slice(at + address.length)
    if (!/[0-9a-f.:]/.test(before) && !/^(\.?[0-9a-f]|::?[0-9a-f]+:)/.test(after)) return true
  }
  return false
}
