import { searchPanelOpen } from '@codemirror/search'
import { type EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'

/** A stretch of the text that is searched. */
type Scope = { readonly from: number; readonly to: number }

/** Searches only these stretches from now on; null for the whole text. */
export const setSearchScope = StateEffect.define<readonly Scope[] | null>()

/** The stretches that are searched, moved along with the text; null for all of it. */
export const searchScope = StateField.define<readonly Scope[] | null>({
  create: () => null,
  update(scope, { changes, docChanged, effects, state }) {
    const set = effects.find(effect => effect.is(setSearchScope))
    if (set !== undefined) return set.value
    // It is the panel's: without it nobody sees, or could take back, that only a part is searched.
    if (scope === null || !searchPanelOpen(state)) return null
    if (!docChanged) return scope
    return scope.map(({ from, to }) => ({ from: changes.mapPos(from, -1), to: changes.mapPos(to, 1) }))
  },
  provide: field =>
    EditorView.decorations.from(field, scope =>
      Decoration.set((scope ?? []).filter(({ from, to }) => from < to).map(({ from, to }) => mark.range(from, to))),
    ),
})

const mark = Decoration.mark({ class: 'cm-searchScope' })

/** Whether a place is within what is searched. */
export function isInScope(state: EditorState, from: number, to: number): boolean {
  const scope = state.field(searchScope, false) ?? null
  return scope === null || scope.some(one => one.from <= from && to <= one.to)
}

/** Whatever of the selection is worth searching within; null where nothing is selected. */
export function selectedScope({ selection }: EditorState): readonly Scope[] | null {
  const scope = selection.ranges.filter(({ empty }) => !empty).map(({ from, to }) => ({ from, to }))
  return scope.length === 0 ? null : scope
}
