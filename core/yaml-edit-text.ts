import type { Json } from './json.ts'
import type { TextChange } from './session.ts'
import { isBlock, type TextEntry } from './yaml-entries.ts'
import { isFilled, printAfterColon, printFlow, printNode } from './yaml-print.ts'

/** Where the line of an offset begins. */
function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Where the line of an offset ends, before its line break. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  if (end < 0) return text.length
  return end > offset && text.charAt(end - 1) === '\r' ? end - 1 : end
}

/** How far an offset stands from the beginning of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}

/** The end of an entry's last line with its line break; a block scalar ends with one already. */
function nextLine(text: string, { end }: TextEntry): number {
  if (text.charAt(end - 1) === '\n') return end
  const lineBreak = text.indexOf('\n', end)
  return lineBreak < 0 ? text.length : lineBreak + 1
}

/** Whether only blanks stand before an offset in its line. */
export function isFirstInLine(text: string, offset: number): boolean {
  return /^ *$/.test(text.slice(lineStart(text, offset), offset))
}

/** Takes an entry of a block collection away with its lines, or as far as the next entry where it shares its first line. */
export function removeEntry(text: string, entry: TextEntry, next: TextEntry | undefined): TextChange {
  const end = nextLine(text, entry)
  if (isFirstInLine(text, entry.start)) return { from: lineStart(text, entry.start), to: end, insert: '' }
  const between = next === undefined ? '#' : text.slice(end, next.start)
  const to = next !== undefined && /^\s*$/.test(between) ? next.start : entry.end
  return { from: entry.start, to, insert: '' }
}

/** Puts lines behind an entry. `block` has no line break at its ends, and its first line no margin. */
export function insertAfter(text: string, entry: TextEntry, block: string, column: number): TextChange {
  const at = nextLine(text, entry)
  return { from: at, to: at, insert: `${' '.repeat(column)}${block}\n` }
}

/** Puts lines in front of the first entry of a collection, or in front of the comment lines above it too. */
export function insertBefore(
  text: string,
  entry: TextEntry,
  block: string,
  column: number,
  aboveComments: boolean,
): TextChange {
  const margin = ' '.repeat(column)
  if (!isFirstInLine(text, entry.start)) return { from: entry.start, to: entry.start, insert: `${block}\n${margin}` }
  const line = lineStart(text, entry.start)
  const at = aboveComments ? aboveCommentLines(text, line) : line
  return { from: at, to: at, insert: `${margin}${block}\n` }
}

function aboveCommentLines(text: string, line: number): number {
  let at = line
  while (at > 0 && /^[ \t]*#/.test(text.slice(lineStart(text, at - 1), at))) at = lineStart(text, at - 1)
  return at
}

/** Puts another value in the place of an entry's, with as much of its lines' comments as can stay. */
export function replaceValue(text: string, entry: TextEntry, to: Json, listIndent: number): TextChange {
  const column = columnOf(text, entry.start)
  const printed = printAfter(entry, to, column, columnOf(text, entry.lead), listIndent)
  const { value, lead, first } = entry
  const isSimple = !isBlock(value) && !isBlockScalar(text, first)
  const staysInLine = !printed.includes('\n') || !/^\n| [|]/.test(printed)
  if (isSimple && staysInLine && !text.slice(lead, first).includes('\n')) {
    // An empty value stands right behind its colon and needs a blank.
    return first > lead
      ? { from: first, to: entry.end, insert: printed.slice(1) }
      : { from: lead, to: entry.end, insert: printed }
  }
  const comment = commentAt(text, lead) ?? (isSimple ? commentAt(text, entry.end) : null)
  const valueEnd = isSimple && comment !== null ? lineEnd(text, entry.end) : entry.end
  // A block that keeps its last line breaks would take the blank lines behind it for its own.
  const keepsBreaks = / [|]2?\+\n/.test(printed.slice(0, 5))
  const end = keepsBreaks ? skipBlankLines(text, valueEnd) : valueEnd
  const endsLine = text.slice(lead, end).endsWith('\n')
  return { from: lead, to: end, insert: withComment(printed, comment) + (endsLine ? '\n' : '') }
}

function skipBlankLines(text: string, offset: number): number {
  return offset + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(offset))?.[0].length ?? 0)
}

function printAfter(entry: TextEntry, to: Json, indent: number, column: number, listIndent: number): string {
  if (entry.key !== null) return printAfterColon(to, { indent, column, listIndent })
  const inner = indent + 2
  const margin = isFilled(to) ? inner : column + 1
  return ` ${printNode(to, { indent: inner, column: margin, listIndent })}`
}

function isBlockScalar(text: string, offset: number): boolean {
  return /^[|>]/.test(text.charAt(offset))
}

/** The comment that ends a line, if nothing but blanks stands before it. */
function commentAt(text: string, offset: number): string | null {
  return /^[ \t]+(#.*)$/.exec(text.slice(offset, lineEnd(text, offset)))?.[1]?.trimEnd() ?? null
}

/** A comment goes to the end of the first line: behind a block scalar's header, a block's key, or a value of one line. */
function withComment(printed: string, comment: string | null): string {
  if (comment === null) return printed
  const isHeader = /^\n| [|][^\n]*\n/.test(printed)
  if (!isHeader && printed.includes('\n')) {
    // The first line of a block in a list item is content: the comment gets the dash's line for itself.
    return ` ${comment}${printed}`
  }
  const end = printed.indexOf('\n')
  return end < 0 ? `${printed} ${comment}` : `${printed.slice(0, end)} ${comment}${printed.slice(end)}`
}

/** Puts another value in the place of one inside braces or brackets. */
export function replaceFlowValue(entry: TextEntry, to: Json): TextChange {
  const from = entry.first
  const blank = entry.key !== null && from <= entry.lead ? ' ' : ''
  return { from, to: entry.end, insert: blank + printFlow(to) }
}
