import type { Problem, TextRange, YamlUnsupported } from './problem.ts'
import { YamlFault } from './yaml-cursor.ts'
import type { YamlNode } from './yaml-nodes.ts'
import { deepestNesting, type ParsedYaml, parseYaml } from './yaml-parse.ts'

/** What can be wrong with a YAML text, wherever it came from. */
export type YamlProblem = Extract<
  Problem,
  { code: 'yaml-syntax' | 'yaml-duplicate-key' | 'yaml-second-document' | 'yaml-unsupported' | 'too-deep' }
>

/** A text's first document as nodes, or what keeps it from being read. `root` is null for an empty document. */
export type YamlSyntax = {
  readonly root: YamlNode | null
  readonly problems: readonly YamlProblem[]
  readonly rangeOf: (from: number, to: number) => TextRange
}

/** Parses a text, every scalar left as the string that stands there. */
export function parseSyntax(text: string): YamlSyntax {
  const rangeOf = rangesIn(text)
  const foreign = foreignCharacters(text, rangeOf)
  const parsed = parseOrFault(text)
  if (parsed instanceof YamlFault) {
    // A fault beside such a character may be of its making.
    const problems = foreign.length > 0 ? foreign : [faultProblem(parsed, rangeOf)]
    return { root: null, problems, rangeOf }
  }
  const { root, rest } = parsed
  return { root, problems: rest === null ? foreign : [...foreign, restProblem(rest, rangeOf)], rangeOf }
}

function parseOrFault(text: string): ParsedYaml | YamlFault {
  try {
    return parseYaml(text)
  } catch (error) {
    if (error instanceof YamlFault) return error
    throw error
  }
}

function faultProblem({ message, what, from, to }: YamlFault, rangeOf: YamlSyntax['rangeOf']): YamlProblem {
  const range = rangeOf(from, to)
  if (what === 'too-deep') return { code: 'too-deep', limit: deepestNesting, range }
  if (what === 'directive') return unsupported('directive', range)
  return { code: 'yaml-syntax', detail: message, range }
}

function restProblem(
  { from, to, marked }: NonNullable<ParsedYaml['rest']>,
  rangeOf: YamlSyntax['rangeOf'],
): YamlProblem {
  const range = rangeOf(from, to)
  if (marked) return { code: 'yaml-second-document', range }
  // kubectl drops it without a word.
  return { code: 'yaml-syntax', detail: 'what stands here does not belong to the object before it', range }
}

/** A `yaml-unsupported` problem. */
export function unsupported(what: YamlUnsupported, range: TextRange): YamlProblem {
  return { code: 'yaml-unsupported', what, range }
}

/** Finds lines and columns, counted from 1. The lines are counted when the first place is asked for. */
/** Gives offsets of a text their line and column. */
export function rangesIn(text: string): YamlSyntax['rangeOf'] {
  let starts: readonly number[] | null = null
  return (from, to) => {
    starts ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
    let [low, high] = [0, starts.length]
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= from) low = middle
      else high = middle
    }
    return { from, to, line: low + 1, column: from - (starts[low] ?? 0) + 1 }
  }
}

// What go-yaml's reader lets through; the line separators of YAML 1.1 are told apart below. A second byte order mark
// confuses it.
const foreignCharacter =
  /[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\r(?!\n)|[\u2028\u2029]|(?<=^\ufeff)\ufeff/gu

/** Characters that kubectl refuses, and those that it takes for a line break and we do not. */
function foreignCharacters(text: string, rangeOf: YamlSyntax['rangeOf']): YamlProblem[] {
  return Array.from(text.matchAll(foreignCharacter), ({ 0: character, index }) => {
    const what = /[\r\u0085\u2028\u2029]/.test(character) ? 'line-separator' : 'control-character'
    return unsupported(what, rangeOf(index, index + character.length))
  })
}
