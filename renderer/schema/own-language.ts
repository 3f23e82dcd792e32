import type { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { type EditorView, hoverTooltip } from '@codemirror/view'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { openFields } from '../../core/fields/open-fields.ts'
import { parseJson } from '../../core/json.ts'
import { doTextTask } from '../edit/text-worker.ts'
import type { Language } from './language.ts'
import { ownCompletion } from './own-completion.ts'
import { ownHover } from './own-hover.ts'
import type { ServerSchema } from './schema-server.ts'

const hoverTime = 400

/**
 * Schema help without a server, for texts that are too large for one: what a place is, is found by its columns, and the
 * whole text is checked by the page's worker.
 */
export function startOwnLanguage(view: EditorView): Language {
  let schema: ServerSchema | null = null
  let root: FieldSchema | null = null
  const data = [
    {
      autocomplete: (context: CompletionContext) => ownCompletion(context, root, schema?.words ?? null),
    },
  ]
  return {
    extension: [
      EditorState.languageData.of(() => data),
      hoverTooltip((at, position) => ownHover(at.state, position, root, schema?.words ?? null), { hoverTime }),
    ],
    setSchema(next) {
      schema = next
      const document = next === null ? null : parseJson(next.document)
      root = next !== null && document?.ok ? openFields(document.value, next.name) : null
    },
    async check() {
      if (schema === null) return []
      const { document, name } = schema
      return doTextTask({ kind: 'check', text: view.state.doc.toString(), schema: { document, name } })
    },
    retry: () => undefined,
    end: () => undefined,
  }
}
