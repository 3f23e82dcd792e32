import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { type EditorView, type Panel, showPanel } from '@codemirror/view'

/** One quiet line below the text, with something to do about it at most. */
export type SchemaNote = {
  readonly words: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

const setNote = StateEffect.define<SchemaNote | null>()

const note = StateField.define<SchemaNote | null>({
  create: () => null,
  update: (before, { effects }) => effects.reduce((now, effect) => (effect.is(setNote) ? effect.value : now), before),
  provide: field => showPanel.from(field, said => said && (() => panelOf(said))),
})

/** The place of the line, empty at first. */
export const schemaNote: Extension = note

/** Says something in it, or nothing any more. */
export function sayOfSchema(view: EditorView, said: SchemaNote | null): void {
  if (view.state.field(note, false)?.words !== said?.words) view.dispatch({ effects: setNote.of(said) })
}

function panelOf({ words, action }: SchemaNote): Panel {
  const dom = document.createElement('div')
  dom.className = 'schema-note'
  dom.setAttribute('role', 'status')
  dom.append(words)
  if (action !== undefined) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'link'
    button.textContent = action.label
    button.addEventListener('click', action.run)
    dom.append(' ', button)
  }
  return { dom }
}
