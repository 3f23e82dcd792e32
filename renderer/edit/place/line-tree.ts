import type { Text } from '@codemirror/state'
import { beginningOf } from './line.ts'

/** How lines begin, of one line or of many: `indent` is the least of all of them, `plain` the least of those without a dash. */
export type Beginnings = { readonly indent: number; readonly plain: number }

type Summary = Beginnings & { readonly dashes: ReadonlyMap<number, number> }

// CodeMirror's texts are trees that share what did not change: a key typed makes a few of these anew, whatever the size.
const summaries = new WeakMap<Text, Summary>()
const none = Number.POSITIVE_INFINITY

/** The last line (from 1) before line `before` that begins so; null where there is none. */
export function lastLine(text: Text, before: number, wanted: (lines: Beginnings) => boolean): number | null {
  if (before <= 1 || !wanted(summaryOf(text))) return null
  if (text.children === null) {
    const lines = text.toJSON()
    for (let line = Math.min(before - 1, lines.length); line >= 1; line -= 1) {
      if (wanted(beginnings(lines[line - 1] ?? ''))) return line
    }
    return null
  }
  let above = text.lines
  for (const child of text.children.toReversed()) {
    above -= child.lines
    const found = lastLine(child, before - above, wanted)
    if (found !== null) return above + found
  }
  return null
}

/** The first line (from 1) after line `after` that begins so; null where there is none. */
export function nextLine(text: Text, after: number, wanted: (lines: Beginnings) => boolean): number | null {
  if (after >= text.lines || !wanted(summaryOf(text))) return null
  if (text.children === null) {
    const index = text.toJSON().findIndex((line, at) => at >= after && wanted(beginnings(line)))
    return index < 0 ? null : index + 1
  }
  let above = 0
  for (const child of text.children) {
    const found = nextLine(child, after - above, wanted)
    if (found !== null) return above + found
    above += child.lines
  }
  return null
}

/** How many lines from `from` up to, not including, `to` begin with a dash in this column. */
export function countDashes(text: Text, from: number, to: number, column: number): number {
  if (from >= to || from > text.lines || to <= 1) return 0
  const { dashes } = summaryOf(text)
  if (!dashes.has(column)) return 0
  if (from <= 1 && to > text.lines) return dashes.get(column) ?? 0
  if (text.children === null) {
    const lines = text.toJSON().slice(Math.max(0, from - 1), to - 1)
    return lines.filter(line => isDashAt(line, column)).length
  }
  let [above, count] = [0, 0]
  for (const child of text.children) {
    count += countDashes(child, from - above, to - above, column)
    above += child.lines
  }
  return count
}

function isDashAt(line: string, column: number): boolean {
  const begin = beginningOf(line)
  return begin?.dash === true && begin.indent === column
}

function beginnings(line: string): Beginnings {
  const begin = beginningOf(line)
  if (begin === null) return { indent: none, plain: none }
  return { indent: begin.indent, plain: begin.dash ? none : begin.indent }
}

function summaryOf(text: Text): Summary {
  const known = summaries.get(text)
  if (known !== undefined) return known
  const made = text.children === null ? summarise(text.toJSON()) : join(text.children.map(summaryOf))
  summaries.set(text, made)
  return made
}

function summarise(lines: readonly string[]): Summary {
  let [indent, plain] = [none, none]
  const dashes = new Map<number, number>()
  for (const line of lines) {
    const begin = beginningOf(line)
    if (begin === null) continue
    indent = Math.min(indent, begin.indent)
    if (begin.dash) dashes.set(begin.indent, (dashes.get(begin.indent) ?? 0) + 1)
    else plain = Math.min(plain, begin.indent)
  }
  return { indent, plain, dashes }
}

function join(parts: readonly Summary[]): Summary {
  const dashes = new Map<number, number>()
  for (const part of parts)
    for (const [column, count] of part.dashes) dashes.set(column, (dashes.get(column) ?? 0) + count)
  return {
    indent: Math.min(...parts.map(({ indent }) => indent)),
    plain: Math.min(...parts.map(({ plain }) => plain)),
    dashes,
  }
}
