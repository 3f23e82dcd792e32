/** Why a text cannot be read on, between `from` and `to`. Thrown by the scanner and the parser, caught by `parseYaml`. */
export class YamlFault extends Error {
  readonly what: 'syntax' | 'directive' | 'too-deep'
  readonly from: number
  readonly to: number

  constructor(detail: string, from: number, to = from + 1, what: YamlFault['what'] = 'syntax') {
    super(detail)
    this.what = what
    this.from = from
    this.to = to
  }
}

/** A place in a text that moves forward, character by character. */
export class Cursor {
  readonly text: string
  at = 0
  /** How many lines lie behind. */
  line = 0
  private lineStart = 0

  constructor(text: string) {
    this.text = text
    // The byte order mark that may begin a file.
    if (text.charCodeAt(0) === 0xfeff) this.at = this.lineStart = 1
  }

  get column(): number {
    return this.at - this.lineStart
  }

  /** The UTF-16 unit here or a few further, 0 behind the end. */
  code(ahead = 0): number {
    const index = this.at + ahead
    return index < this.text.length ? this.text.charCodeAt(index) : 0
  }

  /** Takes one line break, if there is one; tells how many. CR LF is one. */
  skipBreak(): 0 | 1 {
    if (!isBreak(this.code())) return 0
    this.at += this.code() === 0x0d && this.code(1) === 0x0a ? 2 : 1
    this.line++
    this.lineStart = this.at
    return 1
  }

  skipSpaces(): void {
    while (this.code() === 0x20) this.at++
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.at++
  }

  /** Takes a comment, if one begins here, without its line break. */
  skipComment(): void {
    if (this.code() === 0x23) while (!isBreakOrEnd(this.code())) this.at++
  }

  /** What matches at this place, which is taken; empty where nothing does. The pattern is sticky. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  /** Whether `---` or `...` stands here at the beginning of a line. */
  isAtMarker(): boolean {
    if (this.at !== this.lineStart) return false
    const code = this.code()
    const three = code === this.code(1) && code === this.code(2)
    return three && (code === 0x2d || code === 0x2e) && isBlankOrEnd(this.code(3))
  }
}

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

// The further line breaks of YAML 1.1 are refused before anything is scanned.
export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0
}

export function isBlankOrEnd(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0
}
