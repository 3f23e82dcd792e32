import type { Json } from './json.ts'

/** How many lists and maps may stand inside each other. Every walk through a value recurses, and must not meet the end of the stack. */
const deepestNesting = 1000

/** Where a text stops being JSON, and what was due there. The text itself is not quoted: it may hold a secret. */
export class JsonError extends Error {
  readonly offset: number

  constructor(expected: string, offset: number) {
    super(`expected ${expected}`)
    this.offset = offset
  }
}

/** A stretch of a text, by UTF-16 offsets. */
export type Span = { readonly from: number; readonly to: number }

/** A value in a JSON text and where it stands. `entries` are the parts of an object or a list, in their order; null for a single value. */
export type JsonNode = Span & { readonly value: Json; readonly entries: readonly JsonEntry[] | null }

/** A part of an object or a list; `key` is where its key stands, null in a list. Of equal keys the last one counts. */
export type JsonEntry = { readonly step: string | number; readonly key: Span | null; readonly node: JsonNode }

/**
 * Reads JSON in plain steps (RFC 8259), ten times slower than `JSON.parse`: for texts that V8 misreads, and to say where
 * a text is wrong. Throws a `JsonError`, also beyond 1,000 levels. Integers that a `number` cannot hold are `bigint`.
 */
export function readJson(text: string): Json {
  return readJsonTree(text).value
}

/** The same with the places of all parts. */
export function readJsonTree(text: string): JsonNode {
  const reader = new JsonReader(text)
  const root = reader.node()
  reader.end()
  return root
}

const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
const literals: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
])

class JsonReader {
  private readonly text: string
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  node(): JsonNode {
    const next = this.next()
    const from = this.at
    if (next === '{' || next === '[') return this.nested(next)
    const value = this.single(next)
    return { from, to: this.at, value, entries: null }
  }

  private single(next: string): Json {
    if (next === '"') return this.string()
    for (const [word, value] of literals) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length
        return value
      }
    }
    return this.number()
  }

  private nested(opening: '{' | '['): JsonNode {
    if (this.depth === deepestNesting) this.fail(`no more than ${deepestNesting} levels`)
    this.depth++
    const from = this.at
    const entries = opening === '{' ? this.object() : this.list()
    this.depth--
    const value =
      opening === '{'
        ? Object.fromEntries(entries.map(({ step, node }) => [step, node.value]))
        : entries.map(({ node }) => node.value)
    return { from, to: this.at, value, entries }
  }

  end(): void {
    if (this.next() !== '') this.fail('the end')
  }

  private object(): JsonEntry[] {
    const entries: JsonEntry[] = []
    this.at++
    if (this.take('}')) return entries
    for (;;) {
      if (this.next() !== '"') this.fail('a key')
      const from = this.at
      const step = this.string()
      const key = { from, to: this.at }
      if (!this.take(':')) this.fail('a colon')
      entries.push({ step, key, node: this.node() })
      if (this.take('}')) return entries
      if (!this.take(',')) this.fail('a comma or a closing brace')
    }
  }

  private list(): JsonEntry[] {
    const entries: JsonEntry[] = []
    this.at++
    if (this.take(']')) return entries
    for (;;) {
      entries.push({ step: entries.length, key: null, node: this.node() })
      if (this.take(']')) return entries
      if (!this.take(',')) this.fail('a comma or a closing bracket')
    }
  }

  private string(): string {
    const start = this.at
    let end = start + 1
    while (end < this.text.length && this.text.charAt(end) !== '"') end += this.text.charAt(end) === '\\' ? 2 : 1
    const source = this.text.slice(start, end + 1)
    try {
      this.at = end + 1
      return JSON.parse(source)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.at = start
      return this.fail('a string')
    }
  }

  private number(): Json {
    number.lastIndex = this.at
    const match = number.exec(this.text)
    if (match === null) return this.fail('a value')
    const [source, fraction, exponent] = match
    this.at += source.length
    const value = Number(source)
    return fraction || exponent || Number.isSafeInteger(value) ? value : BigInt(source)
  }

  private take(character: string): boolean {
    if (this.next() !== character) return false
    this.at++
    return true
  }

  /** The next character that is no blank, `''` at the end. */
  private next(): string {
    while (' \t\n\r'.includes(this.text.charAt(this.at) || '.')) this.at++
    return this.text.charAt(this.at)
  }

  private fail(expected: string): never {
    throw new JsonError(expected, this.at)
  }
}
