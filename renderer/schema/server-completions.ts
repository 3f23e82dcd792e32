import { CompletionContext, type CompletionResult, type CompletionSource, ifNotIn } from '@codemirror/autocomplete'
import { serverCompletionSource } from '@codemirror/lsp-client'
import { EditorState, type Extension } from '@codemirror/state'
import { completed, nothingForWord } from './completing.ts'

const askServer: CompletionSource = async context => {
  const { state, pos, explicit, view } = context
  const begun = context.matchBefore(/[\w.-]+$/)?.text ?? ''
  if (!explicit && begun === '' && !state.field(completed)) return null
  // The library would ask for letters alone.
  const asked = new CompletionContext(state, pos, true, view)
  const found = await serverCompletionSource(asked)
  return found === null ? nothingForWord(context) : unlessTyped(found, begun)
}

/** Nothing any more where a whole value was typed: Enter is a new line's then. */
function unlessTyped(found: CompletionResult, begun: string): CompletionResult | null {
  const isValue = (text: string) => found.options.some(({ label, type }) => label === text && type !== 'property')
  return isValue(begun) ? null : { ...found, validFor: text => /^[\w.-]*$/.test(text) && !isValue(text) }
}

// The same value each time: another source would be asked anew.
const data = [{ autocomplete: ifNotIn(['Comment', 'BlockLiteralContent'], askServer) }]

/** Completions of the schema's server. They come with a letter, with Ctrl-Space, and behind a field that was completed. */
export const serverCompletions: Extension = EditorState.languageData.of(() => data)
