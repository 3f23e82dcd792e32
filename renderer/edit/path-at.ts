import type { Line, Text } from '@codemirror/state'
import type { IndexPath } from '../../core/path.ts'
import { flowPlace } from './place/flow.ts'
import { beginningOf, type LineShape, type LineValue, shapeOf } from './place/line.ts'
import { countDashes, lastLine, nextLine } from './place/line-tree.ts'

/** Where a position of a text stands in the object that the text says. */
export type TextPlace = {
  /** The field or item; for an `entry` the map or list in which what is typed there would stand. */
  readonly path: IndexPath
  /**
   * `key` also on an item's dash. `entry` on a blank place or a comment, and on a word that may become a key, or is an item:
   * there the path has the item's position already.
   */
  readonly on: 'key' | 'value' | 'entry'
  /** Offsets of the key, of the value as far as it stands on this line, or of the word; both the position where there is none. */
  readonly from: number
  readonly to: number
}

/**
 * The place of a position, found by columns alone: also in a text that cannot be read yet. On a blank line its column says
 * which map is meant. It looks at as many lines as the path has steps, whatever the size of the text; only within brackets
 * it reads from where they open.
 */
export function pathAt(text: Text, position: number): TextPlace {
  const line = text.lineAt(position)
  const shape = shapeOf(line.text)
  if (shape === null) return onNothing(text, line, position)
  const above = placeAbove(text, line.number, shape.indent, shape.dashes.length > 0)
  if (above.inside !== null) return insideValue(text, above.path, above.inside, position)
  const { path, on, at } = onLine(text, above.path, shape, line, Math.max(shape.indent, position - line.from))
  if (at?.kind === 'flow') return insideValue(text, path, { line: line.number, value: at }, position)
  const [from, to] = at === null ? [position, position] : [line.from + at.from, line.from + at.to]
  return { path, on, from, to }
}

/** On a blank line or a comment. */
function onNothing(text: Text, line: Line, position: number): TextPlace {
  const comment = line.text.search(/\S/)
  const around = comment < 0 ? scalarAround(text, line.number) : null
  const column = comment < 0 ? position - line.from : comment
  const above = around ?? placeAbove(text, line.number, column, false)
  if (above.inside !== null) return insideValue(text, above.path, above.inside, position)
  return { path: above.path, on: 'entry', from: position, to: position }
}

type OnLine = { readonly path: IndexPath; readonly on: TextPlace['on']; readonly at: LineValue | LineSpan | null }
type LineSpan = { readonly kind: 'key'; readonly from: number; readonly to: number }

function onLine(text: Text, above: IndexPath, shape: LineShape, line: Line, column: number): OnLine {
  const { dashes, key, value } = shape
  // Up to the item whose dash the position stands on, or behind.
  const passed = dashes.filter((dash, index) => index === 0 || dash <= column)
  const path = [...above, ...passed.map((dash, index) => (index === 0 ? itemIndex(text, line.number, dash) : 0))]
  const last = passed.at(-1)
  if (last !== undefined && column <= last) return { path, on: 'key', at: { kind: 'key', from: last, to: last + 1 } }
  if (passed.length < dashes.length) return { path, on: 'entry', at: null }
  if (key === null) {
    const isWord = value?.kind === 'scalar' && !/["']/.test(line.text[value.from] ?? '')
    return { path, on: isWord || value === null ? 'entry' : 'value', at: value }
  }
  const field = [...path, key.name]
  if (column <= key.to) return { path: field, on: 'key', at: { kind: 'key', from: key.from, to: key.to } }
  return { path: field, on: 'value', at: value !== null && column >= value.from ? value : null }
}

/** The value that goes on below its line, and that line. */
type Inside = { readonly line: number; readonly value: LineValue }
type Above = { readonly path: IndexPath; readonly inside: Inside | null }

/** What a line belongs to that begins in `column`: found upwards, each time at the last line that begins further left. */
function placeAbove(text: Text, line: number, column: number, dash: boolean): Above {
  const number = lineAbove(text, line, column, dash)
  const shape = number === null ? null : shapeOf(text.line(number).text)
  if (number === null || shape === null) return { path: [], inside: null }
  const parent = placeAbove(text, number, shape.indent, shape.dashes.length > 0)
  // A line that looks like a key, within a script, is none.
  if (parent.inside !== null) return parent
  const { dashes, key, value } = shape
  const items = dashes
    .filter(place => place < column)
    .map((place, index) => (index === 0 ? itemIndex(text, number, place) : 0))
  const path = [...parent.path, ...items]
  const belongsToKey = key !== null && (key.from < column || (dash && key.from === column))
  const isBeside = items.length < dashes.length || (key !== null && !belongsToKey)
  if (isBeside) return { path, inside: null }
  const inside = value === null ? null : { line: number, value }
  return { path: key === null ? path : [...path, key.name], inside }
}

/** An item's list may begin in the very column of its key. */
function lineAbove(text: Text, line: number, column: number, dash: boolean): number | null {
  return lastLine(text, line, ({ indent, plain }) => indent < column || (dash && plain <= column))
}

/** The position of the item in its list whose dash stands on this line, in this column. */
function itemIndex(text: Text, line: number, column: number): number {
  const above = lineAbove(text, line, column, true) ?? 0
  const first = above > 0 && shapeOf(text.line(above).text)?.dashes.includes(column) ? 1 : 0
  return first + countDashes(text, above + 1, line, column)
}

/** The block scalar that goes on below this blank line; null where none does. */
function scalarAround(text: Text, line: number): Above | null {
  const next = nextLine(text, line, ({ indent }) => indent < Number.POSITIVE_INFINITY)
  const begin = next === null ? null : beginningOf(text.line(next).text)
  if (next === null || begin === null) return null
  const above = placeAbove(text, next, begin.indent, begin.dash)
  return above.inside !== null && above.inside.line < line ? above : null
}

function insideValue(text: Text, path: IndexPath, { line, value }: Inside, position: number): TextPlace {
  const here = text.lineAt(position)
  if (value.kind === 'flow') {
    const start = text.line(line).from + value.from
    const place = flowPlace(text.sliceString(start, here.to), position - start)
    if (place !== null) {
      return { path: [...path, ...place.path], on: place.on, from: start + place.from, to: start + place.to }
    }
  }
  return { path, on: 'value', from: here.from, to: here.to }
}
