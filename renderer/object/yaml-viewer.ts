import { defaultKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { foldGutter, foldKeymap } from '@codemirror/language'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view'
import { lineChanges } from '../../core/text-diff.ts'
import { type EditorWords, pageNonce, wordsOf } from '../edit/editor.ts'
import { editorTheme } from '../edit/editor-theme.ts'
import { findReplace } from '../text/find-panel.ts'
import { foldAtOpening } from '../text/folds.ts'

/** A button at the end of a line (from 1), made when it is drawn; null where there is none any more. */
export type LineButton = { readonly line: number; readonly make: () => HTMLElement | null }

/** A CodeMirror view of a text that nobody types into. */
export type YamlViewer = {
  /** Shows a newer text; folds and place stay where the text did. */
  readonly show: (text: string) => void
  readonly setButtons: (buttons: readonly LineButton[]) => void
  readonly end: () => void
}

const setButtons = StateEffect.define<readonly LineButton[]>()

class ButtonWidget extends WidgetType {
  readonly button: LineButton

  constructor(button: LineButton) {
    super()
    this.button = button
  }

  override eq(other: ButtonWidget): boolean {
    return other.button === this.button
  }

  toDOM(): HTMLElement {
    // What the button shows beside itself belongs to the widget, or CodeMirror would take it for a stray change.
    const place = document.createElement('span')
    const button = this.button.make()
    if (button !== null) place.append(button)
    return place
  }

  override ignoreEvent(): boolean {
    return true
  }
}

const buttonsField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    const set = transaction.effects.find(effect => effect.is(setButtons))
    if (set === undefined) return before.map(transaction.changes)
    const { doc } = transaction.state
    const there = set.value.filter(({ line }) => line <= doc.lines)
    return RangeSet.of(
      there.map(button =>
        Decoration.widget({ widget: new ButtonWidget(button), side: 1 }).range(doc.line(button.line).to),
      ),
      true,
    )
  },
  provide: field => EditorView.decorations.from(field),
})

/** Makes a viewer. It takes the focus, but bare keys stay the page's: nothing is typed here. */
export function createYamlViewer({
  parent,
  text,
  words,
}: {
  readonly parent: HTMLElement
  readonly text: string
  readonly words: EditorWords
}): YamlViewer {
  const nonce = pageNonce()
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        nonce === '' ? [] : EditorView.cspNonce.of(nonce),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        reading(),
        wordsOf(words, ''),
        buttonsField,
      ],
    }),
  })
  foldAtOpening(view)
  view.focus()
  return {
    show(next) {
      const doc = view.state.doc
      const now = doc.toString()
      if (now === next) return
      view.dispatch({ changes: changesTo(now, next) })
    },
    setButtons: buttons => view.dispatch({ effects: setButtons.of(buttons) }),
    end: () => view.destroy(),
  }
}

function reading(): Extension {
  return [
    lineNumbers(),
    foldGutter({ openText: '⌄', closedText: '›' }),
    highlightSelectionMatches(),
    highlightSpecialChars(),
    yaml(),
    findReplace(),
    keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
    editorTheme,
  ]
}

/** The lines that differ, as changes of the first text. */
function changesTo(before: string, after: string) {
  const [starts, ends] = [lineStarts(before), lineStarts(after)]
  return lineChanges(before, after).map(({ beforeFrom, beforeTo, afterFrom, afterTo }) => ({
    from: starts[beforeFrom] ?? before.length,
    to: starts[beforeTo] ?? before.length,
    insert: after.slice(ends[afterFrom] ?? after.length, ends[afterTo] ?? after.length),
  }))
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
