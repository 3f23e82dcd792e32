import fuzzysort from 'fuzzysort'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import type { IndexPath } from '../../core/path.ts'
import { anyItem, anyKey, insideOf } from './field-words.ts'

/** A field of a kind: where it stands, with any item and any key as steps. */
export type KindField = { readonly path: IndexPath; readonly label: string; readonly field: FieldSchema }

/** A field that a search found, and which letters of its label were meant (UTF-16 offsets). */
export type FoundKindField = KindField & { readonly places: readonly number[] }

// A kind has some thousands; a definition may hold itself, or be hostile.
const mostFields = 20_000
const mostFound = 100

/** All fields of a kind, level by level. A schema that holds itself is entered once on each way. */
export function fieldsOfKind(root: FieldSchema): readonly KindField[] {
  type Place = KindField & { readonly above: ReadonlySet<unknown> }
  const places: Place[] = [{ path: [], label: '', field: root, above: new Set() }]
  // What is added while it runs is walked too: level by level.
  for (const { path, label, field, above } of places) {
    const { step, field: shape } = insideOf(field)
    const own = shape.definition || shape
    if (above.has(own)) continue
    const inside = new Set(above).add(own)
    const from = step === null ? path : [...path, step]
    const prefix = step === null ? label : `${label}${stepLabel(step)}`
    if (step !== null && !shape.struct) places.push({ path: from, label: prefix, field: shape, above: inside })
    for (const name of shape.names()) {
      const next = places.length < mostFields ? shape.field(name) : null
      if (next === null) continue
      places.push({
        path: [...from, name],
        label: prefix === '' ? name : `${prefix}.${name}`,
        field: next,
        above: inside,
      })
    }
  }
  return places.slice(1).filter(({ path }) => typeof path.at(-1) === 'string' && path.at(-1) !== anyKey)
}

/** A path in a schema in words: `spec.containers[].image`. */
export function fieldLabel(path: IndexPath): string {
  return path
    .map(step => (isAny(step) ? stepLabel(step) : `.${step}`))
    .join('')
    .replace(/^\./, '')
}

function isAny(step: string | number): boolean {
  return typeof step === 'number' || step === anyKey
}

function stepLabel(step: string | number): string {
  return step === anyKey ? '{}' : step === anyItem ? '[]' : `[${step}]`
}

/** The fields that a query means: by the words of their paths first, then by those of their descriptions. */
export function searchFields(fields: readonly KindField[], query: string): readonly FoundKindField[] {
  const typed = query.trim()
  if (typed === '') return []
  const named = fuzzysort
    .go(typed, fields, { key: 'label', limit: mostFound, threshold: 0.4 })
    .toSorted((a, b) => b.score - a.score || a.obj.path.length - b.obj.path.length)
    .map(({ obj, indexes }) => ({ ...obj, places: [...indexes] }))
  const known = new Set(named.map(({ label }) => label))
  const words = typed.toLowerCase().split(/\s+/)
  const described = fields
    .filter(
      ({ label, field }) => !known.has(label) && words.every(word => field.description.toLowerCase().includes(word)),
    )
    .map(field => ({ ...field, places: [] }))
  return [...named, ...described].slice(0, mostFound)
}
