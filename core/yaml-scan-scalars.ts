import { type Cursor, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, YamlFault } from './yaml-cursor.ts'

/** A scalar's meaning, its end, and whether a line break follows that lies behind the cursor already. */
type Scanned = { readonly text: string; readonly to: number; readonly endedLine: boolean }

/** A text in single or double quotes, from its first quote on (libyaml's `scan_flow_scalar`). */
export function scanQuoted(cursor: Cursor, quote: number): Scanned {
  const from = cursor.at
  cursor.at++
  let text = ''
  for (;;) {
    if (cursor.isAtMarker()) throw new YamlFault('a document marker stands inside a quoted text', from, cursor.at)
    if (cursor.code() === 0) throw new YamlFault('the closing quote is missing', from)
    const run = quotedRun(cursor, quote)
    text += run.text
    if (cursor.code() === quote) break
    text += foldedBlanks(cursor, run.joins)
  }
  cursor.at++
  return { text, to: cursor.at, endedLine: false }
}

/** As far as the next blank or the closing quote; `joins` where a backslash takes a line break away. */
function quotedRun(cursor: Cursor, quote: number): { text: string; joins: boolean } {
  let text = ''
  let start = cursor.at
  const taken = () => cursor.text.slice(start, cursor.at)
  for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
    if (code === quote && !(quote === 0x27 && cursor.code(1) === quote)) break
    const isEscape = code === 0x5c && quote === 0x22
    if (!isEscape && code !== quote) {
      cursor.at++
      continue
    }
    text += taken()
    if (isEscape && isBreak(cursor.code(1))) {
      cursor.at++
      cursor.skipBreak()
      return { text, joins: true }
    }
    if (isEscape) text += escaped(cursor)
    else {
      text += "'"
      cursor.at += 2
    }
    start = cursor.at
  }
  return { text: text + taken(), joins: false }
}

