import { history, isolateHistory } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import {
  bracketMatching,
  codeFolding,
  ensureSyntaxTree,
  foldGutter,
  indentOnInput,
  indentUnit,
} from '@codemirror/language'
import { type Diagnostic, lintGutter } from '@codemirror/lint'
import { highlightSelectionMatches } from '@codemirror/search'
import { Annotation, type ChangeSet, Compartment, EditorState, type Extension, Transaction } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
} from '@codemirror/view'
import type { SecretData } from '../../core/secret-data.ts'
import type { TextChange } from '../../core/session.ts'
import { afterPaint } from '../app/pause.ts'
import { foldAtOpening } from '../text/folds.ts'
import { textComfort } from '../text/text-keys.ts'
import type { AidsAtWork } from './aids.ts'
import { changeGutter } from './change-gutter.ts'
import { cursorInSight } from './cursor-in-sight.ts'
import { editorTheme } from './editor-theme.ts'
import { findings, putFindings } from './findings.ts'
import { type OthersAction, type OthersMark, othersMarks, setOthersMarks } from './others-marks.ts'
import { type ShownChange, secretDataOf, secretDataState, showingAs } from './secret-view.ts'

/** The editor's words in the page's language: CodeMirror's phrases, and the words of a fold. */
export type EditorWords = {
  readonly label: string
  readonly phrases: Readonly<Record<string, string>>
  readonly folded: (size: FoldSize) => string
}

/** How much is folded: whole lines, or the rest of one. */
export type FoldSize = { readonly lines: number; readonly characters: number }

export type EditorOptions = {
  readonly parent: HTMLElement
  readonly text: string
  readonly readOnly: boolean
  /** How the text shows the values of a Secret. */
  readonly secretData: SecretData
  readonly words: EditorWords
  /** The id of what says why the text cannot be reviewed, if anything. */
  readonly describedBy: string
  /** The nonce under which the page's policy takes style elements; '' where there is none. */
  readonly nonce: string
  /** Told of every change of the text; `moved` when it was moved onto another base rather than typed. */
  readonly onChange: (changes: ChangeSet, moved: boolean) => void
  /** Told instead where a change, or the undo of one, shows the values of a Secret the other way. */
  readonly onShown: (change: ShownChange) => void
  /** What the marks of others' changes offer where they meet mine. */
  readonly actOnOthers: () => OthersAction | null
  /** What helps with the text beside the editor's own; null where nothing does. */
  readonly aids: AidsAtWork | null
}

/** A CodeMirror editor for one object's YAML. */
export type Editor = {
  readonly view: EditorView
  readonly setReadOnly: (readOnly: boolean) => void
  readonly setWords: (words: EditorWords) => void
  /** Puts diagnostics on their lines. */
  readonly setProblems: (problems: readonly Diagnostic[]) => void
  /** Lets the aids follow the settings. */
  readonly followSettings: () => void
  /** Marks what others changed. */
  readonly setOthers: (marks: readonly OthersMark[]) => void
  /** Changes the text outside the undo history, as one step; the cursor stays where it is in the text. */
  readonly move: (changes: readonly TextChange[]) => void
  /** Changes the text as one step that one undo takes back; the cursor stays where it is in the text. */
  readonly change: (changes: readonly TextChange[]) => void
  /** The same, after which the text shows the values of a Secret so. */
  readonly showAs: (changes: readonly TextChange[], secretData: SecretData) => void
  readonly goTo: (offset: number) => void
  /** Brings a place into sight once what is drawn around the editor has settled; cursor and focus stay. */
  readonly reveal: (offset: number) => void
  readonly end: () => void
}

const movedOntoBase = Annotation.define<boolean>()

