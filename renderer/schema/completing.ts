import { acceptCompletion, autocompletion } from '@codemirror/autocomplete'
import { type Extension, Prec } from '@codemirror/state'
import { keymap } from '@codemirror/view'

/** The popup of completions, whoever has some: Ctrl-Space, arrows, Enter or Tab, Escape. */
export const completing: Extension = [
  // A field leads on to its values, or to its own fields.
  autocompletion({ activateOnCompletion: ({ type }) => type === 'property' }),
  Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
]
