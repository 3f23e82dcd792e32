import type { Text } from '@codemirror/state'
import { type LineShape, shapeOf } from '../edit/place/line.ts'
import { lastLine } from '../edit/place/line-tree.ts'

/** How many blanks a line begins with. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** A value that goes on below its line: a block scalar or brackets. `line` counts from 1. */
export type Holder = { readonly line: number; readonly shape: LineShape; readonly kind: 'block' | 'flow' }

/** The block scalar or the brackets that a line belongs to which begins in `column`; null where it is YAML of its own. */
export function holderOf(text: Text, line: number, column: number): Holder | null {
  const above = lastLine(text, line, ({ indent }) => indent < column)
  const shape = above === null ? null : shapeOf(text.line(above).text)
  if (above === null || shape === null) return null
  const outer = holderOf(text, above, shape.indent)
  if (outer !== null) return outer
  const kind = shape.value?.kind
  const isBelow = column > (shape.key?.from ?? shape.dashes.at(-1) ?? -1)
  return isBelow && (kind === 'block' || kind === 'flow') ? { line: above, shape, kind } : null
}

/** Where the key or the value of a line begins, behind its dashes. */
export function contentColumn({ indent, dashes, key, value }: LineShape): number {
  const dash = dashes.at(-1)
  return key?.from ?? value?.from ?? (dash === undefined ? indent : dash + 2)
}

/** The maps and lists that a line could belong to, as far as lines above say: their columns, innermost first. */
export type Level = { readonly column: number; readonly kind: 'map' | 'list'; readonly line: number }

/** The maps and lists that are open below line `line` (from 1), innermost first. */
export function levelsAt(text: Text, line: number): readonly Level[] {
  const levels: Level[] = []
  const any = Number.POSITIVE_INFINITY
  let column = any
  let next = line + 1
  for (;;) {
    const number = lastLine(text, next, ({ indent }) => indent < column)
    const shape = number === null ? null : shapeOf(text.line(number).text)
    if (number === null || shape === null) return levels
    const holder = column === any ? holderOf(text, number, shape.indent) : null
    if (holder !== null) {
      next = holder.line + 1
      column = any
      // Its own line is next; what is within the scalar says nothing.
      continue
    }
    if (shape.key !== null && shape.key.from < column)
      levels.push({ column: shape.key.from, kind: 'map', line: number })
    for (const dash of shape.dashes.toReversed()) levels.push({ column: dash, kind: 'list', line: number })
    column = shape.indent
    next = number
    // A list may begin in the very column of its key.
    const beside = shape.dashes.length > 0 ? lastLine(text, number, ({ plain }) => plain <= shape.indent) : null
    if (beside !== null && indentOf(text.line(beside).text) === shape.indent) {
      levels.push({ column: shape.indent, kind: 'map', line: beside })
    }
  }
}