/** The blanks and line breaks here as what they mean: one break is a blank, each further one a line break. */
function foldedBlanks(cursor: Cursor, joins: boolean): string {
  const start = cursor.at
  cursor.skipBlanks()
  if (!joins && !isBreak(cursor.code())) return cursor.text.slice(start, cursor.at)
  let breaks = 0
  for (; isBreak(cursor.code()); cursor.skipBlanks()) breaks += cursor.skipBreak()
  if (joins) return '\n'.repeat(breaks)
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const hexDigits: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

function escaped(cursor: Cursor): string {
  const from = cursor.at
  const letter = cursor.text.charAt(from + 1)
  cursor.at += 2
  const short = escapes.get(letter)
  if (short !== undefined) return short
  const digits = hexDigits.get(letter)
  if (digits === undefined) throw new YamlFault('this escape is unknown in double quotes', from, cursor.at)
  const hex = cursor.text.slice(cursor.at, cursor.at + digits)
  cursor.at += digits
  const point = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN
  // Half of a surrogate pair is no character.
  if (!(point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) {
    throw new YamlFault('this escape names no character', from, cursor.at)
  }
  return String.fromCodePoint(point)
}

/** Where a plain text stands: further lines have to be indented by `indent`, between brackets they need not. */
type PlainSpot = { readonly indent: number; readonly inFlow: boolean }

/** A text without quotes (libyaml's `scan_plain_scalar`). */
export function scanPlain(cursor: Cursor, { indent, inFlow }: PlainSpot): Scanned {
  const from = cursor.at
  let to = from
  let text = ''
  let between = ''
  let endedLine = false
  while (!cursor.isAtMarker() && cursor.code() !== 0x23) {
    const start = cursor.at
    while (!endsPlain(cursor, inFlow)) cursor.at++
    if (cursor.at > start) {
      text += between + cursor.text.slice(start, cursor.at)
      to = cursor.at
      endedLine = false
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break
    const lines = cursor.line
    between = plainBlanks(cursor, indent)
    endedLine ||= cursor.line > lines
    if (!inFlow && endedLine && cursor.column < indent) break
  }
  return { text, to, endedLine }
}

function endsPlain(cursor: Cursor, inFlow: boolean): boolean {
  const code = cursor.code()
  if (isBlankOrEnd(code)) return true
  if (code === 0x3a) return isBlankOrEnd(cursor.code(1))
  return inFlow && isFlowEnd(code)
}

/** A comma, a question mark, a bracket or a brace. */
function isFlowEnd(code: number): boolean {
  return code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d
}

function plainBlanks(cursor: Cursor, indent: number): string {
  const start = cursor.at
  cursor.skipBlanks()
  if (!isBreak(cursor.code())) return cursor.text.slice(start, cursor.at)
  let breaks = 0
  while (isBreak(cursor.code())) {
    breaks += cursor.skipBreak()
    for (; isBlank(cursor.code()); cursor.at++) {
      if (cursor.code() === 0x09 && cursor.column < indent) {
        throw new YamlFault('a tab stands where only spaces may indent', cursor.at)
      }
    }
  }
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
}

/** A block that begins with `|` or `>`; `parent` is the column of what holds it, -1 at the root (libyaml's `scan_block_scalar`). */
export function scanBlock(cursor: Cursor, parent: number): Scanned {
  const folds = cursor.code() === 0x3e
  const { chomp, hint } = blockHeader(cursor)
  const block = new BlockLines(cursor, parent, hint === 0 ? 0 : Math.max(parent, 0) + hint)
  let to = cursor.at
  let text = ''
  let lineBreak = 0
  let afterBlank = false
  let empty = block.skipEmpty()
  while (cursor.column === block.indent && cursor.code() !== 0) {
    const startsBlank = isBlank(cursor.code())
    if (folds && lineBreak > 0 && !afterBlank && !startsBlank) text += empty === 0 ? ' ' : '\n'.repeat(empty)
    else text += '\n'.repeat(lineBreak + empty)
    const start = cursor.at
    while (!isBreakOrEnd(cursor.code())) cursor.at++
    text += cursor.text.slice(start, cursor.at)
    lineBreak = cursor.skipBreak()
    to = cursor.at
    afterBlank = startsBlank
    empty = block.skipEmpty()
  }
  if (chomp === '-') return { text, to, endedLine: true }
  if (chomp === '+') return { text: text + '\n'.repeat(lineBreak + empty), to: block.end, endedLine: true }
  return { text: text + '\n'.repeat(lineBreak), to, endedLine: true }
}

function blockHeader(cursor: Cursor): { chomp: string; hint: number } {
  const from = cursor.at
  cursor.at++
  const header = cursor.take(/[-+]\d?|\d[-+]?/y)
  if (header.includes('0')) throw new YamlFault('a block cannot be indented by 0', from, cursor.at)
  cursor.skipBlanks()
  cursor.skipComment()
  if (!isBreakOrEnd(cursor.code())) {
    throw new YamlFault('only a comment may follow the header of a block', cursor.at)
  }
  cursor.skipBreak()
  return { chomp: header.replace(/\d/, ''), hint: Number(header.replace(/[-+]/, '')) }
}

class BlockLines {
  /** 0 until the first line that holds something has told it. */
  indent: number
  /** Behind the last line that was taken. */
  end: number
  private readonly cursor: Cursor
  private readonly parent: number

  constructor(cursor: Cursor, parent: number, indent: number) {
    this.cursor = cursor
    this.parent = parent
    this.indent = indent
    this.end = cursor.at
  }

  /** Takes lines that hold nothing and the next one's margin; tells how many lines. */
  skipEmpty(): number {
    const { cursor, indent } = this
    let [lines, deepest] = [0, 0]
    this.end = cursor.at
    for (;;) {
      while ((indent === 0 || cursor.column < indent) && cursor.code() === 0x20) cursor.at++
      deepest = Math.max(deepest, cursor.column)
      if ((indent === 0 || cursor.column < indent) && cursor.code() === 0x09) {
        throw new YamlFault('a tab stands where only spaces may indent', cursor.at)
      }
      if (!isBreak(cursor.code())) break
      lines += cursor.skipBreak()
      this.end = cursor.at
    }
    if (indent === 0) this.indent = Math.max(deepest, this.parent + 1, 1)
    return lines
  }
}
