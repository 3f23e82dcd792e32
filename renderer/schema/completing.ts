import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
} from '@codemirror/autocomplete'
import { type Extension, Prec, StateField } from '@codemirror/state'
import { keymap } from '@codemirror/view'

/** Whether the text was last changed by a completion. */
export const completed = StateField.define<boolean>({
  create: () => false,
  update: (before, transaction) =>
    transaction.docChanged ? transaction.annotation(pickedCompletion) !== undefined : before,
})

/** The popup of completions, whoever has some: Ctrl-Space, arrows, Enter or Tab, Escape. */
export const completing: Extension = [
  completed,
  // A field leads on to its values, or to its own fields.
  autocompletion({ activateOnCompletion: ({ type }) => type === 'property', activateOnTypingDelay: 20 }),
  Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
]

/**
 * No completions of one source while the word at the cursor is typed on. A source that says null is asked again with each
 * letter, and until it has answered the list of the others takes no Enter, which would be a new line then.
 */
export function nothingForWord(context: CompletionContext): CompletionResult {
  const word = context.matchBefore(/[\w./-]*$/)
  return { from: word?.from ?? context.pos, options: [], validFor: /^[\w./-]*$/ }
}
