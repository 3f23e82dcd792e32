import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { pickedCompletion } from '@codemirror/autocomplete'
import type { EditorState } from '@codemirror/state'
import type { EditorView, Tooltip } from '@codemirror/view'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import { typeName } from '../../core/fields/type-name.ts'
import { scalarsOf } from '../schema/own-completion.ts'
import { fieldDocument } from '../schema/own-document.ts'
import { fieldTooltip } from '../schema/own-hover.ts'
import type { ServerWords } from '../schema/schema-server.ts'
import { type JsonTextPlace, jsonTextPlace } from './json-place.ts'

/** Completes a key or a value of JSON from the kind's schema. */
export function jsonCompletion(
  { state, pos, explicit }: CompletionContext,
  root: FieldSchema,
  words: ServerWords,
): CompletionResult | null {
  const place = jsonTextPlace(state, pos)
  if (place === null || (!explicit && place.from === place.to)) return null
  const { from, to, on, path } = place
  const field = fieldAt(root, path)
  if (field === null) return null
  const options = on === 'key' ? keys(place, field, words) : values(field)
  return options.length === 0 ? null : { from, to, options, validFor: /^"?[\w.-]*"?$/ }
}

function keys(place: JsonTextPlace, map: FieldSchema, words: ServerWords): readonly Completion[] {
  const names = map.struct ? map.names() : []
  return names
    .filter(name => !place.beside.includes(name))
    .map((name): Completion => {
      const field = map.field(name)
      const required = map.required.includes(name)
      return {
        label: JSON.stringify(name),
        displayLabel: name,
        type: 'property',
        detail: field === null ? '' : typeName(field),
        boost: required ? 1 : 0,
        apply: place.hasValue || field === null ? JSON.stringify(name) : putKey(name, field),
        ...(field === null ? {} : { info: () => fieldDocument({ name, field, required }, words) }),
      }
    })
}

/** A key with the beginning of its value, and the cursor where that is typed. */
function putKey(name: string, { types, intOrString }: FieldSchema) {
  const [type] = types
  const [open, close] =
    type === 'array' ? '[]' : type === 'object' ? '{}' : type === 'string' && !intOrString ? '""' : ['', '']
  return (view: EditorView, completion: Completion, from: number, to: number) => {
    const before = `${JSON.stringify(name)}: ${open}`
    view.dispatch({
      changes: { from, to, insert: before + close },
      selection: { anchor: from + before.length },
      userEvent: 'input.complete',
      annotations: pickedCompletion.of(completion),
      scrollIntoView: true,
    })
  }
}

function values(field: FieldSchema): readonly Completion[] {
  return scalarsOf(field).map(({ value, isUsual, isWord }) => ({
    label: typeof value === 'string' ? JSON.stringify(value) : String(value),
    displayLabel: String(value),
    type: isWord ? 'keyword' : 'enum',
    boost: isUsual ? 1 : 0,
  }))
}

/** The documentation of the field at a position of JSON; null where the schema says nothing of it. */
export function jsonHover(state: EditorState, position: number, root: FieldSchema, words: ServerWords): Tooltip | null {
  const place = jsonTextPlace(state, position)
  if (place === null || place.from === place.to) return null
  const { on, from, to } = place
  const path = on === 'value' ? place.path : [...place.path, state.sliceDoc(from, to).replaceAll('"', '')]
  return fieldTooltip(root, path, { from, to }, words)
}
