import type { CompletionContext } from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import { type EditorView, hoverTooltip, ViewPlugin } from '@codemirror/view'
import type { AidPlace } from '../edit/aids.ts'
import { followSchema } from '../schema/edit-schema.ts'
import { fieldWords } from '../schema/schema-help.ts'
import { jsonCompletion, jsonHover } from './json-completion.ts'

/** Completion and documentation of JSON from the cluster's schema, by the syntax tree. */
export function jsonSchemaHelp(place: AidPlace): Extension {
  const follower = ViewPlugin.define(() => {
    const schema = followSchema(place.client, place.opened.edit, () => undefined)
    return { current: schema.current, destroy: schema.stop }
  })
  const rootIn = (view: EditorView | undefined) => {
    const known = view?.plugin(follower)?.current()
    return known?.kind === 'known' ? known.root : null
  }
  const source = (context: CompletionContext) => {
    const root = rootIn(context.view)
    return root === null ? null : jsonCompletion(context, root, fieldWords(place.messages))
  }
  // The same value each time: another source would be asked anew.
  const data = [{ autocomplete: source }]
  return [
    follower,
    EditorState.languageData.of(() => data),
    hoverTooltip((view, position) => {
      const root = rootIn(view)
      return root === null ? null : jsonHover(view.state, position, root, fieldWords(place.messages))
    }),
  ]
}
