import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
} from '@codemirror/autocomplete'
import type { Text } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import { typeName } from '../../core/fields/type-name.ts'
import type { Json } from '../../core/json.ts'
import type { IndexPath } from '../../core/path.ts'
import { isPlainWord, printQuoted } from '../../core/yaml-string.ts'
import { pathAt } from '../edit/path-at.ts'
import { childStart, entriesOf, entriesTo, rootStart } from '../edit/place/entries.ts'
import { completed, nothingForWord } from './completing.ts'
import { fieldDocument } from './own-document.ts'
import type { ServerWords } from './schema-server.ts'

/** Completes a key or a value from the kind's schema, by the place of the cursor alone. */
export function ownCompletion(
  context: CompletionContext,
  root: FieldSchema | null,
  words: ServerWords | null,
): CompletionResult | null {
  if (root === null || words === null) return null
  const { state, pos, explicit } = context
  const { path, on, from, to } = pathAt(state.doc, pos)
  const begun = state.sliceDoc(from, pos)
  if (!explicit && begun === '' && !state.field(completed)) return null
  if (on === 'value') {
    const values = from < state.doc.lineAt(pos).from ? [] : valuesOf(fieldAt(root, path))
    return result(from, begun, values) ?? (values.length === 0 ? nothingForWord(context) : null)
  }
  const map = on === 'key' ? path.slice(0, -1) : path
  // The dash of an item is no key.
  if (on === 'key' && typeof path.at(-1) !== 'string') return null
  const field = fieldAt(root, map)
  if (field === null) return null
  if (!field.struct) return on === 'entry' ? result(from, begun, valuesOf(field)) : null
  const present = presentIn(state.doc, map)
  const isRenamed = on === 'key'
  const options = field
    .names()
    .filter(name => !present.has(name) || (isRenamed && name === path.at(-1)))
    .map(name => keyCompletion(name, field, isRenamed, words))
  return options.length === 0 ? null : { from, to: isRenamed ? to : pos, options, validFor: /^[\w.-]*$/ }
}

function result(from: number, begun: string, options: readonly Completion[]): CompletionResult | null {
  const isValue = (text: string) => options.some(({ label }) => label === text)
  if (options.length === 0 || isValue(begun)) return null
  return { from, options, validFor: text => /^[\w.-]*$/.test(text) && !isValue(text) }
}

function keyCompletion(name: string, parent: FieldSchema, isRenamed: boolean, words: ServerWords): Completion {
  const field = parent.field(name)
  const required = parent.required.includes(name)
  const about: Completion = {
    label: name,
    type: 'property',
    detail: field === null ? '' : typeName(field),
    boost: required ? 1 : 0,
    ...(field === null ? {} : { info: () => fieldDocument({ name, field, required }, words) }),
  }
  const apply = isRenamed ? name : putKey(`${name}:`, field)
  return { ...about, apply }
}

/** Puts a key with what must follow it: a blank, or the next line for what it holds, in kubectl's way of indenting. */
function putKey(key: string, field: FieldSchema | null) {
  const [type, ...others] = field?.types ?? []
  const opening = type === 'array' ? '- ' : type === 'object' && others.length === 0 ? '  ' : null
  return (view: EditorView, completion: Completion, from: number, to: number) => {
    const column = from - view.state.doc.lineAt(from).from
    const insert = opening === null ? `${key} ` : `${key}\n${' '.repeat(column)}${opening}`
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.complete',
      annotations: pickedCompletion.of(completion),
      scrollIntoView: true,
    })
  }
}

function valuesOf(field: FieldSchema | null): readonly Completion[] {
  return (field === null ? [] : scalarsOf(field)).map(({ value, isUsual, isWord }) => {
    const label = String(value)
    const apply = typeof value !== 'string' || isPlainWord(value) ? label : printQuoted(value)
    return { label, apply, type: isWord ? 'keyword' : 'enum', boost: isUsual ? 1 : 0 }
  })
}

/** A value that a field is known to take: whether it is the default, and whether it is `true` or `false`. */
export type KnownScalar = {
  readonly value: string | number | bigint | boolean
  readonly isUsual: boolean
  readonly isWord: boolean
}

/** The single values that the schema names for a field, its default first. */
export function scalarsOf(field: FieldSchema): readonly KnownScalar[] {
  const isWord = field.types.length === 1 && field.types[0] === 'boolean'
  const values: readonly Json[] = field.enum ?? (isWord ? [true, false] : [])
  const telling = isScalar(field.default) && field.default !== '' ? [field.default] : []
  return [...new Set([...telling, ...values])]
    .filter(isScalar)
    .map(value => ({ value, isUsual: telling.includes(value), isWord }))
}

function isScalar(value: Json | undefined): value is string | number | bigint | boolean {
  return value !== undefined && value !== null && typeof value !== 'object'
}

/** More fields than any kind has in one place. */
const mostPresent = 500

function presentIn(text: Text, map: IndexPath): ReadonlySet<string | number> {
  const entries = entriesTo(text, map)
  const last = entries.at(-1)
  if (entries.length < map.length) return new Set()
  const start = last === undefined ? rootStart(text) : childStart(text, last)
  if (start === null) return new Set()
  return new Set(
    entriesOf(text, start)
      .take(mostPresent)
      .map(({ step }) => step),
  )
}
