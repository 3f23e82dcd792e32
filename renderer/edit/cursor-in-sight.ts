import type { Extension } from '@codemirror/state'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

class CursorInSight {
  #height: number

  constructor(view: EditorView) {
    this.#height = view.scrollDOM.clientHeight
  }

  update({ geometryChanged, view }: ViewUpdate): void {
    if (!geometryChanged) return
    view.requestMeasure({
      key: this,
      read: () => {
        const before = this.#height
        this.#height = view.scrollDOM.clientHeight
        if (this.#height >= before || !view.hasFocus) return 0
        const cursor = view.coordsAtPos(view.state.selection.main.head)
        if (cursor === null) return 0
        const below = cursor.bottom - view.scrollDOM.getBoundingClientRect().top
        // Who has scrolled away from the cursor is left where they look.
        return below > before ? 0 : Math.max(0, below - this.#height + (cursor.bottom - cursor.top))
      },
      write: hidden => {
        if (hidden > 0) view.scrollDOM.scrollTop += hidden
      },
    })
  }
}

/** Keeps the cursor in sight when what stands below the text takes room from it: problems come while somebody types. */
export function cursorInSight(): Extension {
  return ViewPlugin.fromClass(CursorInSight)
}
