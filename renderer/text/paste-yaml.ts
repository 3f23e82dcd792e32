import { Text } from '@codemirror/state'
import { type LineShape, shapeOf } from '../edit/place/line.ts'
import { lastLine } from '../edit/place/line-tree.ts'
import { contentColumn, holderOf, indentOf, type Level, levelsAt } from './yaml-lines.ts'

/** Where something is pasted: line `line` (from 1) of `text`, of which `before` and `after` stand around it. */
export type PastePlace = {
  readonly text: Text
  readonly line: number
  readonly before: string
  readonly after: string
}

/** What stands in the place of a line's `before` and what was pasted: `dropped` characters of `before` make way. */
export type Reindented = { readonly dropped: number; readonly insert: string }

/** Pasted lines as YAML: how each begins, and which are a scalar's own and are moved, never changed. */
type Pasted = { readonly lines: readonly string[]; readonly kind: 'map' | 'list'; readonly first: LineShape }

/**
 * How pasted text is put where it is pasted: YAML into the map or list that goes on there, text into the script that
 * stands there. Null where it is fine as it is, or where it cannot be said for certain what it is.
 */
export function reindent(place: PastePlace, raw: string): Reindented | null {
  const { text, line, before, after } = place
  const script = scriptAround(place)
  if (script !== null) return intoScript(place, script, raw)
  if (!isOpenPlace(before)) return null
  const pasted = readPasted(raw)
  if (pasted === null || after.trim() !== '') return pasted === null ? null : aboveLine(place, pasted, raw)
  const { lines, kind } = pasted
  const dash = /^( *(?:- +)*)- +$/.exec(before)
  // Behind a dash stands one item's map; an item that brings its own dash is the list's.
  if (dash !== null) {
    const column = kind === 'list' ? (dash[1]?.length ?? 0) : before.length
    const dropped = kind === 'list' ? before.length - column : 0
    return { dropped, insert: moved(lines, column, column) }
  }
  const key = before.trim() === '' ? null : shapeOf(before)
  if (key !== null) {
    if (lines.length === 1 && kind === 'map' && raw.trim() === raw) return null
    const column = kind === 'list' ? listBelow(place, key) : contentColumn(key) + 2
    return { dropped: before.length - before.trimEnd().length, insert: `\n${moved(lines, column, 0)}` }
  }
  const { column, asItem } = placeFor(text, line, before.length, pasted)
  return { dropped: before.length, insert: asItem ? itemOf(lines, column) : moved(lines, column, 0) }
}

/** Nothing but blanks, dashes or a key without a value stands before. */
function isOpenPlace(before: string): boolean {
  if (/^[ \t]*(?:- +)*$/.test(before)) return true
  const shape = shapeOf(before)
  return shape !== null && shape.key !== null && shape.value === null && !before.includes('#')
}

/** Whole lines, pasted at the beginning of a line: they go above it. */
function aboveLine({ text, line, before }: PastePlace, pasted: Pasted, raw: string): Reindented | null {
  if (before.trim() !== '' || !raw.endsWith('\n')) return null
  const here = text.line(line).text
  const shape = shapeOf(here)
  if (shape === null) return null
  const isItem = shape.dashes.length > 0
  const column = isItem === (pasted.kind === 'list') ? shape.indent : null
  if (column === null) return null
  return { dropped: before.length, insert: `${moved(pasted.lines, column, 0)}\n${before}` }
}

/** The column of a script's lines, where the place is within one. */
function scriptAround({ text, line, before }: PastePlace): number | null {
  const here = text.line(line).text
  if (shapeOf(before)?.value?.kind === 'block') return null
  const above = lastLine(text, line, ({ indent }) => indent < Number.POSITIVE_INFINITY)
  const aboveText = above === null ? '' : text.line(above).text
  const own = here.trim() === '' ? Math.max(before.length, indentOf(aboveText)) : indentOf(here)
  const holder = holderOf(text, line, Math.max(own, here.trim() === '' ? own + 1 : own))
  if (holder?.kind !== 'block') return null
  const first = holder.line + 1 <= text.lines ? text.line(holder.line + 1).text : ''
  const header = holder.shape.key?.from ?? holder.shape.dashes.at(-1) ?? 0
  const column = first.trim() === '' ? header + 2 : indentOf(first)
  // A blank line further left is below the script, not in it.
  return here.trim() === '' && before.length > 0 && before.length < column ? null : column
}

