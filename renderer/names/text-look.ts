import type { Text } from '@codemirror/state'
import type { IndexPath } from '../../core/path.ts'
import type { Look } from '../../core/reference-fields.ts'
import { childStart, entriesOf, entriesTo, rootStart, type TextEntry } from '../edit/place/entries.ts'
import { readScalar } from '../edit/place/line.ts'

/** The texts of an object's fields, read where they stand: also while the whole cannot be read, whatever its size. */
export function lookInText(text: Text): Look {
  return path => {
    const entry = entryAt(text, path)
    return entry === null ? '' : scalarOf(text, entry)
  }
}

/** The text of one field of each item of a list, '' where an item has none. */
export function ofItems(text: Text, list: IndexPath, field: IndexPath): readonly string[] {
  const look = lookInText(text)
  return Array.from({ length: itemsAt(text, list) }, (_, index) => look([...list, index, ...field]))
}

/** The entries of a map whose values are scalars; none where it does not stand there in block style. */
export function mapInText(text: Text, path: IndexPath): Readonly<Record<string, string>> {
  const entry = entryAt(text, path)
  const start = entry === null ? null : childStart(text, entry)
  if (start === null) return {}
  const found = [...entriesOf(text, start)].flatMap(one =>
    typeof one.step === 'string' && one.value !== null ? [[one.step, scalarOf(text, one)]] : [],
  )
  return Object.fromEntries(found)
}

// Nobody chooses from more, and each of them is looked for.
const mostItems = 200

function itemsAt(text: Text, list: IndexPath): number {
  const entry = list.length === 0 ? null : entryAt(text, list)
  const start = entry === null ? null : childStart(text, entry)
  if (start === null) return 0
  let count = 0
  for (const { step } of entriesOf(text, start)) {
    if (typeof step !== 'number' || count === mostItems) break
    count += 1
  }
  return count
}

function entryAt(text: Text, path: IndexPath): TextEntry | null {
  if (rootStart(text) === null) return null
  const entries = entriesTo(text, path)
  return entries.length === path.length ? (entries.at(-1) ?? null) : null
}

function scalarOf(text: Text, { line, value }: TextEntry): string {
  return value?.kind === 'scalar' ? readScalar(text.line(line).text.slice(value.from, value.to)) : ''
}
