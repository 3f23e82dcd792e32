import type { Column, Row } from '../../../contract/browse.ts'
import { type CellColumn, makeColumn } from './column.ts'
import { type LabelColumn, makeLabels } from './labels.ts'
import type { ListedRow } from './table.ts'
import { makeTimes, type TimeColumn } from './times.ts'

/** The rows of a list, by column. Rows have no fixed place: removing one moves the last into its place. */
export type Rows = {
  count(): number
  /** The columns of all sources, in the order in which they were met. */
  columns(): readonly Column[]
  /** The cells of a column by its name; also `Context`, `Namespace`, `Name`, `Changed By`. Null when there is none. */
  column(name: string): CellColumn | null
  readonly created: TimeColumn
  readonly changed: TimeColumn
  readonly labels: LabelColumn
  /** All columns whose text a filter looks at, but for labels. */
  searched(): readonly CellColumn[]
  /** A row with the values of these label keys. */
  row(index: number, labelKeys: readonly string[]): Row
  keyOf(index: number): string
  /** Where the row with a key stands now, undefined when it is not there. */
  find(key: string): number | undefined
  /** Rises when rows come or go (not when they change). */
  membership(): number
  /** Tells which columns a source's cells are of. Columns of other sources keep their place. */
  define(source: number, columns: readonly Column[]): void
  put(source: number, context: string, listed: ListedRow): void
  /** Puts a row that is not there yet, for the time being: a `sweep` removes it, unless it was put since. */
  fill(source: number, context: string, listed: ListedRow): void
  remove(context: string, listed: ListedRow): void
  /** Begins a new list of a source; `sweep` then removes what was not put since. */
  mark(source: number): void
  sweep(source: number): void
  countOf(source: number): number
}

/** An empty list. */
export function makeRows(): Rows {
  const fixed = { Context: makeColumn(), Namespace: makeColumn(), Name: makeColumn(), 'Changed By': makeColumn() }
  const changedIn = makeColumn()
  const labels = makeLabels()
  const created = makeTimes()
  const changed = makeTimes()
  const columns: { readonly definition: Column; readonly cells: CellColumn }[] = []
  // Those that some source still has; a definition that changed leaves others behind.
  let shown: readonly { readonly definition: Column; readonly cells: CellColumn }[] = []
  const placesOf = new Map<number, readonly number[]>()
  const counts = new Map<number, number>()
  const marks = new Map<number, number>()
  const index = new Map<string, number>()
  const keys: string[] = []
  const uids: string[] = []
  const deleting: boolean[] = []
  const sources: number[] = []
  const markOf: number[] = []
  let membership = 0

  const all = () => [...Object.values(fixed), changedIn, labels.sets, ...columns.map(column => column.cells)]

  const addColumn = (definition: Column): number => {
    // The server's own column of names holds what is kept of each row anyway.
    if (definition.format === 'name') return columns.push({ definition, cells: fixed.Name }) - 1
    const cells = makeColumn()
    // Rows that are there already have nothing in it.
    for (let row = 0; row < keys.length; row++) cells.set(row, null)
    return columns.push({ definition, cells }) - 1
  }
  const removeAt = (row: number) => {
    const last = keys.length - 1
    const source = sources[row] ?? 0
    index.delete(keys[row] ?? '')
    if (row !== last) {
      for (const column of all()) column.set(row, column.get(last))
      for (const times of [created, changed]) times.copy(last, row)
      for (const list of [keys, uids, deleting, sources, markOf] as unknown[][]) list[row] = list[last]
      index.set(keys[row] ?? '', row)
    }
    for (const list of [keys, uids, deleting, sources, markOf]) list.pop()
    counts.set(source, (counts.get(source) ?? 1) - 1)
    membership += 1
  }
  const newRow = (key: string, source: number): number => {
    const row = keys.push(key) - 1
    index.set(key, row)
    for (const { cells } of columns) cells.set(row, null)
    counts.set(source, (counts.get(source) ?? 0) + 1)
    membership += 1
    return row
  }

  const put = (source: number, context: string, listed: ListedRow) => {
    const key = keyOf(context, listed)
    const row = index.get(key) ?? newRow(key, source)
    uids[row] = listed.uid
    deleting[row] = listed.deleting
    sources[row] = source
    markOf[row] = marks.get(source) ?? 0
    fixed.Context.set(row, context)
    fixed.Namespace.set(row, listed.namespace)
    fixed.Name.set(row, listed.name)
    fixed['Changed By'].set(row, listed.changedBy)
    changedIn.set(row, listed.changedIn)
    labels.sets.set(row, listed.labels)
    created.set(row, listed.created)
    changed.set(row, listed.changed)
    placesOf.get(source)?.forEach((place, at) => {
      columns[place]?.cells.set(row, listed.cells[at] ?? null)
    })
  }

  return {
    count: () => keys.length,
    columns: () => shown.map(column => column.definition),
    column(name) {
      const own = columns.find(column => column.definition.name === name)
      if (name === 'Context' || name === 'Namespace' || name === 'Name' || name === 'Changed By') return fixed[name]
      return own?.cells ?? null
    },
    created,
    changed,
    labels,
    searched: () => [fixed.Name, fixed.Namespace, fixed.Context, ...shown.map(column => column.cells)],
    row(at, labelKeys) {
      const values = labels.labels(labels.sets.ids()[at] ?? 0)
      const text = (cells: CellColumn) => {
        const value = cells.get(at)
        return value === null ? null : String(value)
      }
      return {
        key: keys[at] ?? '',
        context: text(fixed.Context) ?? '',
        namespace: text(fixed.Namespace),
        name: text(fixed.Name) ?? '',
        uid: uids[at] ?? '',
        created: timeOf(created.get(at)),
        changed: timeOf(changed.get(at)),
        changedBy: text(fixed['Changed By']),
        changedIn: text(changedIn),
        deleting: deleting[at] ?? false,
        cells: shown.map(column => column.cells.get(at)),
        labels: labelKeys.map(key => values[key] ?? null),
      }
    },
    keyOf: at => keys[at] ?? '',
    find: key => index.get(key),
    membership: () => membership,
    define(source, definitions) {
      const places = definitions.map(definition => {
        const known = columns.findIndex(column => column.definition.name === definition.name)
        return known >= 0 ? known : addColumn(definition)
      })
      placesOf.set(source, places)
      const used = new Set([...placesOf.values()].flat())
      shown = columns.filter((_, place) => used.has(place))
    },
    put,
    fill(source, context, listed) {
      const key = keyOf(context, listed)
      if (index.has(key)) return
      put(source, context, listed)
      markOf[index.get(key) ?? 0] = (marks.get(source) ?? 0) - 1
    },
    remove(context, listed) {
      const row = index.get(keyOf(context, listed))
      // What has been made anew under an old name is another object.
      if (row !== undefined && (uids[row] === listed.uid || uids[row] === '')) removeAt(row)
      for (const column of all()) column.compact(keys.length)
    },
    mark(source) {
      marks.set(source, (marks.get(source) ?? 0) + 1)
    },
    sweep(source) {
      const current = marks.get(source) ?? 0
      for (let row = keys.length - 1; row >= 0; row--)
        if (sources[row] === source && (markOf[row] ?? 0) < current) removeAt(row)
      for (const column of all()) column.compact(keys.length)
    },
    countOf: source => counts.get(source) ?? 0,
  }
}

function timeOf(milliseconds: number): string | null {
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString()
}

// Neither namespaces nor names have a slash or a space in them.
function keyOf(context: string, { namespace, name }: ListedRow): string {
  return `${context} ${namespace ?? ''}/${name}`
}
