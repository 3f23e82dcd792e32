import type { Text } from '@codemirror/state'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import type { IndexPath } from '../../core/path.ts'
import type { TextChange } from '../../core/session.ts'
import {
  childStart,
  entriesOf,
  entriesTo,
  entryEnd,
  type NodeStart,
  rootStart,
  type TextEntry,
} from '../edit/place/entries.ts'
import { anyItem, anyKey, insideOf, meaningfulDefault, valueWords } from './field-words.ts'

/** How a field is put into a text: one change, and where the person types on, in the new text. */
export type FieldInsertion = { readonly change: TextChange; readonly cursor: number }

/** The entries of a text on the way to a place of the schema; any item and any key mean the first one there is. */
export function entriesToField(text: Text, path: IndexPath): readonly TextEntry[] {
  return entriesTo(text, inText(text, path))
}

/** The path with the first item or key of the text in place of any. */
function inText(text: Text, path: IndexPath): IndexPath {
  let known: IndexPath = []
  for (const step of path) {
    if (step !== anyItem && step !== anyKey) {
      known = [...known, step]
      continue
    }
    const holder = known.length === 0 ? null : entriesTo(text, known)
    const start = holder === null ? rootStart(text) : holder.length < known.length ? null : startIn(text, holder.at(-1))
    const [first] = start === null ? [] : entriesOf(text, start).take(1)
    known = [...known, first?.step ?? (step === anyItem ? 0 : step)]
  }
  return known
}

function startIn(text: Text, entry: TextEntry | undefined): NodeStart | null {
  return entry === undefined ? rootStart(text) : childStart(text, entry)
}

/**
 * Puts a field into a text, with what is missing above it and what the schema requires below it, among its siblings where
 * their order puts it. Null where it stands there already, or where what should hold it is written in brackets or as a scalar.
 */
export function insertField(text: Text, root: FieldSchema, path: IndexPath): FieldInsertion | null {
  const place = inText(text, path)
  const there = entriesTo(text, place)
  if (there.length === place.length) return null
  const holder = there.at(-1)
  const missing = place.slice(there.length)
  const draft = draftOf(root, place.slice(0, there.length), missing)
  if (holder?.value && !isEmptyValue(text, holder)) return null
  const start = holder?.value ? null : startIn(text, holder)
  const isList = typeof missing[0] === 'number'
  const column =
    start?.column ?? (holder === undefined ? 0 : holder.column + (isList && typeof holder.step === 'string' ? 0 : 2))
  const lines = draft.map(line => (line === '' ? '' : ' '.repeat(column) + line))
  if (start === null) return belowKey(text, holder, lines)
  const before = siblingBefore(text, start, missing[0] ?? '')
  if (before === null) return firstOf(text, start, lines, column)
  return insertion(text.line(before).to, `\n${lines.join('\n')}`)
}

/** An empty value, such as `{}`, makes way. */
function isEmptyValue(text: Text, { line, value }: TextEntry): boolean {
  const { from } = text.line(line)
  const written = value === null ? '' : text.sliceString(from + value.from, from + value.to)
  return ['{}', '[]', 'null', '~'].includes(written.replaceAll(/\s/g, ''))
}

function belowKey(text: Text, holder: TextEntry | undefined, lines: readonly string[]): FieldInsertion {
  if (holder === undefined) return insertion(0, `${lines.join('\n')}\n`)
  const line = text.line(holder.line)
  const { value } = holder
  const from = value === null ? line.to : line.from + value.from
  const blanks = value === null ? 0 : (/ *$/.exec(line.text.slice(0, value.from))?.[0].length ?? 0)
  return insertion(from - blanks, `\n${lines.join('\n')}`, value === null ? line.to : line.from + value.to)
}

/** Before the first entry: behind its dash, where it shares the line with one. */
function firstOf(text: Text, start: NodeStart, lines: readonly string[], column: number): FieldInsertion {
  const from = text.line(start.line).from + start.column
  const indent = ' '.repeat(column)
  return insertion(from, `${lines.join('\n').slice(column)}\n${indent}`)
}

/** The last line of the entry behind which one of this name belongs; null where it comes first. */
function siblingBefore(text: Text, start: NodeStart, step: string | number): number | null {
  const siblings = [...entriesOf(text, start)]
  const names = siblings.map(({ step: own }) => String(own))
  const sorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name)
  const last =
    typeof step === 'string' && sorted ? siblings.findLast(({ step: own }) => String(own) < step) : siblings.at(-1)
  return last === undefined ? null : lastWritten(text, last)
}

/** The last line of an entry, without blank lines behind it. */
function lastWritten(text: Text, entry: TextEntry): number {
  let line = entryEnd(text, entry)
  while (line > entry.line && text.line(line).text.trim() === '') line -= 1
  return line
}

// Where the person types on, and what begins a line that cannot stand beside its key; no YAML has them.
const [hole, below] = ['\u0000', '\u0001']

function insertion(from: number, draft: string, to = from): FieldInsertion {
  const plain = draft.replaceAll(below, '')
  const at = plain.indexOf(hole)
  const insert = plain.replaceAll(hole, '')
  return { change: { from, to, insert }, cursor: from + (at < 0 ? insert.length : at) }
}

/** The lines of the missing steps, from the margin. */
function draftOf(root: FieldSchema, holder: IndexPath, missing: IndexPath): readonly string[] {
  const [step, ...rest] = missing
  if (step === undefined) return []
  const own = [...holder, step]
  const field = fieldAt(root, own)
  if (rest.length > 0) return under(step, draftOf(root, own, rest))
  return under(step, field === null ? [hole] : contentOf(field, mostLevels))
}

/** A step with what it holds: one line that is a value stands beside it, others below it. */
function under(step: string | number, content: readonly string[]): readonly string[] {
  const [first = '', ...others] = content
  if (typeof step === 'number') return [`- ${first}`, ...others.map(line => `  ${line}`)]
  const key = /^[\w./-]+$/.test(step) ? step : JSON.stringify(step)
  if (isValue(content)) return [`${key}: ${first}`]
  const indent = first.startsWith('- ') ? '' : '  '
  return [`${key}:`, ...content.map(line => indent + line)]
}

function isValue(content: readonly string[]): boolean {
  const [only = '', ...others] = content
  return others.length === 0 && !only.startsWith('- ') && !only.startsWith(below) && !/^[^"\s]+:(\s|$)/.test(only)
}

const mostLevels = 4

/** What a field begins with: its default, what it requires, or a place to type. */
function contentOf(field: FieldSchema, levels: number): readonly string[] {
  const usual = meaningfulDefault(field)
  if (usual !== undefined && typeof usual !== 'object') return [`${quoted(valueWords(usual), typeof usual)}${hole}`]
  if (levels === 0) return [hole]
  const { step, field: shape } = insideOf(field)
  if (step === anyItem) return under(0, contentOf(shape, levels - 1))
  if (step === anyKey) return [`${below}${hole}: `]
  if (!shape.struct) return [hole]
  const lines = shape.required.flatMap(name => under(name, contentOf(shape.field(name) ?? shape, levels - 1)))
  // An object that requires nothing waits for its first key.
  return lines.length > 0 ? lines : [`${below}${hole}`]
}

function quoted(written: string, type: string): string {
  const isPlain = type !== 'string' || /^[A-Za-z][\w./-]*$/.test(written)
  return isPlain && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(type === 'string' ? written : '')
    ? written
    : JSON.stringify(written)
}