/** A script's text is moved as a whole: what it says stays as it is. */
function intoScript({ before }: PastePlace, column: number, raw: string): Reindented | null {
  const lines = raw.split('\n')
  if (lines.length === 1) return null
  const rest = lines.slice(1).filter(line => line.trim() !== '')
  const isWhole = before.trim() === ''
  const common = isWhole ? Math.min(...[lines[0] ?? '', ...rest].filter(line => line.trim() !== '').map(indentOf)) : 0
  const dropped = isWhole ? before.length : 0
  const written = lines.map((line, index) => {
    if (index === 0 && !isWhole) return line
    if (line.trim() === '') return index === lines.length - 1 ? '' : line.trim()
    return ' '.repeat(column) + line.slice(common)
  })
  return { dropped, insert: written.join('\n') }
}

/** Reads what was pasted; null unless every line of it is YAML for certain. */
function readPasted(raw: string): Pasted | null {
  const lines = readLines(bare(raw))
  while (lines?.at(-1)?.trim() === '') lines.pop()
  while (lines?.[0]?.trim() === '') lines.shift()
  const first = lines?.map(line => shapeOf(line)).find(shape => shape !== null) ?? null
  if (lines === null || first === null) return null
  return { lines: straightened(lines), kind: first.dashes.length > 0 ? 'list' : 'map', first }
}

/** Without the marks that documents and terminals put around YAML, where nothing else can be meant. */
function bare(raw: string): string[] {
  const lines = raw.replace(/\r\n?/g, '\n').split('\n')
  const filled = lines.filter(line => line.trim() !== '')
  if (/^\s*```\w*\s*$/.test(filled[0] ?? '') && /^\s*```\s*$/.test(filled.at(-1) ?? '') && filled.length > 2) {
    return lines.slice(lines.indexOf(filled[0] ?? '') + 1, lines.lastIndexOf(filled.at(-1) ?? ''))
  }
  if (/^\$ \S/.test(filled[0] ?? '') && filled.length > 1) return lines.slice(lines.indexOf(filled[0] ?? '') + 1)
  return lines
}

/** Tabs and hard blanks in a line's beginning, which YAML has not. */
function untabbed(line: string): string {
  const start = /^[ \t\u00a0]*/.exec(line)?.[0] ?? ''
  return start.replaceAll('\t', '  ').replaceAll('\u00a0', ' ') + line.slice(start.length)
}

/** The lines, indented by blanks, where all are keys, items, comments, or belong to the scalar above them; else null. */
function readLines(lines: readonly string[]): string[] | null {
  const read: string[] = []
  let held = -1
  for (const line of lines) {
    const plain = untabbed(line)
    if (held >= 0 && (plain.trim() === '' || indentOf(plain) > held)) {
      // A tab that a script's line begins with behind its blanks is the script's.
      read.push(line.startsWith('\t') ? plain : line)
      continue
    }
    held = -1
    read.push(plain)
    const shape = shapeOf(plain)
    if (shape === null) continue
    const { key, dashes, value, indent } = shape
    if ((key === null && dashes.length === 0) || /\s/.test(key?.name ?? '')) return null
    if (value !== null) held = value.kind === 'scalar' && key !== null ? key.from : indent
  }
  return read
}

/** With the first line where it stood, if it was copied without its blanks. */
function straightened(lines: readonly string[]): string[] {
  const [first = '', ...rest] = lines
  const others = rest.filter(line => shapeOf(line) !== null)
  const shape = shapeOf(first)
  const least = others.length === 0 ? 0 : Math.min(...others.map(indentOf))
  if (shape === null || shape.indent > 0 || least === 0) return [...lines]
  return [' '.repeat(Math.max(0, standingOf(shape, others, least))) + first, ...rest]
}

/** The column in which the first line stood, judged from the lines below it. */
function standingOf(first: LineShape, others: readonly string[], least: number): number {
  const content = contentColumn(first)
  const lowest = others.find(line => indentOf(line) === least) ?? ''
  const isItem = (shapeOf(lowest)?.dashes.length ?? 0) > 0
  const isOpen = first.value === null || first.value.kind === 'block'
  if (first.dashes.length > 0) {
    // The next item, else a field of the item.
    if (isItem && !isOpen) return least
    return isOpen && least <= content + 2 ? 0 : least - content
  }
  if (!isOpen) return isItem ? 0 : least
  const child = indentOf(others[0] ?? '')
  if (least < child) return isItem ? 0 : least
  return least <= 4 ? 0 : isItem ? least : least - 2
}

