import { StateEffect, StateField } from '@codemirror/state'

/** The modes of Vim's keys that are told to the person. */
export type InputMode = 'normal' | 'insert' | 'replace' | 'visual' | 'visualLine' | 'visualBlock'

/** Tells the editor which mode its keys are in. */
export const setInputMode = StateEffect.define<InputMode>()

/** The mode that the editor's keys are in; editors with the standard keys lack it. */
export const inputMode = StateField.define<InputMode>({
  create: () => 'normal',
  update: (mode, { effects }) => effects.find(effect => effect.is(setInputMode))?.value ?? mode,
})
