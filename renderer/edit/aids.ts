import { Compartment, type EditorState, type Extension, StateEffect } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { i18n } from 'i18next'
import type { Settings } from '../../contract/app.ts'
import type { ObjectTarget } from '../../contract/object.ts'
import type { EditShared } from './edit-shared.ts'

/** What an aid knows of the edit whose text it helps with. */
export type AidPlace = Pick<EditShared, 'opened' | 'client' | 'state' | 'enter' | 'text' | 'ended'> & {
  /** Told of every change of `state`; the returned function ends that. */
  readonly subscribe: (listener: () => void) => () => void
  /** The words of the page, in its language of the moment. */
  readonly messages: i18n
  /** The settings as they are now. */
  readonly settings: () => Settings
  /** Runs one of the page's commands by its id. False where there is none now. */
  readonly run: (command: string) => boolean
  /** Shows the page of an object; the edit keeps its tab. */
  readonly showObject: (target: ObjectTarget) => void
}

/** One of the editor's aids: what it adds to the editor of an edit while the person's settings want it. */
export type Aid<Place = AidPlace> = {
  readonly wanted: (settings: Settings) => boolean
  /** Made when the aid is switched on; what it starts ends with the view (`ViewPlugin`'s `destroy`). */
  readonly extension: (place: Place) => Extension
}

/** Told to the aids of an editor whenever the settings are others: `place.settings()` has them. */
export const settingsFollowed = StateEffect.define<null>()

/** Aids at work in one editor. */
export type AidsAtWork = {
  readonly extension: Extension
  /** Switches on and off what the settings now say; an aid that stays on keeps its state. */
  readonly follow: (view: EditorView) => void
}

/** Puts aids into an editor, each as far as it is wanted. */
export function startAids<Place extends Pick<AidPlace, 'settings'>>(
  aids: readonly Aid<Place>[],
  place: Place,
): AidsAtWork {
  const started = aids.map(aid => ({ aid, slot: new Compartment() }))
  const isOn = (state: EditorState, slot: Compartment) => !isEmpty(slot.get(state))
  const now = (aid: Aid<Place>) => (aid.wanted(place.settings()) ? aid.extension(place) : [])
  return {
    extension: started.map(({ aid, slot }) => slot.of(now(aid))),
    follow(view) {
      const switched = started.filter(({ aid, slot }) => aid.wanted(place.settings()) !== isOn(view.state, slot))
      const effects = switched.map(({ aid, slot }) => slot.reconfigure(now(aid)))
      view.dispatch({ effects: [...effects, settingsFollowed.of(null)] })
    },
  }
}

function isEmpty(extension: Extension | undefined): boolean {
  return Array.isArray(extension) && extension.length === 0
}
