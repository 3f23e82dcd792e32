import { StateEffect } from '@codemirror/state'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type Aid, type AidPlace, settingsFollowed } from '../edit/aids.ts'
import { putFindings } from '../edit/findings.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { foreignMarks, marksId } from './foreign-marks.ts'
import type { Owned } from './owned-task.ts'

/** Tells the editor who owns its lines. */
export const setOwned = StateEffect.define<Owned>()

/**
 * Finds out who owns what of the text, once it has been read after a pause: as far as that is on screen, and where the text
 * changes what others keep. All of it is done beside the keys.
 */
export const owners: Aid = {
  wanted: () => true,
  extension: place => ViewPlugin.define(view => followOwners(view, place)),
}

function followOwners(view: EditorView, place: AidPlace) {
  let ended = false
  let looked: readonly unknown[] = []
  let marked = false
  const unsubscribe = place.subscribe(consider)

  function consider(): void {
    const state = place.state()
    if (ended || state.owners === null || !state.fresh || state.inspection === null) return
    const { ownersGutter, editSide, dangersOff } = place.settings()
    const shown = ownersGutter || editSide === 'owners'
    const marks = state.inspection.changed !== false && !dangersOff.includes(marksId)
    if (!marks && marked) mark(null)
    if (!shown && !marks) return
    // Keepers and words are no matter of the text, but what is marked depends on them.
    const now = [view.state.doc, state.base, state.owners, marks, shown]
    if (now.every((part, index) => part === looked[index])) return
    looked = now
    void look(now, { marks, shown })
  }

  async function look(
    asked: readonly unknown[],
    { marks, shown }: { readonly marks: boolean; readonly shown: boolean },
  ): Promise<void> {
    const { base, owners: told } = place.state()
    if (told === null) return
    const { schema, secret } = place.opened
    const { managedFields } = told
    const task = { kind: 'owned', base, managedFields, schema, secret, everyLine: shown } as const
    const owned = await doTextTask({ ...task, text: place.text().toString() })
    if (ended || looked !== asked || owned === null || asked[0] !== view.state.doc) return
    place.enter({ owned })
    view.dispatch({ effects: setOwned.of(owned) })
    if (marks) mark(owned)
  }

  function mark(owned: Owned | null): void {
    const found = owned === null ? [] : foreignMarks(owned, place)
    if (!marked && found.length === 0) return
    marked = found.length > 0
    putFindings(view, 'owners', found)
  }

  return {
    update({ transactions }: ViewUpdate): void {
      const asks = transactions.some(({ effects }) => effects.some(effect => effect.is(settingsFollowed)))
      if (asks) queueMicrotask(consider)
    },
    destroy(): void {
      ended = true
      unsubscribe()
    },
  }
}
