import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import {
  Annotation,
  Compartment,
  EditorState,
  type Extension,
  Transaction,
  type TransactionSpec,
} from '@codemirror/state'
import { drawSelection, EditorView, keymap } from '@codemirror/view'
import type { TextChange } from '../../core/session.ts'
import type { LineChange } from '../../core/text-diff.ts'
import type { AidPlace, AidsAtWork } from '../edit/aids.ts'
import { setLineChanges } from '../edit/change-gutter.ts'
import { type EditorWords, editorLook, pageNonce, wordsOf } from '../edit/editor.ts'

/** How the JSON is shown. */
export type JsonShowHow = {
  readonly words: EditorWords
  /** The id of what says why the text cannot be reviewed. */
  readonly describedBy: string
  readonly readOnly: boolean
} & Pick<AidPlace, 'messages' | 'settings' | 'run' | 'showObject'>

/** The JSON text of an edit: it is kept with its undo history while it is off screen. */
export type JsonEditor = {
  readonly text: () => string
  readonly head: () => number
  /** Puts the editor into the page; the returned function takes it out. */
  readonly show: (parent: HTMLElement, how: JsonShowHow) => () => void
  readonly setHow: (how: JsonShowHow) => void
  /** Lets what helps with it follow the settings. */
  readonly followSettings: () => void
  /** Changes the text outside the undo history; the cursor stays where it is in the text. */
  readonly move: (changes: readonly TextChange[]) => void
  readonly setLines: (lines: readonly LineChange[]) => void
  readonly setProblems: (problems: readonly Diagnostic[]) => void
  /** Puts the cursor there, and into sight. */
  readonly goTo: (offset: number) => void
  readonly focus: () => void
  readonly view: () => EditorView | null
}

const followsYaml = Annotation.define<boolean>()

/** Makes one around a text. `onTyped` is told of every change that `move` did not make; `aidsFor` what helps with it on screen. */
export function createJsonEditor(
  text: string,
  onTyped: () => void,
  aidsFor: (how: JsonShowHow) => AidsAtWork,
): JsonEditor {
  const how = new Compartment()
  let view: EditorView | null = null
  let aids: AidsAtWork | null = null
  let state = EditorState.create({
    doc: text,
    extensions: [
      pageNonce() === '' ? [] : EditorView.cspNonce.of(pageNonce()),
      editing(),
      editorLook(),
      how.of([]),
      EditorView.updateListener.of(update => {
        const moved = update.transactions.some(one => one.annotation(followsYaml) === true)
        if (update.docChanged && !moved) onTyped()
      }),
    ],
  })
  const now = () => view?.state ?? state
  const dispatch = (spec: TransactionSpec) => {
    if (view === null) state = state.update(spec).state
    else view.dispatch(spec)
  }
  return {
    text: () => now().doc.toString(),
    head: () => now().selection.main.head,
    show(parent, wanted) {
      aids = aidsFor(wanted)
      view = new EditorView({ parent, state })
      view.dispatch({ effects: how.reconfigure([aids.extension, asShown(wanted)]) })
      return () => {
        view?.dispatch({ effects: how.reconfigure([]) })
        aids = null
        state = now()
        view?.destroy()
        view = null
      }
    },
    setHow: wanted => dispatch({ effects: how.reconfigure([aids?.extension ?? [], asShown(wanted)]) }),
    followSettings: () => {
      if (view !== null) aids?.follow(view)
    },
    move: changes =>
      dispatch({
        changes: [...changes],
        annotations: [Transaction.addToHistory.of(false), followsYaml.of(true)],
      }),
    setLines: lines => dispatch({ effects: setLineChanges.of(lines) }),
    setProblems: problems => dispatch(setDiagnostics(now(), problems)),
    goTo(offset) {
      const anchor = Math.min(offset, now().doc.length)
      dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view?.focus()
    },
    focus: () => view?.focus(),
    view: () => view,
  }
}

function asShown({ words, describedBy, readOnly }: JsonShowHow): Extension {
  return [
    wordsOf(words, describedBy),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ 'aria-readonly': String(readOnly) }),
  ]
}

/** Mod-Enter is Review's key, not a new line's. */
const textKeymap = defaultKeymap.filter(binding => binding.key !== 'Mod-Enter')

function editing(): Extension {
  return [
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    json(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...historyKeymap, ...foldKeymap, ...textKeymap, indentWithTab]),
  ]
}
