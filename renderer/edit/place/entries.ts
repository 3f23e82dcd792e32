import type { Text } from '@codemirror/state'
import type { IndexPath } from '../../../core/path.ts'
import { beginningOf, type LineValue, shapeOf } from './line.ts'
import { countDashes, nextLine } from './line-tree.ts'

/** A key of a map or an item of a list, as it stands in a text. */
export type TextEntry = {
  readonly step: string | number
  /** The line (from 1) and the column of its key or dash, and the offsets of both ends of that. */
  readonly line: number
  readonly column: number
  readonly from: number
  readonly to: number
  /** What stands behind it on its line, by columns; null where nothing does, or further entries. */
  readonly value: LineValue | null
}

/** Where a map or list begins: its first key or dash. */
export type NodeStart = { readonly line: number; readonly column: number }

/** Where the object begins; null of an empty text. */
export function rootStart(text: Text): NodeStart | null {
  return startFrom(text, 0, -1, false)
}

/** Where what an entry holds begins; null where it holds a scalar, a map or list in brackets, or nothing. */
export function childStart(text: Text, entry: TextEntry): NodeStart | null {
  if (entry.value !== null) return null
  const isItem = typeof entry.step === 'number'
  const inside = isItem ? innerStart(text.line(entry.line).text, entry.column) : null
  if (inside !== null) return { line: entry.line, column: inside }
  return startFrom(text, entry.line, entry.column, !isItem)
}

/** The first key or dash on a line right of a dash. */
function innerStart(line: string, dash: number): number | null {
  const shape = shapeOf(line)
  return shape?.dashes.find(column => column > dash) ?? shape?.key?.from ?? null
}

/** A list may begin in the very column of its key. */
function startFrom(text: Text, after: number, column: number, orDash: boolean): NodeStart | null {
  const line = nextLine(text, after, ({ indent }) => indent < Number.POSITIVE_INFINITY)
  if (line === null) return null
  const begin = beginningOf(text.line(line).text)
  if (begin === null || !(begin.indent > column || (orDash && begin.dash && begin.indent === column))) return null
  return { line, column: begin.indent }
}

/** The entries of the map or list that begins there, in order. Lines that are neither key nor item are passed over. */
export function* entriesOf(text: Text, start: NodeStart): Generator<TextEntry> {
  const isList = beginsList(text, start)
  let index = 0
  for (const [number, line] of beginningLines(text, start, isList)) {
    const entry = entryOn(text, number, line, start.column, isList ? index : null)
    if (entry === null) continue
    index += 1
    yield entry
  }
}

function beginsList(text: Text, { line, column }: NodeStart): boolean {
  return shapeOf(text.line(line).text)?.dashes.includes(column) ?? false
}

// So many lines are read one by one before the tree of lines is asked where the next entry begins.
const readOn = 48

/** The lines, with their numbers, on which the entries of a map or list begin. */
function* beginningLines(
  text: Text,
  { line, column }: NodeStart,
  isList: boolean,
): Generator<readonly [number, string]> {
  yield [line, text.line(line).text]
  let from: number | null = line + 1
  while (from !== null && from <= text.lines) {
    let [number, last] = [from - 1, from]
    for (const read of text.iterLines(from)) {
      number += 1
      if (number - last > readOn) break
      const begin = beginningOf(read)
      if (begin === null || begin.indent > column) continue
      if (begin.indent < column || (isList && !begin.dash)) return
      // A dash in the column of a map's keys is an item of the key above it.
      if (!isList && begin.dash) continue
      last = number
      yield [number, read]
    }
    if (number - last <= readOn) return
    from = nextLine(text, number - 1, ({ indent, plain }) => indent < column || (isList ? indent : plain) <= column)
  }
}

/** The entry of one step, found without reading the others. */
function entryOf(text: Text, start: NodeStart, step: string | number): TextEntry | null {
  const isList = beginsList(text, start)
  if (isList) return typeof step === 'number' ? itemOf(text, start, step) : null
  for (const [number, line] of beginningLines(text, start, false)) {
    const first = line[start.column]
    if (first !== '"' && first !== "'" && !line.startsWith(String(step), start.column)) continue
    const entry = entryOn(text, number, line, start.column, null)
    if (entry?.step === step) return entry
  }
  return null
}

function itemOf(text: Text, start: NodeStart, index: number): TextEntry | null {
  // The first one's dash may stand behind another dash.
  const { line, column } = start
  const after = (end: number) => countDashes(text, line + 1, end, column)
  let [low, high] = [line, index === 0 ? line : text.lines + 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (after(middle + 1) < index) low = middle + 1
    else high = middle
  }
  const isOfList = low <= text.lines && low <= lastLineOf(text, start)
  return isOfList ? entryOn(text, low, text.line(low).text, column, index) : null
}

function lastLineOf(text: Text, { line, column }: NodeStart): number {
  const next = nextLine(text, line, ({ indent, plain }) => indent < column || plain <= column)
  return next === null ? text.lines : next - 1
}

/** The last line (from 1) of an entry with all that is below it; blank lines and comments behind it count to it. */
export function entryEnd(text: Text, { line, column, step }: TextEntry): number {
  // A list may stand in the very column of its key.
  const isItem = typeof step === 'number'
  const next = nextLine(text, line, ({ indent, plain }) => indent < column || (isItem ? indent : plain) <= column)
  return next === null ? text.lines : next - 1
}

function entryOn(text: Text, number: number, line: string, column: number, index: number | null): TextEntry | null {
  const shape = shapeOf(line)
  if (shape === null) return null
  const { from } = text.line(number)
  const { key, dashes, value } = shape
  const place = { line: number, column, from: from + column }
  if (index !== null) {
    const isLast = dashes.at(-1) === column && key === null
    return { ...place, step: index, to: from + column + 1, value: isLast ? value : null }
  }
  return key === null ? null : { ...place, step: key.name, to: from + key.to, value }
}

/** The entries on the way to a path, from the root, as far as they stand in the text; items count from 0. */
export function entriesTo(text: Text, path: IndexPath): readonly TextEntry[] {
  const found: TextEntry[] = []
  let start = rootStart(text)
  for (const step of path) {
    const entry = start === null ? null : entryOf(text, start, step)
    if (entry === null) break
    found.push(entry)
    start = childStart(text, entry)
  }
  return found
}
