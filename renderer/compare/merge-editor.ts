import { defaultKeymap, indentWithTab, redo, undo } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { foldKeymap } from '@codemirror/language'
import { Change, getChunks, goToNextChunk, goToPreviousChunk, MergeView, presentableDiff } from '@codemirror/merge'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, type ChangeSet, EditorState, type Extension, Transaction } from '@codemirror/state'
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { changedRanges } from '../../core/text-diff.ts'
import { type EditorWords, pageNonce, wordsOf } from '../edit/editor.ts'
import { editorTheme } from '../edit/editor-theme.ts'

/** Two texts side by side. */
export type MergeEditor = {
  /** To the next stretch that differs, or the previous one. */
  readonly walk: (step: 1 | -1) => void
  /** Takes over what the left side says where the cursor is; false where nothing differs there. */
  readonly take: () => boolean
  /** Carries a change of the person's text over that was made elsewhere. */
  readonly follow: (changes: ChangeSet) => void
  readonly end: () => void
}

export type MergeEditorOptions = {
  readonly parent: HTMLElement
  readonly left: string
  readonly right: string
  readonly words: { readonly left: EditorWords; readonly right: EditorWords; readonly take: string }
  /** The editor whose text the right side is: what is typed or taken over here is done there. Null where nothing can be typed. */
  readonly typesInto: EditorView | null
  /** Whether stretches without a difference are shown, too. */
  readonly all: boolean
  /** Told how many stretches differ. */
  readonly onCount: (count: number) => void
}

const fromElsewhere = Annotation.define<boolean>()

/** Up to so many characters a side, the words that differ within changed lines are found. */
const mostForWords = 3_000

/** The lines that differ by our own diff, and within few lines the words: the library's diff is slow and coarse on large texts. */
export function lineDiff(a: string, b: string): Change[] {
  return changedRanges(a, b).flatMap(({ fromA, toA, fromB, toB }): Change[] => {
    const isSmall = toA - fromA <= mostForWords && toB - fromB <= mostForWords
    if (!isSmall || fromA === toA || fromB === toB) return [new Change(fromA, toA, fromB, toB)]
    return presentableDiff(a.slice(fromA, toA), b.slice(fromB, toB), { scanLimit: 500 }).map(
      inner => new Change(fromA + inner.fromA, fromA + inner.toA, fromB + inner.fromB, fromB + inner.toB),
    )
  })
}

/** Makes one. What the right side says is kept by the editor that it types into. */
export function createMergeEditor(options: MergeEditorOptions): MergeEditor {
  const { parent, words, typesInto, onCount } = options
  const view = new MergeView({
    parent,
    a: { doc: options.left, extensions: [reading(words.left), locked] },
    b: {
      doc: options.right,
      extensions: [
        reading(words.right),
        typesInto === null ? locked : typing(typesInto),
        EditorView.updateListener.of(update => {
          onCount(getChunks(update.state)?.chunks.length ?? 0)
        }),
      ],
    },
    gutter: true,
    diffConfig: { override: lineDiff },
    ...(options.all ? {} : { collapseUnchanged: { margin: 3, minSize: 8 } }),
    ...(typesInto === null
      ? {}
      : { revertControls: 'a-to-b' as const, renderRevertControl: () => takeButton(words.take, takeFrom) }),
  })
  onCount(view.chunks.length)

  function takeFrom(index: number): boolean {
    const chunk = view.chunks[index]
    if (chunk === undefined || typesInto === null) return false
    const { doc } = view.b.state
    const insert = view.a.state.sliceDoc(chunk.fromA, chunk.endA)
    const isWhole = chunk.fromA !== chunk.toA && chunk.toB <= doc.length
    const changes = { from: chunk.fromB, to: Math.min(doc.length, chunk.toB), insert: isWhole ? `${insert}\n` : insert }
    view.b.dispatch({ changes, userEvent: 'revert' })
    return true
  }

  return {
    walk: step => {
      const { b } = view
      const move = step === 1 ? goToNextChunk : goToPreviousChunk
      move(b)
      b.dispatch({ effects: EditorView.scrollIntoView(b.state.selection.main.head, { y: 'center' }) })
      b.focus()
    },
    take: () => {
      const { head } = view.b.state.selection.main
      return takeFrom(view.chunks.findIndex(({ fromB, endB }) => fromB <= head && head <= endB))
    },
    follow: changes => {
      if (changes.length !== view.b.state.doc.length) return
      view.b.dispatch({ changes, annotations: fromElsewhere.of(true) })
    },
    end: () => view.destroy(),
  }
}

const locked: Extension = [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })]

/** What is typed is a change of the person's text; its undo history is that text's own. */
function typing(into: EditorView): Extension {
  const sent = EditorView.updateListener.of(update => {
    const followed = update.transactions.some(one => one.annotation(fromElsewhere) === true)
    if (!update.docChanged || followed) return
    const [event] = update.transactions.flatMap(one => one.annotation(Transaction.userEvent) ?? [])
    into.dispatch({ changes: update.changes, ...(event === undefined ? {} : { userEvent: event }) })
  })
  return [
    sent,
    EditorState.readOnly.of(into.state.readOnly),
    keymap.of([
      { key: 'Mod-z', run: () => undo(into), preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: () => redo(into), preventDefault: true },
      { linux: 'Ctrl-Shift-z', run: () => redo(into), preventDefault: true },
      indentWithTab,
    ]),
  ]
}

function reading(words: EditorWords): Extension {
  const nonce = pageNonce()
  return [
    nonce === '' ? [] : EditorView.cspNonce.of(nonce),
    lineNumbers(),
    drawSelection(),
    highlightSelectionMatches(),
    highlightSpecialChars(),
    yaml(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')]),
    wordsOf(words, ''),
    editorTheme,
  ]
}

/** Pressed by pointer the library itself takes over; by key the button does. */
function takeButton(label: string, take: (index: number) => boolean): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'compare-take'
  button.title = label
  button.ariaLabel = label
  button.textContent = '→'
  button.addEventListener('click', event => {
    if (event.detail === 0) take(Number(button.dataset.chunk))
  })
  return button
}
