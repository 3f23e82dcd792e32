import { Cursor, isBlank, isBlankOrEnd, YamlFault } from './yaml-cursor.ts'
import { scanBlock, scanPlain, scanQuoted } from './yaml-scan-scalars.ts'
import { scanDirective, scanName, scanTag } from './yaml-scan-tags.ts'

export type TokenKind =
  | 'end'
  | 'version'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-list'
  | 'block-map'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'plain'
  | 'quoted'

/**
 * A piece of a text. `text` is a scalar's meaning, a name, a tag's suffix or a prefix; `handle` a tag's. Where a key has no
 * `?`, its token is empty, and so are those that begin and end a block.
 */
export type Token = {
  readonly kind: TokenKind
  readonly from: number
  readonly to: number
  readonly text: string
  readonly handle: string
}

/** A token that becomes a key if a colon follows in its line. `token` is its number in the text. */
type MaybeKey = {
  readonly token: number
  readonly at: number
  readonly line: number
  readonly column: number
  /** Nothing but a key can stand here. */
  readonly required: boolean
}

/** The most characters of a key without a `?`, as go-yaml has it. */
const longestKey = 1024

/**
 * The tokens of a text, as libyaml's scanner finds them, which kubectl reads by (`scannerc.go` of go-yaml 2): what it
 * takes against YAML's rules is taken here too, and what it refuses is a YamlFault.
 */
export class Scanner {
  private readonly cursor: Cursor
  /** Found and not yet taken; the first one may still turn out to be a key. */
  private readonly tokens: Token[] = []
  private taken = 0
  /** The column of the innermost block and of those around it, -1 outside of all. */
  private indent = -1
  private readonly indents: number[] = []
  private keyAllowed = true
  /** What may be a key, for the block and each bracket inside each other. */
  private readonly keys: (MaybeKey | null)[] = [null]
  private readyFor = -1

  constructor(text: string) {
    this.cursor = new Cursor(text)
  }

  /** The next token, which stays the next. */
  peek(): Token {
    if (this.readyFor !== this.taken) {
      while (this.tokens.length === 0 || this.mayBeKey()) this.fetch()
      this.readyFor = this.taken
    }
    const [token] = this.tokens
    if (token === undefined) throw new Error('a token was fetched')
    return token
  }

  take(): Token {
    const token = this.peek()
    this.tokens.shift()
    this.taken++
    return token
  }

  private get inFlow(): boolean {
    return this.keys.length > 1
  }

  /** Whether a colon may still make the next token a key. */
  private mayBeKey(): boolean {
    for (const [level, key] of this.keys.entries()) {
      if (key !== null && key.token === this.taken) return this.isStillKey(key, level)
    }
    return false
  }

  private isStillKey(key: MaybeKey, level: number): boolean {
    if (key.line === this.cursor.line && !this.isTooLong(key)) return true
    if (key.required) throw this.missingColon(key)
    this.keys[level] = null
    return false
  }

  private isTooLong({ at }: MaybeKey): boolean {
    const { cursor } = this
    // go-yaml counts characters; a surrogate pair is one.
    return cursor.at - at > longestKey && [...cursor.text.slice(at, cursor.at)].length > longestKey
  }

  private missingColon({ at }: MaybeKey): YamlFault {
    const end = this.cursor.text.slice(at).search(/[\r\n]|$/)
    return new YamlFault('a colon is missing behind this key', at, at + Math.max(end, 1))
  }

  private saveKey(): void {
    const { at, line, column } = this.cursor
    if (!this.keyAllowed) return
    this.dropKey()
    const required = !this.inFlow && this.indent === column
    this.keys[this.keys.length - 1] = { token: this.taken + this.tokens.length, at, line, column, required }
  }

  private dropKey(): void {
    const key = this.keys.at(-1) ?? null
    if (key?.required) throw this.missingColon(key)
    this.keys[this.keys.length - 1] = null
  }

  private push(kind: TokenKind, from: number, text = '', handle = '', to = this.cursor.at): void {
    this.tokens.push({ kind, from, to, text, handle })
  }

  /** Begins a block at a column that lies deeper than the one around it; `index` is its place among the tokens. */
  private roll(kind: 'block-list' | 'block-map', column: number, at: number, index = this.tokens.length): void {
    if (this.inFlow || this.indent >= column) return
    this.indents.push(this.indent)
    this.indent = column
    this.tokens.splice(index, 0, { kind, from: at, to: at, text: '', handle: '' })
  }

  private unroll(column: number): void {
    if (this.inFlow) return
    while (this.indent > column) {
      this.push('block-end', this.cursor.at)
      this.indent = this.indents.pop() ?? -1
    }
  }

  private skipToToken(): void {
    const { cursor } = this
    for (;;) {
      if (this.inFlow || !this.keyAllowed) cursor.skipBlanks()
      else cursor.skipSpaces()
      cursor.skipComment()
      if (cursor.skipBreak() === 0) return
      if (!this.inFlow) this.keyAllowed = true
    }
  }

  private fetch(): void {
    this.skipToToken()
    const { cursor } = this
    const code = cursor.code()
    this.unroll(code === 0 ? -1 : cursor.column)
    if (code === 0) this.fetchEnd()
    else if (cursor.column === 0 && code === 0x25) this.fetchDirective()
    else if (cursor.isAtMarker()) this.fetchMarker(code === 0x2d ? 'document-start' : 'document-end')
    else if (!this.fetchIndicated(cursor.text.charAt(cursor.at))) this.fetchPlain()
  }

