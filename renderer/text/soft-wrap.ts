import { type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

// Deeper lines hang no further: what is left of the line must hold some words.
const deepest = 40

/** By how many columns the rest of a long line is indented: as its text begins, and one step more. */
export function hangOf(line: string): number {
  const start = /^ *(- +)*/.exec(line)?.[0].length ?? 0
  return Math.min(start + 2, deepest)
}

// Classes, not style attributes: the page's policy takes none.
const hanging = Array.from({ length: deepest + 1 }, (_, columns) => Decoration.line({ class: `cm-hang-${columns}` }))

const hangTheme = EditorView.theme(
  Object.fromEntries(
    hanging.map((_, columns) => [
      `.cm-line.cm-hang-${columns}`,
      { textIndent: `-${columns}ch`, paddingInlineStart: `calc(${columns}ch + var(--space-2))` },
    ]),
  ),
)

const hangingLines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = decorate(view)
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view)
    }
  },
  { decorations: plugin => plugin.decorations },
)

/** Long lines go on below, indented like their beginning. */
export function softWrap(): Extension {
  return [EditorView.lineWrapping, hangTheme, hangingLines]
}

function decorate({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at)
      const decoration = hanging[hangOf(line.text)]
      if (decoration !== undefined) builder.add(line.from, line.from, decoration)
      at = line.to + 1
    }
  }
  return builder.finish()
}
