import type { IndexPath } from '../../../core/path.ts'
import { readScalar } from './line.ts'

/** Where a position stands within a map or list in brackets; `from` to `to` are offsets of the word there. */
export type FlowPlace = {
  readonly path: IndexPath
  readonly on: 'key' | 'value' | 'entry'
  readonly from: number
  readonly to: number
}

type Level = { readonly list: boolean; index: number; key: string | null }

const token =
  /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|#[^\n]*|[^\s{}[\],:'"#](?:[^\s{}[\],:]|:(?![\s,\]}]|$)|[ \t]+(?=[^\s{}[\],:#]))*|\s+|./gsy

/**
 * The place of `position` in `text`, which begins with the opening bracket; null once the brackets are closed before it.
 * Also of a text that is not complete.
 */
export function flowPlace(text: string, position: number): FlowPlace | null {
  const levels: Level[] = []
  token.lastIndex = 0
  for (let match = token.exec(text); match !== null && match.index <= position; match = token.exec(text)) {
    const [word] = match
    const end = match.index + word.length
    const level = levels.at(-1)
    if (match.index === position && /^[{}[\],:#\s]/.test(word)) break
    if (word === '{' || word === '[') levels.push({ list: word === '[', index: 0, key: null })
    else if (word === '}' || word === ']') {
      levels.pop()
      if (levels.length === 0) return null
    } else if (word === ',' && level !== undefined) {
      level.index += 1
      level.key = null
    } else if (word === ':' || word.trim() === '' || word.startsWith('#')) continue
    else if (level !== undefined) {
      const isKey = !level.list && level.key === null
      if (position <= end)
        return wordPlace(levels, isKey && isFollowedByColon(text, end), readScalar(word), match.index, end)
      if (isKey) level.key = readScalar(word)
    }
  }
  const open = levels.at(-1)
  if (open === undefined) return null
  const on = open.list || open.key === null ? 'entry' : 'value'
  return { path: pathOf(levels), on, from: position, to: position }
}

function wordPlace(levels: readonly Level[], isKey: boolean, name: string, from: number, to: number): FlowPlace {
  const level = levels.at(-1)
  if (isKey) return { path: [...pathOf(levels), name], on: 'key', from, to }
  const isWord = level !== undefined && !level.list && level.key === null
  return { path: pathOf(levels), on: isWord ? 'entry' : 'value', from, to }
}

function pathOf(levels: readonly Level[]): IndexPath {
  return levels.map(({ list, index, key }) => (list ? index : key)).filter(step => step !== null)
}

function isFollowedByColon(text: string, at: number): boolean {
  return /^\s*:/.test(text.slice(at, at + 100))
}
