import type { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import type { Aid } from '../edit/aids.ts'
import { missingNames } from './missing-names.ts'
import { completeName } from './name-completion.ts'

/** The names of other objects: offered where a field wants one, and said where one is not there. */
export const names: Aid = {
  wanted: settings => settings.schemaHelp,
  extension: place => {
    const at = { client: place.client, edit: place.opened.edit }
    // The same value each time: another source would be asked anew.
    const data = [{ autocomplete: (context: CompletionContext) => completeName(context, at) }]
    return [EditorState.languageData.of(() => data), missingNames(place)]
  },
}
