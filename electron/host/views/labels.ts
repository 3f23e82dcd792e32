import { type CellColumn, makeColumn } from './column.ts'
import type { Cell } from './table.ts'

/** A row's labels as JSON with sorted keys, empty for none: equal labels are equal texts. */
export type LabelText = string

type Labels = Readonly<Record<string, string>>

/**
 * The labels of a list's rows: each distinct set once. Pods of one workload share a set, so columns of any key, selectors
 * and counts look at a few sets instead of all rows, and no key has to be chosen beforehand.
 */
export type LabelColumn = {
  readonly sets: CellColumn
  /** The values of a key as a column over the sets' numbers: equal values may have several numbers. */
  values(key: string): readonly Cell[]
  /** The labels of a set, by its number. */
  labels(set: number): Labels
  /** The keys of the first `rows` rows and how many of them have each, the most frequent first, at most `most`. */
  keys(rows: number, most: number): { readonly key: string; readonly count: number }[]
}

/** An empty column. */
export function makeLabels(): LabelColumn {
  const sets = makeColumn()
  let read: { readonly of: readonly Cell[]; readonly labels: Labels[] } = { of: [], labels: [] }
  const known = new Map<string, { readonly of: readonly Cell[]; readonly values: Cell[] }>()

  const all = (): readonly Labels[] => {
    if (read.of !== sets.values) read = { of: sets.values, labels: [] }
    for (let set = read.labels.length; set < sets.values.length; set++) read.labels.push(labelsOf(sets.values[set]))
    return read.labels
  }
  return {
    sets,
    labels: set => all()[set] ?? {},
    values(key) {
      const labels = all()
      let column = known.get(key)
      if (column?.of !== sets.values) {
        column = { of: sets.values, values: [] }
        known.set(key, column)
      }
      for (let set = column.values.length; set < labels.length; set++) column.values.push(labels[set]?.[key] ?? null)
      return column.values
    },
    keys(rows, most) {
      const uses = new Uint32Array(sets.values.length)
      const ids = sets.ids()
      for (let row = 0; row < rows; row++) uses[ids[row] ?? 0] = (uses[ids[row] ?? 0] ?? 0) + 1
      const counts = new Map<string, number>()
      all().forEach((labels, set) => {
        if (uses[set] === 0) return
        for (const key in labels) counts.set(key, (counts.get(key) ?? 0) + (uses[set] ?? 0))
      })
      return [...counts]
        .map(([key, count]) => ({ key, count }))
        .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
        .slice(0, most)
    },
  }
}

/** Labels as `LabelText`, of what an object's metadata has there. */
export function labelText(labels: unknown): LabelText {
  const entries = Object.entries(Object(labels)).filter(([, value]) => typeof value === 'string')
  // Servers write maps sorted by key; others need not.
  return entries.length === 0 ? '' : JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
}

function labelsOf(set: Cell | undefined): Labels {
  // Only `labelText` makes these texts. Without a prototype a key such as `constructor` has no value of its own.
  const labels: Labels = typeof set === 'string' && set !== '' ? JSON.parse(set) : {}
  return Object.assign(Object.create(null), labels)
}
