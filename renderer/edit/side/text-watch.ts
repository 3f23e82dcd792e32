import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { startTransition, useEffect, useState } from 'react'
import type { Aid } from '../aids.ts'
import type { EditWork } from '../edit-work.ts'
import { pathAt, type TextPlace } from '../path-at.ts'

const watchers = ViewPlugin.fromClass(
  class {
    readonly told = new Set<() => void>()

    update({ transactions }: ViewUpdate): void {
      if (transactions.length > 0) for (const tell of this.told) tell()
    }
  },
)

/** Lets what stands beside the editor follow its text, cursor and marks. */
export const textWatch: Aid = { wanted: () => true, extension: () => watchers }

/** What stands beside the text is drawn anew so many milliseconds after the last key, so that no key waits for it. */
const pause = 250

/** The editor's state of the last pause, null while it is not followed; drawn anew after each. */
export function useText(work: EditWork, followed: boolean): EditorView['state'] | null {
  const [state, setState] = useState<EditorView['state'] | null>(null)
  useEffect(() => {
    if (!followed) return
    let told: Set<() => void> | undefined
    let timer = 0
    const look = () => {
      const view = work.editor()?.view
      // In pieces, between which a key comes first.
      if (view !== undefined) startTransition(() => setState(view.state))
    }
    const tell = () => {
      clearTimeout(timer)
      timer = window.setTimeout(look, pause)
    }
    // What is drawn before the editor has no editor yet.
    timer = window.setTimeout(() => {
      told = work.editor()?.view.plugin(watchers)?.told.add(tell)
      look()
    })
    return () => {
      clearTimeout(timer)
      told?.delete(tell)
    }
  }, [work, followed])
  return followed ? state : null
}

/** Where the cursor stands. */
export function placeOfCursor(state: EditorView['state']): TextPlace {
  return pathAt(state.doc, state.selection.main.head)
}
