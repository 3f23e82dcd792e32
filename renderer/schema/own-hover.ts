import type { EditorState } from '@codemirror/state'
import type { Tooltip } from '@codemirror/view'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import type { IndexPath } from '../../core/path.ts'
import { pathAt } from '../edit/path-at.ts'
import { fieldDocument } from './own-document.ts'
import type { ServerWords } from './schema-server.ts'

/** The documentation of the field at a position; null where the schema says nothing of it. */
export function ownHover(
  { doc }: EditorState,
  position: number,
  root: FieldSchema | null,
  words: ServerWords | null,
): Tooltip | null {
  if (root === null || words === null) return null
  const { path, on, from, to } = pathAt(doc, position)
  return on === 'entry' || position < from || position > to ? null : fieldTooltip(root, path, { from, to }, words)
}

/** The documentation of the field of a path, beside where it stands in a text; null of an item, and where the schema says nothing of it. */
export function fieldTooltip(
  root: FieldSchema,
  path: IndexPath,
  { from, to }: { readonly from: number; readonly to: number },
  words: ServerWords,
): Tooltip | null {
  const name = path.at(-1)
  const parent = fieldAt(root, path.slice(0, -1))
  const field = fieldAt(root, path)
  if (typeof name !== 'string' || parent === null || field === null) return null
  return {
    pos: from,
    end: to,
    above: true,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'cm-lsp-hover-tooltip'
      dom.append(fieldDocument({ name, field, required: parent.required.includes(name) }, words))
      return { dom }
    },
  }
}
