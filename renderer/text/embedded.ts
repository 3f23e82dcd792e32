import './embedded.css'
import { type Language, syntaxTree } from '@codemirror/language'
import { type EditorState, type Extension, Prec, type Range, StateEffect } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight'
import { readScalar } from '../edit/place/line.ts'
import { type EmbeddedLanguage, parserOf, recognise } from './embedded-languages.ts'
import { indentOf } from './yaml-lines.ts'

/** Milliseconds after a change of the text before what is on screen is coloured anew. */
const pause = 150
/** Characters above what is on screen that are read too, so that a text or a comment begun there is known. */
const lead = 4_000
/** Longer lines are data, not scripts. */
const longestLine = 2_000

type Parser = Language['parser']
type SyntaxNode = ReturnType<typeof syntaxTree>['topNode']

const setEmbedded = StateEffect.define<DecorationSet>()

/** Colours scripts and configurations in block scalars, as far as they are on screen, a moment after the text has changed. */
export function embeddedLanguages(): Extension {
  // The inner one of two marks colours: within that of YAML.
  return Prec.highest(ViewPlugin.fromClass(Colouring, { decorations: plugin => plugin.decorations }))
}

class Colouring {
  decorations: DecorationSet = Decoration.none
  readonly #view: EditorView
  readonly #parsers = new Map<EmbeddedLanguage, Parser>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended = false

  constructor(view: EditorView) {
    this.#view = view
    this.#soon(0)
  }

  update({ docChanged, viewportChanged, changes, state, startState, transactions }: ViewUpdate): void {
    for (const { effects } of transactions) {
      for (const effect of effects) if (effect.is(setEmbedded)) this.decorations = effect.value
    }
    if (docChanged) this.decorations = this.decorations.map(changes)
    if (docChanged) this.#soon(pause)
    else if (viewportChanged || syntaxTree(state) !== syntaxTree(startState)) this.#soon(0)
  }

  destroy(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  #soon(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#colour(), delay)
  }

  #colour(): void {
    const { state, visibleRanges } = this.#view
    const blocks = visibleRanges.flatMap(({ from, to }) => blocksIn(state, from, to))
    const marks = blocks.flatMap(block => {
      const parser = this.#parsers.get(block.language)
      if (parser === undefined) void this.#load(block.language)
      return parser === undefined ? [] : marksOf(state, block, parser)
    })
    if (marks.length === 0 && this.decorations.size === 0) return
    this.#view.dispatch({ effects: setEmbedded.of(Decoration.set(marks, true)) })
  }

  async #load(language: EmbeddedLanguage): Promise<void> {
    const parser = await parserOf(language)
    if (this.#ended || this.#parsers.has(language)) return
    this.#parsers.set(language, parser)
    this.#soon(0)
  }
}

/** A part of a block scalar that is to be coloured: whole lines, each indented by `indent` blanks. */
type Block = {
  readonly language: EmbeddedLanguage
  readonly from: number
  readonly to: number
  readonly visibleFrom: number
  readonly indent: number
}

function blocksIn(state: EditorState, from: number, to: number): Block[] {
  const blocks: Block[] = []
  syntaxTree(state).iterate({
    from,
    to,
    enter: ({ name, node }) => {
      if (name !== 'BlockLiteral') return
      const block = blockOf(state, node, from, to)
      if (block !== null) blocks.push(block)
    },
  })
  return blocks
}

function blockOf({ doc }: EditorState, node: SyntaxNode, from: number, to: number): Block | null {
  const header = doc.lineAt(node.from)
  if (header.number === doc.lines || header.to >= node.to) return null
  const start = doc.line(header.number + 1)
  const keyNode = node.parent?.name === 'Pair' ? node.parent.firstChild : null
  const key = keyNode === null ? '' : readScalar(doc.sliceString(keyNode.from, keyNode.to))
  const indent = indentOf(start.text)
  const language = recognise(
    key,
    doc
      .sliceString(start.from, Math.min(node.to, start.from + 600))
      .replaceAll(`\n${' '.repeat(indent)}`, '\n')
      .slice(indent),
  )
  if (language === null) return null
  const visibleFrom = Math.max(start.from, from)
  const first = doc.lineAt(Math.max(start.from, visibleFrom - lead))
  return { language, indent, visibleFrom, from: first.from, to: Math.min(node.to, to) }
}

function marksOf({ doc }: EditorState, { from, to, indent, visibleFrom }: Block, parser: Parser): Range<Decoration>[] {
  // The parser reads the text without its indentation; `starts` tells where each line stands.
  const lines: string[] = []
  const starts: { readonly read: number; readonly there: number }[] = []
  let read = 0
  for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
    const blanks = Math.min(indent, indentOf(line.text))
    const text = line.length > longestLine ? '' : line.text.slice(blanks)
    starts.push({ read, there: line.from + blanks })
    lines.push(text)
    read += text.length + 1
    if (line.to >= to || line.number === doc.lines) break
  }
  const marks: Range<Decoration>[] = []
  let at = 0
  highlightTree(parser.parse(lines.join('\n')), colours, (begin, end, classes) => {
    while ((starts[at + 1]?.read ?? Number.POSITIVE_INFINITY) <= begin) at += 1
    for (let line = at; line < starts.length; line += 1) {
      const start = starts[line]
      const length = lines[line]?.length ?? 0
      if (start === undefined || start.read >= end) break
      const [markFrom, markTo] = [Math.max(begin, start.read), Math.min(end, start.read + length)]
      const offset = start.there - start.read
      if (markFrom < markTo && markTo + offset > visibleFrom) {
        marks.push(Decoration.mark({ class: classes }).range(markFrom + offset, markTo + offset))
      }
    }
  })
  return marks
}

const colours = tagHighlighter([
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: 'code-comment' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 'code-string' },
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.operatorKeyword, tags.tagName, tags.heading],
    class: 'code-keyword',
  },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit], class: 'code-number' },
  {
    tag: [tags.propertyName, tags.attributeName, tags.definition(tags.variableName), tags.labelName],
    class: 'code-key',
  },
  { tag: [tags.special(tags.variableName), tags.standard(tags.variableName), tags.typeName], class: 'code-builtin' },
  { tag: [tags.punctuation, tags.bracket, tags.operator, tags.separator, tags.meta], class: 'code-mark' },
])
