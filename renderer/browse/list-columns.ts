import type { Ask, Column, Scope } from '../../contract/browse.ts'
import type { Layout } from '../../contract/list-settings.ts'

/** One column of a list. `id` is what the list is sorted by; `cell` is a server column's index in a row's cells, `label` a label column's in a row's labels; -1 where it is none. */
export type GridColumn = {
  readonly id: string
  readonly kind: 'context' | 'namespace' | 'name' | 'age' | 'server' | 'label' | 'changed' | 'by'
  readonly cell: number
  readonly label: number
  readonly description: string
  readonly numeric: boolean
}

/** What the columns of a list follow from. `namespaced` is the kind's. */
export type ListShape = {
  readonly columns: readonly Column[]
  readonly layout: Layout
  readonly scope: Scope
  readonly namespaced: boolean
  readonly filter: string
  readonly sort: Ask['sort']
}

/** The layout of a list that nobody has changed. */
export const usualLayout: Layout = ['*']
/** Those of our own columns that are there when they are wanted. */
export const ownColumns = ['Changed', 'Changed By'] as const
/** What a label column's id begins with. */
export const labelPrefix = 'label:'
/** How many labels a list can have as columns. */
export const mostLabels = 20

/** The columns that a list shows; `labels` are the keys that its rows have. A column that the servers do not have is left out. */
export function listColumns(shape: ListShape, labels: readonly string[]): GridColumn[] {
  return shownIds(shape).flatMap(id => {
    const cell = shape.columns.findIndex(column => column.name === id)
    const label = id.startsWith(labelPrefix) ? labels.indexOf(id.slice(labelPrefix.length)) : -1
    const kind = kindOf(id)
    if (kind === 'server' && cell < 0) return []
    const { type = '', description = '' } = shape.columns[cell] ?? {}
    return [{ id, kind, cell, label, description, numeric: type === 'integer' || type === 'number' }]
  })
}

/** The keys of the label columns, as the host is asked for them. */
export function labelKeys(shape: Pick<ListShape, 'layout' | 'sort'>): string[] {
  const sorted = shape.sort === null ? [] : [shape.sort.column]
  const keys = [...shape.layout, ...sorted].filter(id => id.startsWith(labelPrefix))
  return [...new Set(keys)].map(id => id.slice(labelPrefix.length)).slice(0, mostLabels)
}

/** The ids of the columns on screen, in their order: those of the layout, and those that the list's own state calls for. */
export function shownIds(shape: ListShape): string[] {
  const { places, changes } = calledFor(shape)
  const hidden = ['Context', 'Namespace'].filter(id => !places.includes(id))
  const ids = expand(shape.layout, shape.columns).filter(id => !hidden.includes(id))
  const added = (called: readonly string[]) => called.filter(id => !ids.includes(id))
  const named = ids.indexOf('Name') + 1
  return [...added(places), ...ids.slice(0, named), ...added(changes), ...ids.slice(named)]
}

// Rows of several places tell theirs first; what a list is filtered or sorted by is seen beside the name.
function calledFor({ scope, namespaced, filter, sort }: ListShape): { places: string[]; changes: string[] } {
  const places: string[] = []
  if (scope.contexts.length !== 1) places.push('Context')
  if (namespaced && scope.namespaces.length !== 1) places.push('Namespace')
  const byChange = /(^|\s)(changed|by):\S/.test(filter) || ownColumns.some(id => id === sort?.column)
  const label = sort?.column.startsWith(labelPrefix) ? [sort.column] : []
  return { places, changes: [...(byChange ? ownColumns : []), ...label] }
}

/** A layout with its signs replaced by the server's columns that they stand for. */
export function expand(layout: Layout, columns: readonly Column[]): string[] {
  const named = (wide: boolean) => columns.filter(one => wide || one.priority === 0).map(one => one.name)
  const ids = layout.flatMap(id => (id === '*' || id === '**' ? named(id === '**') : id))
  return [...new Set(ids)]
}

/** The shortest layout that shows these columns; null for the usual ones. */
export function fold(ids: readonly string[], columns: readonly Column[]): Layout | null {
  const folded = foldSign(foldSign(ids, '**', columns), '*', columns)
  return folded.length === 1 && folded[0] === '*' ? null : folded
}

function foldSign(ids: readonly string[], sign: '*' | '**', columns: readonly Column[]): readonly string[] {
  const run = expand([sign], columns)
  const from = ids.indexOf(run[0] ?? '')
  const isRun = run.length > 0 && from >= 0 && run.every((id, place) => ids[from + place] === id)
  // A further column of the server's own outside the run would be doubled by the sign, or hidden by its removal.
  return isRun ? [...ids.slice(0, from), sign, ...ids.slice(from + run.length)] : ids
}

/** The layout with a column shown or hidden. A column of the server's comes back to the place that it usually has. */
export function withColumn(layout: Layout, columns: readonly Column[], id: string, shown: boolean): Layout | null {
  const ids = expand(layout, columns).filter(one => one !== id)
  if (!shown) return fold(ids, columns)
  const before = expand(['**'], columns).slice(
    0,
    columns.findIndex(column => column.name === id),
  )
  const after = ids.findLastIndex(one => before.includes(one))
  const own = !columns.some(column => column.name === id)
  return fold(own ? [...ids, id] : ids.toSpliced(after + 1, 0, id), columns)
}

/** The layout after a column on screen was moved before another one, or to the end (null). */
export function withMoved(shape: ListShape, id: string, before: string | null): Layout | null {
  const { layout, columns } = shape
  const kept = expand(layout, columns)
  const shown = shownIds(shape)
  const moved = shown.filter(one => one !== id)
  const at = before === null ? -1 : moved.indexOf(before)
  const ids = at < 0 ? [...moved, id] : moved.toSpliced(at, 0, id)
  // What the list calls for by itself stays a matter of the list, unless it was given a place.
  return fold(
    ids.filter(one => one === id || kept.includes(one)),
    columns,
  )
}

/** Whether all wide columns are shown; null where the servers have none. */
export function isWide(layout: Layout, columns: readonly Column[]): boolean | null {
  const wide = columns.filter(column => column.priority > 0)
  const ids = expand(layout, columns)
  return wide.length === 0 ? null : wide.every(column => ids.includes(column.name))
}

/** The layout with all of the server's columns, or the usual ones, and what else it has. */
export function withWide(layout: Layout, columns: readonly Column[], wide: boolean): Layout | null {
  const ids = expand(layout, columns)
  const isServers = (id: string) => columns.some(column => column.name === id)
  const from = Math.max(0, ids.findIndex(isServers))
  const others = ids.filter(id => !isServers(id))
  return fold(others.toSpliced(from, 0, ...expand([wide ? '**' : '*'], columns)), columns)
}

function kindOf(id: string): GridColumn['kind'] {
  if (id.startsWith(labelPrefix)) return 'label'
  switch (id) {
    case 'Context':
      return 'context'
    case 'Namespace':
      return 'namespace'
    case 'Name':
      return 'name'
    case 'Age':
      return 'age'
    case 'Changed':
      return 'changed'
    case 'Changed By':
      return 'by'
    default:
      return 'server'
  }
}
