import type { Json, JsonObject } from './json.ts'
import { isList, isObject } from './object.ts'
import { compareKeys } from './yaml-key-order.ts'
import { isFilled } from './yaml-print.ts'
import type { PlainPath } from './yaml-ranges.ts'
import { isSimpleKey } from './yaml-string.ts'

/** Lines of a text, counted from 1, both included. */
export type LineSpan = { readonly first: number; readonly last: number }

/** Finds the lines of what stands at a path, with its key or dash; null where the value has no such place. */
export type LineFinder = (path: PlainPath) => LineSpan | null

/**
 * The lines of the parts of a text that `printYaml` made of that very value, without reading it: what lies inside an
 * entry stands deeper than the entry itself. Only the maps and lists on the way to a path are looked at, each once.
 */
export function yamlLines(text: string, value: Json): LineFinder {
  let lines: Lines | null = null
  let root: Part | null = null
  return path => {
    lines ??= readLines(text)
    root ??= { value, span: { first: 1, last: lines.count }, inner: { first: 1, indent: 0 }, children: null }
    let part = root
    for (const step of path) {
      part.children ??= childrenOf(part, lines)
      const child = part.children.get(step)
      if (child === undefined) return null
      part = child
    }
    return part.span
  }
}

/** A place of the value: its lines, and the line and column at which its own first entry stands. */
type Part = {
  readonly value: Json
  readonly span: LineSpan
  readonly inner: { readonly first: number; readonly indent: number }
  children: ReadonlyMap<string | number, Part> | null
}

function childrenOf(part: Part, lines: Lines): ReadonlyMap<string | number, Part> {
  const { value } = part
  if (isList(value))
    return new Map(entrySpans(part, lines, 'dash').map((span, index) => [index, item(part, span, index)]))
  if (!isObject(value) || !isFilled(value)) return new Map()
  // The printer's order tells which entry is whose.
  const keys = Object.keys(value).sort(compareKeys)
  const spans = entrySpans(part, lines, 'other')
  return new Map(spans.map((span, index) => [keys[index] ?? '', field(part, value, span, keys[index] ?? '', lines)]))
}

/** The entries of a map or list: each begins at the column of the first one, which may stand behind a dash or colon. */
function entrySpans({ value, span, inner }: Part, lines: Lines, mark: Mark): readonly LineSpan[] {
  if (!isFilled(value)) return []
  const starts = [inner.first]
  for (let line = inner.first + 1; line <= span.last; line++) {
    if (lines.indent(line) === inner.indent && lines.mark(line) === mark) starts.push(line)
  }
  return starts.map((first, index) => ({ first, last: (starts[index + 1] ?? span.last + 1) - 1 }))
}

function item({ value, inner }: Part, span: LineSpan, index: number): Part {
  const own = isList(value) ? (value[index] ?? null) : null
  return { value: own, span, inner: { first: span.first, indent: inner.indent + 2 }, children: null }
}

function field({ inner }: Part, object: JsonObject, span: LineSpan, key: string, lines: Lines): Part {
  const value = object[key] ?? null
  const { indent } = inner
  if (isSimpleKey(key)) {
    const own = { first: span.first + 1, indent: isList(value) ? indent : indent + 2 }
    return { value, span, inner: own, children: null }
  }
  let colon = span.first + 1
  while (lines.indent(colon) !== indent || lines.mark(colon) !== 'colon') colon++
  return { value, span, inner: { first: colon, indent: indent + 2 }, children: null }
}

/** What a line begins with behind its margin: an item's dash, the colon below a key of several lines, anything else. */
type Mark = 'dash' | 'colon' | 'other'

type Lines = {
  readonly count: number
  /** The column of a line's first character; of an empty line, which only text inside a value has, -1. */
  readonly indent: (line: number) => number
  readonly mark: (line: number) => Mark
}

const marks: readonly Mark[] = ['other', 'dash', 'colon']

function readLines(text: string): Lines {
  const found: number[] = []
  for (let start = 0; start < text.length; ) {
    let first = start
    while (text.charCodeAt(first) === 0x20) first++
    const character = text.charAt(first)
    const mark = text.charAt(first + 1) !== ' ' ? 0 : character === '-' ? 1 : character === ':' ? 2 : 0
    found.push(character === '\n' ? -1 : (first - start) * marks.length + mark)
    start = text.indexOf('\n', first) + 1 || text.length
  }
  // One number a line: a text of 1 MiB has 50,000 of them.
  const lines = Int32Array.from(found)
  const of = (line: number): number => lines[line - 1] ?? -1
  return {
    count: lines.length,
    indent: line => Math.floor(of(line) / marks.length),
    mark: line => marks[of(line) % marks.length] ?? 'other',
  }
}
