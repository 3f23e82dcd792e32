import { Composer, type CST, type Document, LineCounter, type Node, Parser } from 'yaml'
import type { Problem, TextRange, YamlUnsupported } from './problem.ts'

/** What can be wrong with a YAML text, wherever it came from. */
export type YamlProblem = Extract<
  Problem,
  { code: 'yaml-syntax' | 'yaml-duplicate-key' | 'yaml-second-document' | 'yaml-unsupported' | 'too-deep' }
>

/** How many maps and lists may stand inside each other. The deepest schemas of custom resources stay under 100. */
const deepestNesting = 500

/** A text's first document as nodes, or what keeps it from being read. `root` is null for an empty document. */
export type YamlSyntax = {
  readonly root: Node | null
  readonly problems: readonly YamlProblem[]
  readonly rangeOf: (from: number, to: number) => TextRange
}

/** Parses a text by the `yaml` package, every scalar left as the string that stands there. */
export function parseSyntax(text: string): YamlSyntax {
  const lines = new LineCounter()
  const rangeOf = (from: number, to: number): TextRange => {
    const { line, col } = lines.linePos(from)
    return { from, to, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const deep = tokens.map(tooDeep).find(token => token !== null)
  if (deep !== undefined) {
    const range = rangeOf(deep.offset, deep.offset + 1)
    return { root: null, problems: [{ code: 'too-deep', limit: deepestNesting, range }], rangeOf }
  }
  const [first, ...others] = compose(tokens, text.length)
  const problems = [
    ...forbiddenCharacters(text, rangeOf),
    ...tokens.filter(isForeignDirective).map(token => unsupported('directive', rangeOf(token.offset, endOf(token)))),
    ...syntaxErrors(first === undefined ? [] : [first], rangeOf),
    ...gluedColons(tokens, text, rangeOf),
    ...others
      .filter(isFilledDocument)
      .slice(0, 1)
      .map(other => secondDocument(other, text, rangeOf)),
  ]
  return { root: first?.contents ?? null, problems, rangeOf }
}

function compose(tokens: CST.Token[], end: number): Document[] {
  // uniqueKeys would compare each key with every other one; duplicates are found while reading.
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  })
  return [...composer.compose(tokens, true, end)]
}

/** A `yaml-unsupported` problem. */
export function unsupported(what: YamlUnsupported, range: TextRange): YamlProblem {
  return { code: 'yaml-unsupported', what, range }
}

/** The first token that stands deeper than allowed. */
function tooDeep(document: CST.Token): CST.Token | null {
  for (const [token, depth] of tokensIn(document)) if (depth > deepestNesting) return token
  return null
}

/** A document's tokens, each with its depth. Walked without recursion: the depth is the sender's choice. */
function* tokensIn(document: CST.Token): Generator<readonly [CST.Token, number]> {
  const waiting: [CST.Token, number][] = [[document, 0]]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next
    const [token, depth] = next
    if (token.type === 'document' && token.value) waiting.push([token.value, 1])
    if (!('items' in token)) continue
    for (const { key, value } of token.items) {
      if (key) waiting.push([key, depth + 1])
      if (value) waiting.push([value, depth + 1])
    }
  }
}

/** Colons between a plain key and a comma or bracket, as in `[a:]`: a key to YAML, but to kubectl the text `a:`. */
function gluedColons(tokens: readonly CST.Token[], text: string, rangeOf: YamlSyntax['rangeOf']): YamlProblem[] {
  if (!/:[,[\]{}]/.test(text)) return []
  return tokens.flatMap(document =>
    [...tokensIn(document)].flatMap(([token]) =>
      token.type !== 'flow-collection'
        ? []
        : token.items.flatMap(({ key, sep }) => {
            const colon = key?.type === 'scalar' ? endOf(key) : text.length
            const glued = sep?.[0]?.type === 'map-value-ind' && /[,[\]{}]/.test(text.charAt(colon + 1))
            if (!glued) return []
            const detail = 'A colon right before a comma or bracket needs a blank behind it, or quotes around its text'
            return [{ code: 'yaml-syntax' as const, detail, range: rangeOf(colon, colon + 1) }]
          }),
    ),
  )
}

// What go-yaml's reader lets through; the line separators of YAML 1.1 are told apart below.
const forbidden = /[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\r(?!\n)|[\u2028\u2029]/gu

/** Characters that kubectl refuses, and those that it takes for a line break and we do not. */
function forbiddenCharacters(text: string, rangeOf: YamlSyntax['rangeOf']): YamlProblem[] {
  return Array.from(text.matchAll(forbidden), ({ 0: character, index }) => {
    const what = /[\r\u0085\u2028\u2029]/.test(character) ? 'line-separator' : 'control-character'
    return unsupported(what, rangeOf(index, index + character.length))
  })
}

function isForeignDirective(token: CST.Token): boolean {
  return token.type === 'directive' && !/^%(?:YAML[ \t]+1\.1|TAG[ \t].*)\s*$/.test(token.source)
}

function endOf(token: CST.Token): number {
  return token.offset + ('source' in token ? token.source.length : 1)
}

function syntaxErrors(documents: Document[], rangeOf: YamlSyntax['rangeOf']): YamlProblem[] {
  return documents
    .flatMap(document => document.errors)
    .map(({ message, pos: [from, to] }) => {
      // What the library quotes may be a secret, and the range says where it stands anyway.
      const detail = message.replace(/: ".*$/s, '')
      return { code: 'yaml-syntax', detail, range: rangeOf(from, to) }
    })
}

function isFilledDocument({ contents, errors }: Document): boolean {
  const [from = 0, to = 0] = contents?.range ?? []
  return to > from || errors.length > 0
}

function secondDocument({ contents, range }: Document, text: string, rangeOf: YamlSyntax['rangeOf']): YamlProblem {
  const content = (contents?.range ?? range)?.[0] ?? 0
  const marker = text.lastIndexOf('\n---', content) + 1
  return { code: 'yaml-second-document', range: marker > 0 ? rangeOf(marker, marker + 3) : rangeOf(content, content) }
}