/** Makes an editor. A CodeMirror text has `\n` as its only line break, whatever the text came with. */
export function createEditor(options: EditorOptions): Editor {
  const access = new Compartment()
  const language = new Compartment()
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        options.nonce === '' ? [] : EditorView.cspNonce.of(options.nonce),
        options.aids?.extension ?? [],
        findings,
        editing(),
        cursorInSight(),
        editorLook(),
        othersMarks(options.actOnOthers),
        access.of(accessOf(options.readOnly)),
        language.of(wordsOf(options.words, options.describedBy)),
        secretDataState(options.secretData),
        EditorView.updateListener.of(update => {
          const secretData = secretDataOf(update.state)
          if (secretData !== secretDataOf(update.startState)) {
            return options.onShown({ changes: update.changes, secretData, before: update.startState.doc })
          }
          if (!update.docChanged) return
          const moved = update.transactions.some(transaction => transaction.annotation(movedOntoBase) === true)
          options.onChange(update.changes, moved)
        }),
      ],
    }),
  })
  foldAtOpening(view)
  // Keys are twice as slow while the tree is incomplete.
  const stopParsing = afterPaint(() => ensureSyntaxTree(view.state, view.state.doc.length, 200))

  let revealing = 0

  return {
    view,
    setReadOnly: readOnly => view.dispatch({ effects: access.reconfigure(accessOf(readOnly)) }),
    setWords: words => view.dispatch({ effects: language.reconfigure(wordsOf(words, options.describedBy)) }),
    setProblems: problems => putFindings(view, 'problems', problems),
    followSettings: () => options.aids?.follow(view),
    setOthers: marks => view.dispatch({ effects: setOthersMarks.of(marks) }),
    move: changes =>
      view.dispatch({
        changes: [...changes],
        annotations: [Transaction.addToHistory.of(false), movedOntoBase.of(true)],
      }),
    change: changes => view.dispatch({ changes: [...changes], annotations: isolateHistory.of('full') }),
    showAs: (changes, secretData) =>
      view.dispatch({
        changes: [...changes],
        effects: showingAs(secretData),
        annotations: isolateHistory.of('full'),
      }),
    goTo: offset => {
      const anchor = Math.min(offset, view.state.doc.length)
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },
    reveal: offset => {
      cancelAnimationFrame(revealing)
      // The frame after next: a message that has just come takes its room from the editor in the next one.
      revealing = requestAnimationFrame(() => {
        revealing = requestAnimationFrame(() => {
          const place = Math.min(offset, view.state.doc.length)
          view.dispatch({ effects: EditorView.scrollIntoView(place, { y: 'center' }) })
        })
      })
    },
    end: () => {
      stopParsing()
      cancelAnimationFrame(revealing)
      view.destroy()
    },
  }
}

function editing(): Extension {
  return [
    history(),
    drawSelection(),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    yaml(),
    textComfort(),
  ]
}

/** What an editor of an object shows beside its text: gutters, the line and the selection. */
export function editorLook(): Extension {
  return [
    lintGutter(),
    lineNumbers(),
    changeGutter(),
    foldGutter({ openText: '⌄', closedText: '›' }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    highlightSpecialChars(),
    editorTheme,
  ]
}

function accessOf(readOnly: boolean): Extension {
  return [EditorState.readOnly.of(readOnly), EditorView.contentAttributes.of({ 'aria-readonly': String(readOnly) })]
}

/** The words of an editor, as extensions. */
export function wordsOf(words: EditorWords, describedBy: string): Extension {
  return [
    EditorState.phrases.of(words.phrases),
    EditorView.contentAttributes.of({
      'aria-label': words.label,
      'aria-describedby': describedBy,
      // Editable content has the focus by nature, which not every checker of pages knows.
      tabindex: '0',
      spellcheck: 'false',
      autocapitalize: 'off',
      autocorrect: 'off',
    }),
    codeFolding({
      preparePlaceholder: (state, { from, to }) => ({
        lines: state.doc.lineAt(to).number - state.doc.lineAt(from).number,
        characters: to - from,
      }),
      placeholderDOM: (view, unfold, size: FoldSize) =>
        foldButton(view.state.phrase('unfold'), words.folded(size), unfold),
    }),
  ]
}

function foldButton(title: string, text: string, unfold: (event: Event) => void): HTMLElement {
  const button = document.createElement('span')
  button.className = 'cm-foldPlaceholder'
  button.title = title
  button.textContent = text
  button.onclick = unfold
  return button
}

/** The nonce that the page was served with, '' when it has none. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