  /** The token that a character announces; false where it begins a plain text. */
  private fetchIndicated(character: string): boolean {
    const beforeBlank = isBlankOrEnd(this.cursor.code(1))
    switch (character) {
      case '[':
      case '{':
        this.fetchOpening(character)
        return true
      case ']':
      case '}':
        this.fetchClosing(character)
        return true
      case ',':
        this.fetchIndicator(',', true)
        return true
      case '-':
        if (beforeBlank) this.fetchDash()
        return beforeBlank
      case '?':
      case ':':
        if (!this.inFlow && !beforeBlank) return false
        if (character === '?') this.fetchQuestion()
        else this.fetchColon()
        return true
      case '*':
      case '&':
        this.fetchName(character === '*' ? 'alias' : 'anchor')
        return true
      case '!':
        this.fetchTag()
        return true
      case "'":
      case '"':
        this.fetchQuoted(character.charCodeAt(0))
        return true
      case '|':
      case '>':
        if (this.inFlow) throw this.noBeginning()
        this.fetchBlock()
        return true
      case '#':
      case '%':
      case '@':
      case '`':
      case '\t':
        throw this.noBeginning()
      default:
        return false
    }
  }

  private noBeginning(): YamlFault {
    const isTab = isBlank(this.cursor.code())
    const detail = isTab ? 'a tab stands where only spaces may indent' : 'no value can begin with this character'
    return new YamlFault(detail, this.cursor.at)
  }

  private fetchEnd(): void {
    // No colon follows any more, whatever brackets are open.
    this.cursor.line++
    this.dropKey()
    this.keyAllowed = false
    this.push('end', this.cursor.at)
  }

  private fetchDirective(): void {
    this.unroll(-1)
    this.dropKey()
    this.keyAllowed = false
    const from = this.cursor.at
    const directive = scanDirective(this.cursor)
    if (directive === null) this.push('version', from)
    else this.push('tag-directive', from, directive.prefix, directive.handle)
  }

  private fetchMarker(kind: 'document-start' | 'document-end'): void {
    this.unroll(-1)
    this.dropKey()
    this.keyAllowed = false
    this.cursor.at += 3
    this.push(kind, this.cursor.at - 3)
  }

  private fetchOpening(kind: '[' | '{'): void {
    this.saveKey()
    this.keys.push(null)
    this.keyAllowed = true
    this.cursor.at++
    this.push(kind, this.cursor.at - 1)
  }

  private fetchClosing(kind: ']' | '}'): void {
    this.dropKey()
    if (this.inFlow) this.keys.pop()
    this.keyAllowed = false
    this.cursor.at++
    this.push(kind, this.cursor.at - 1)
  }

  private fetchIndicator(kind: ',' | '-' | 'key' | 'value', keyAllowed: boolean): void {
    this.dropKey()
    this.keyAllowed = keyAllowed
    this.cursor.at++
    this.push(kind, this.cursor.at - 1)
  }

  private fetchDash(): void {
    const { at, column } = this.cursor
    if (!this.inFlow) {
      if (!this.keyAllowed) throw new YamlFault('a list cannot begin here', at)
      this.roll('block-list', column, at)
    }
    this.fetchIndicator('-', true)
  }

  private fetchQuestion(): void {
    const { at, column } = this.cursor
    if (!this.inFlow) {
      if (!this.keyAllowed) throw new YamlFault('a key cannot begin here', at)
      this.roll('block-map', column, at)
    }
    this.fetchIndicator('key', !this.inFlow)
  }

  private fetchColon(): void {
    const { at, column } = this.cursor
    const level = this.keys.length - 1
    const key = this.keys[level] ?? null
    if (key !== null && this.isStillKey(key, level)) {
      const index = key.token - this.taken
      this.tokens.splice(index, 0, { kind: 'key', from: key.at, to: key.at, text: '', handle: '' })
      this.roll('block-map', key.column, key.at, index)
      this.keys[level] = null
      this.fetchIndicator('value', false)
      return
    }
    if (!this.inFlow) {
      if (!this.keyAllowed)
        throw new YamlFault('a colon stands inside a value: it needs quotes, or its line another indentation', at)
      this.roll('block-map', column, at)
    }
    this.cursor.at++
    this.keyAllowed = !this.inFlow
    this.push('value', at)
  }

  private fetchName(kind: 'alias' | 'anchor'): void {
    const from = this.cursor.at
    this.saveKey()
    this.keyAllowed = false
    this.push(kind, from, scanName(this.cursor))
  }

  private fetchTag(): void {
    const from = this.cursor.at
    this.saveKey()
    this.keyAllowed = false
    const { handle, suffix } = scanTag(this.cursor)
    this.push('tag', from, suffix, handle)
  }

  private fetchBlock(): void {
    const from = this.cursor.at
    this.dropKey()
    this.keyAllowed = true
    const { text, to } = scanBlock(this.cursor, this.indent)
    this.push('quoted', from, text, '', to)
  }

  private fetchQuoted(quote: number): void {
    const from = this.cursor.at
    this.saveKey()
    this.keyAllowed = false
    this.push('quoted', from, scanQuoted(this.cursor, quote).text)
  }

  private fetchPlain(): void {
    const from = this.cursor.at
    this.saveKey()
    const { text, to, endedLine } = scanPlain(this.cursor, { indent: this.indent + 1, inFlow: this.inFlow })
    // A key may follow on a line of its own.
    this.keyAllowed = endedLine
    this.push('plain', from, text, '', to)
  }
}