/** Moves lines so that those furthest left stand in `column`; the first `there` characters stand there already. */
function moved(lines: readonly string[], column: number, there: number): string {
  const base = baseOf(lines)
  const put = (line: string) => {
    const rest = line.slice(Math.min(base, blanksOf(line)))
    return rest === '' ? '' : ' '.repeat(column) + rest
  }
  return lines.map(put).join('\n').slice(there)
}

function blanksOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0
}

/** A map's lines as one item of a list. */
function itemOf(lines: readonly string[], column: number): string {
  const inner = moved(lines, column + 2, 0)
  return `${' '.repeat(column)}- ${inner.slice(column + 2)}`
}

function baseOf(lines: readonly string[]): number {
  return Math.min(...lines.filter(line => line.trim() !== '').map(blanksOf))
}

/** Where a list below a key begins: as the items that are there do, else in the key's own column, as Kubernetes prints it. */
function listBelow({ text, line }: PastePlace, key: LineShape): number {
  const next = line < text.lines ? text.line(line + 1).text : ''
  const shape = shapeOf(next)
  const own = contentColumn(key)
  return shape !== null && shape.dashes.length > 0 && shape.indent >= own ? shape.indent : own
}

type Chosen = { readonly column: number; readonly asItem: boolean }

/** The column for lines pasted on a blank line, near the cursor's own. */
function placeFor(text: Text, line: number, column: number, pasted: Pasted): Chosen {
  const { kind } = pasted
  const above = lastLine(text, line, ({ indent }) => indent < Number.POSITIVE_INFINITY)
  const shape = above === null ? null : shapeOf(text.line(above).text)
  if (above === null || shape === null || holderOf(text, above, shape.indent) !== null) {
    return nearest(text, above === null ? [] : levelsAbove(text, line), column, pasted)
  }
  const isOpen = shape.key !== null && shape.value === null
  if (isOpen && (column >= contentColumn(shape) || column === 0)) {
    const own = contentColumn(shape)
    const there = nextBegin(text, line)
    if (kind === 'list')
      return { column: there?.list === true && there.column >= own ? there.column : own, asItem: false }
    if (there?.list === true && there.column >= own) return { column: there.column, asItem: true }
    return { column: there !== null && there.column > own ? there.column : own + 2, asItem: false }
  }
  return nearest(text, levelsAbove(text, line), column, pasted)
}

/** The maps and lists that may go on above a line without taking what stands below it. */
function levelsAbove(text: Text, line: number): readonly Level[] {
  const next = nextBegin(text, line)
  return levelsAt(text, line - 1).filter(level => next === null || level.column >= next.column)
}

function nextBegin(text: Text, line: number): { readonly column: number; readonly list: boolean } | null {
  for (let number = line + 1; number <= Math.min(text.lines, line + 5); number += 1) {
    const shape = shapeOf(text.line(number).text)
    if (shape !== null) return { column: shape.indent, list: shape.dashes.length > 0 }
  }
  return null
}

function nearest(text: Text, levels: readonly Level[], column: number, { lines, kind }: Pasted): Chosen {
  const exact = levels.find(level => level.column === column)
  // A map where only items stand is an item without its dash.
  if (
    kind === 'map' &&
    exact?.kind === 'list' &&
    !levels.some(level => level.column === column && level.kind === 'map')
  ) {
    return { column, asItem: true }
  }
  const pasted = kind === 'list' ? keysOfItem(Text.of([...lines]), 1) : new Set<string>()
  const rank = (level: Level) => {
    // Items of one list have fields in common.
    const common =
      kind === 'list' ? [...keysOfItem(text, level.line, level.column)].filter(key => pasted.has(key)).length : 0
    return [common, -Math.abs(level.column - column)] as const
  }
  const [best] = levels
    .filter(level => level.kind === kind)
    .map(level => ({ level, rank: rank(level) }))
    .toSorted((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1])
  return { column: best?.level.column ?? column, asItem: false }
}

// A list's items tell by their first fields what they are.
const enoughLines = 100

/** The names of an item's fields; `column` is that of its dash. */
function keysOfItem(text: Text, line: number, column = 0): Set<string> {
  const keys = new Set<string>()
  let content = -1
  for (let number = line; number <= Math.min(text.lines, line + enoughLines); number += 1) {
    const shape = shapeOf(text.line(number).text)
    if (shape === null) continue
    if (number > line && shape.indent <= Math.max(column, shapeOf(text.line(line).text)?.indent ?? 0)) break
    if (content < 0) content = contentColumn(shape)
    if (shape.key?.from === content) keys.add(shape.key.name)
  }
  return keys
}
