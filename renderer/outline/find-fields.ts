import { Text } from '@codemirror/state'
import fuzzysort from 'fuzzysort'
import { childStart, entriesOf, type NodeStart, rootStart } from '../edit/place/entries.ts'
import { rememberLast } from '../edit/text-objects.ts'
import { itemName, scalarOf } from './item-name.ts'

/** Asks for the fields of a text that a query may mean, in words of their paths, in any order. */
export type FieldsTask = { readonly kind: 'fields'; readonly text: string; readonly query: string }

/** A field of a text: its path with items by their names, its scalar if it has one, and its offset. */
export type FoundField = {
  readonly label: string
  readonly value: string
  readonly from: number
  /** Which letters of the label were meant (UTF-16 offsets). */
  readonly places: readonly number[]
}

const most = 200
const longestValue = 80

/** The fields that a query means, best first; those of the text's beginning where nothing is asked for. */
export function findFields({ text, query }: FieldsTask): readonly FoundField[] {
  const fields = fieldsOf(text)
  const typed = query.trim()
  if (typed === '') return fields.slice(0, most).map(field => ({ ...field, places: [] }))
  const found = fuzzysort.go(typed, fields, { key: 'label', limit: most, threshold: 0.3 })
  // Equally good ones in the order of the text.
  const best = found.toSorted((a, b) => b.score - a.score || a.obj.from - b.obj.from)
  return best.map(({ obj, indexes }) => ({ ...obj, places: [...indexes] }))
}

const fieldsOf = rememberLast((text: string): readonly Omit<FoundField, 'places'>[] => {
  const lines = Text.of(text.split(/\r\n?|\n/))
  const fields: Omit<FoundField, 'places'>[] = []
  const add = (start: NodeStart, above: string) => {
    for (const entry of entriesOf(lines, start)) {
      const label = above + stepLabel(above, entry.step, typeof entry.step === 'number' ? itemName(lines, entry) : null)
      const value = entry.value?.kind === 'scalar' ? scalarOf(lines, entry).slice(0, longestValue) : ''
      fields.push({ label, value, from: entry.from })
      const below = childStart(lines, entry)
      if (below !== null) add(below, label)
    }
  }
  const start = rootStart(lines)
  if (start !== null) add(start, '')
  return fields
})

function stepLabel(above: string, step: string | number, name: string | null): string {
  if (typeof step === 'number') return `[${name?.slice(0, longestValue) ?? step}]`
  if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`
  return above === '' ? step : `.${step}`
}
