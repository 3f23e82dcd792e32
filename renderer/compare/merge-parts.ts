import { defaultKeymap, indentWithTab, redo, undo } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { foldKeymap } from '@codemirror/language'
import { Change, presentableDiff } from '@codemirror/merge'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, type ChangeSet, EditorState, type Extension, Transaction } from '@codemirror/state'
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { changedRanges } from '../../core/text-diff.ts'
import { type EditorWords, pageNonce, wordsOf } from '../edit/editor.ts'
import { editorTheme } from '../edit/editor-theme.ts'

/** Two texts that are compared. */
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
  readonly words: {
    readonly left: EditorWords
    readonly right: EditorWords
    /** The name of both in one column. */
    readonly both: string
    readonly take: string
  }
  /** The editor whose text the right side is: what is typed or taken over here is done there. Null where nothing can be typed. */
  readonly typesInto: EditorView | null
  /** Whether stretches without a difference are shown, too. */
  readonly all: boolean
  /** Told how many stretches differ. */
  readonly onCount: (count: number) => void
}

/** Marks a change of the person's text that was made elsewhere. */
export const fromElsewhere = Annotation.define<boolean>()

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

/** A text that nobody may type in. */
export const locked: Extension = [
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ 'aria-readonly': 'true' }),
]

/** What is typed is a change of the person's text; its undo history is that text's own. */
export function typing(into: EditorView): Extension {
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

/** What any of the compared texts is read with. */
export function reading(words: EditorWords): Extension {
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
