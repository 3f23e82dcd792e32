import { StateEffect, StateField } from '@codemirror/state'

/** The modes of Vim's keys that are told to the person. */
export type InputMode = 'normal' | 'insert' | 'replace' | 'visual' | 'visualLine' | 'visualBlock'

/** Tells the editor which mode its keys are in; null for the standard keys. */
export const setInputMode = StateEffect.define<InputMode | null>()

/** The mode that the editor's keys are in; null for the standard keys. */
export const inputMode = StateField.define<InputMode | null>({
  create: () => null,
  update(mode, { effects }) {
    const set = effects.find(effect => effect.is(setInputMode))
    return set === undefined ? mode : set.value
  },
})
