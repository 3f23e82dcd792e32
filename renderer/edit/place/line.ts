/** A key on a line, by columns: `name: value` has its name from `from` to `to`. Quotes count to the key, not to its name. */
export type LineKey = { readonly name: string; readonly from: number; readonly to: number }

/** What stands behind a key or a dash: `block` begins a block scalar, `flow` a map or list in brackets. */
export type LineValue = { readonly kind: 'block' | 'flow' | 'scalar'; readonly from: number; readonly to: number }

/** What a line of YAML says by itself. Columns are in characters, from 0. */
export type LineShape = {
  /** The column of its first sign. */
  readonly indent: number
  /** The columns of the dashes that it begins with. */
  readonly dashes: readonly number[]
  readonly key: LineKey | null
  /** Null where nothing but an anchor, a tag or a comment follows. */
  readonly value: LineValue | null
}

/** Where a line begins, and whether with a dash; null of a blank line, a comment and the mark between documents. */
export function beginningOf(line: string): { readonly indent: number; readonly dash: boolean } | null {
  let indent = 0
  while (isBlank(line.charCodeAt(indent))) indent += 1
  const first = line.charCodeAt(indent)
  if (Number.isNaN(first) || first === hash) return null
  const dash = first === dashSign && endsWord(line, indent + 1)
  if (indent === 0 && first === dashSign && !dash && line.startsWith('---')) return null
  return { indent, dash }
}

/** Reads a line as if it stood in no scalar: whoever asks knows what stands above it. Null as `beginningOf`. */
export function shapeOf(line: string): LineShape | null {
  const begin = beginningOf(line)
  if (begin === null) return null
  const dashes: number[] = []
  let at = begin.indent
  while (line.charCodeAt(at) === dashSign && endsWord(line, at + 1)) {
    dashes.push(at)
    at += 1
    while (isBlank(line.charCodeAt(at))) at += 1
  }
  const content = afterProperties(line, at)
  const key = keyAt(line, content)
  const value = valueAt(line, key === null ? content : afterProperties(line, afterColon(line, key.to)))
  return { indent: begin.indent, dashes, key, value }
}

const [hash, dashSign] = ['#'.charCodeAt(0), '-'.charCodeAt(0)]

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

function endsWord(line: string, at: number): boolean {
  return at >= line.length || isBlank(line.charCodeAt(at))
}

const properties = /(?:[&!]\S*(?:\s+|$)|\s+)*/y

/** Past blanks, anchors and tags. */
function afterProperties(line: string, at: number): number {
  properties.lastIndex = at
  properties.exec(line)
  return Math.max(at, properties.lastIndex)
}

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y

function keyAt(line: string, from: number): LineKey | null {
  quoted.lastIndex = from
  const written = quoted.exec(line)?.[0] ?? plainKey(line, from)
  if (written === null) return null
  const to = from + written.length
  return /^[ \t]*:(?:[ \t]|$)/.test(line.slice(to, to + 100)) ? { name: readScalar(written), from, to } : null
}

/** A colon ends a key only before a blank or the end of the line; ` #` begins a comment. */
function plainKey(line: string, from: number): string | null {
  if (/["'[\]{}|>,%@`*#]/.test(line[from] ?? '#')) return null
  let colon = line.indexOf(':', from)
  while (colon > from && !endsWord(line, colon + 1)) colon = line.indexOf(':', colon + 1)
  const written = colon > from ? line.slice(from, colon).trimEnd() : ''
  return written === '' || /[ \t]#/.test(written) ? null : written
}

function afterColon(line: string, at: number): number {
  return line.indexOf(':', at) + 1
}

function valueAt(line: string, from: number): LineValue | null {
  const rest = line.slice(from)
  const written = rest.startsWith('#') ? '' : withoutComment(rest)
  if (written === '') return null
  const kind = /^[|>]/.test(written) ? 'block' : /^[[{]/.test(written) ? 'flow' : 'scalar'
  return { kind, from, to: from + written.length }
}

function withoutComment(written: string): string {
  quoted.lastIndex = 0
  const whole = quoted.exec(written)?.[0]
  if (whole !== undefined) return whole
  const comment = written.search(/[ \t]#/)
  return (comment < 0 ? written : written.slice(0, comment)).trimEnd()
}

/** The text that a key or a word stands for, without its quotes. */
export function readScalar(written: string): string {
  if (written.startsWith("'")) return written.slice(1, -1).replaceAll("''", "'")
  if (!written.startsWith('"')) return written
  try {
    return String(JSON.parse(written))
  } catch {
    // YAML's escapes that JSON lacks: as it stands.
    return written.slice(1, -1)
  }
}
