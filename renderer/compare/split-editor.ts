import { getChunks, goToNextChunk, goToPreviousChunk, MergeView } from '@codemirror/merge'
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

/** Both texts side by side. What the right side says is kept by the editor that it types into. */
export function createSplitEditor(options: MergeEditorOptions): MergeEditor {
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
