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

/**
 * Reads JSON in plain steps (RFC 8259), ten times slower than `JSON.parse`: for texts that V8 misreads, and to say where
 * a text is wrong. Throws a `JsonError`, also beyond 1,000 levels. Integers that a `number` cannot hold are `bigint`.
 */
export function readJson(text: string): Json {
  const reader = new JsonReader(text)
  const value = reader.value()
  reader.end()
  return value
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

  value(): Json {
    const next = this.next()
    if (next === '{' || next === '[') return this.nested(next)
    if (next === '"') return this.string()
    for (const [word, value] of literals) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length
        return value
      }
    }
    return this.number()
  }

  private nested(opening: '{' | '['): Json {
    if (this.depth === deepestNesting) this.fail(`no more than ${deepestNesting} levels`)
    this.depth++
    const value = opening === '{' ? this.object() : this.list()
    this.depth--
    return value
  }

  end(): void {
    if (this.next() !== '') this.fail('the end')
  }

  private object(): Json {
    const entries: [string, Json][] = []
    this.at++
    if (this.take('}')) return {}
    for (;;) {
      if (this.next() !== '"') this.fail('a key')
      const key = this.string()
      if (!this.take(':')) this.fail('a colon')
      entries.push([key, this.value()])
      if (this.take('}')) return Object.fromEntries(entries)
      if (!this.take(',')) this.fail('a comma or a closing brace')
    }
  }

  private list(): Json {
    const items: Json[] = []
    this.at++
    if (this.take(']')) return items
    for (;;) {
      items.push(this.value())
      if (this.take(']')) return items
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
