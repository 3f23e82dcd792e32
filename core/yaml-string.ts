import { resolvePlain } from './yaml-scalar.ts'

/** The column after which kubectl's emitter breaks a line at the next single space. */
const width = 80
/** The most UTF-8 bytes of a key that stands before its colon; longer ones get a `? ` line of their own. */
const longestSimpleKey = 128

/** Where a string begins, how far its further lines are indented, and whether it may have any. */
type StringSpot = { readonly indent: number; readonly column: number; readonly mayBreak: boolean }

/** Whether a key can stand in one line before its colon. */
export function isSimpleKey(key: string): boolean {
  if (/[\r\n\u0085\u2028\u2029]/.test(key)) return false
  // A UTF-16 unit is at most three bytes: nearly every key is short enough without counting them.
  if (key.length <= longestSimpleKey / 3) return true
  return key.length <= longestSimpleKey && new TextEncoder().encode(key).length <= longestSimpleKey
}

/** A string as YAML text in the style that kubectl chooses, so that YAML 1.1 reads the same string. */
export function printString(value: string, spot: StringSpot): string {
  if (value.includes('\n'))
    return canBeBlock(value) && spot.mayBreak ? printBlock(value, spot) : doubleQuoted(value, spot)
  if (!readsAsString(value) || !isPrintable(value)) return doubleQuoted(value, spot)
  return canBePlain(value) ? folded(value, spot) : singleQuoted(value, spot)
}

/** Whether a string means itself without quotes even inside braces and brackets. */
export function isPlainWord(value: string): boolean {
  return /^[\w./-]+(?::[\w./-]+)*$/.test(value) && readsAsString(value) && canBePlain(value)
}

/** A string on one line in double quotes. */
export function printQuoted(value: string): string {
  return doubleQuoted(value, { indent: 0, column: 0, mayBreak: false })
}

function readsAsString(value: string): boolean {
  return resolvePlain(value).kind === 'string' && !base60.test(value)
}

/** Numbers such as `12:30`, that other YAML 1.1 readers take for minutes and seconds. */
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/** Without line breaks: kubectl's printable characters, but the two separators that YAML 1.1 takes for line breaks. */
function isPrintable(value: string): boolean {
  return /^[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(value)
}

function canBePlain(value: string): boolean {
  return !(/^(?:[#,[\]{}&*!|>'"%@` ]|[-?:](?:[ \t]|$)|---|\.\.\.)/.test(value) || /:(?:[ \t]|$)| #| $/.test(value))
}

/**
 * Whether a block scalar holds exactly this text: nothing that must be escaped, and no blanks alone on the last lines,
 * which readers disagree about.
 */
function canBeBlock(value: string): boolean {
  return (
    /^[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u.test(value) &&
    !/(?:^|\n)[ \t]+\n*$/.test(value)
  )
}

function printBlock(value: string, { indent }: StringSpot): string {
  const margin = ' '.repeat(indent)
  // Without the hint the first line's blanks would be taken for indentation. It counts from the parent: always 2 here.
  const hint = /^[ \t\n]/.test(value) ? '2' : ''
  const ending = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : ''
  const lines = (value.endsWith('\n') ? value.slice(0, -1) : value).split('\n')
  return `|${hint}${ending}${lines.map(line => (line === '' ? '\n' : `\n${margin}${line}`)).join('')}`
}

function singleQuoted(value: string, spot: StringSpot): string {
  return `'${folded(value.replaceAll("'", "''"), { ...spot, column: spot.column + 1 })}'`
}

function doubleQuoted(value: string, spot: StringSpot): string {
  const escaped = value.replace(mustBeEscaped, escapeCharacter)
  return `"${folded(escaped, { ...spot, column: spot.column + 1 }, true)}"`
}

const mustBeEscaped = /["\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu

const shortEscapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
}

function escapeCharacter(character: string): string {
  const short = shortEscapes[character]
  if (short !== undefined) return `\\${short}`
  const point = character.codePointAt(0) ?? 0
  const [letter, digits] = point <= 0xff ? ['x', 2] : point <= 0xffff ? ['u', 4] : ['U', 8]
  return `\\${letter}${point.toString(16).toUpperCase().padStart(digits, '0')}`
}

/**
 * Breaks a long text at blanks beyond the line's width; a reader turns each break into one blank again. Plain and
 * single-quoted text can only break at a blank that stands alone; in double-quoted text a backslash keeps the others.
 */
function folded(text: string, { indent, column, mayBreak }: StringSpot, keepsBlanks = false): string {
  if (!mayBreak || column + text.length <= width) return text
  const margin = `\n${' '.repeat(indent)}`
  let lineStart = -column
  return text.replace(/ +/g, (blanks, at: number) => {
    const inside = at > 0 && at < text.length - 1
    const alone = blanks.length === 1
    if (!inside || at - lineStart <= width || !(alone || keepsBlanks)) return blanks
    lineStart = at + 1 - indent - (alone ? 0 : 1)
    return margin + (alone ? '' : `\\${blanks.slice(1)}`)
  })
}
