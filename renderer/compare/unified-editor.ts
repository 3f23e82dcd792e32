import { getChunks, goToNextChunk, goToPreviousChunk, rejectChunk, unifiedMergeView } from '@codemirror/merge'
import { EditorView } from '@codemirror/view'
import {
  fromElsewhere,
  lineDiff,
  locked,
  type MergeEditor,
  type MergeEditorOptions,
  reading,
  typing,
} from './merge-parts.ts'

/** Both texts in one column: what the left side alone says stands struck above what stands in its place. */
export function createUnifiedEditor(options: MergeEditorOptions): MergeEditor {
  const { parent, words, typesInto, onCount } = options
  const count = () => onCount(getChunks(view.state)?.chunks.length ?? 0)
  const view = new EditorView({
    parent,
    doc: options.right,
    extensions: [
      reading({ ...words.right, label: words.both }),
      typesInto === null ? locked : typing(typesInto),
      unifiedMergeView({
        original: options.left,
        gutter: true,
        diffConfig: { override: lineDiff },
        mergeControls:
          typesInto === null
            ? false
            : (type, action) => (type === 'reject' ? takeButton(words.take, action) : document.createElement('span')),
        ...(options.all ? {} : { collapseUnchanged: { margin: 3, minSize: 8 } }),
      }),
      EditorView.updateListener.of(count),
    ],
  })
  count()
  return {
    walk: step => {
      const move = step === 1 ? goToNextChunk : goToPreviousChunk
      move(view)
      view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: 'center' }) })
      view.focus()
    },
    take: () => typesInto !== null && rejectChunk(view),
    follow: changes => {
      if (changes.length !== view.state.doc.length) return
      view.dispatch({ changes, annotations: fromElsewhere.of(true) })
    },
    end: () => view.destroy(),
  }
}

function takeButton(label: string, take: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'compare-take-line'
  button.textContent = label
  // The cursor stays where it is until the text has changed.
  button.onmousedown = event => event.preventDefault()
  button.onclick = take
  return button
}
