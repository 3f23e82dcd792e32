import type { Column, Row, Scope } from '../../contract/browse.ts'

/** One column of the grid: the server's (`cell` is its index in a row's cells) or one that says where a row is from. */
export type GridColumn = {
  readonly id: string
  readonly kind: 'context' | 'namespace' | 'name' | 'age' | 'server'
  readonly cell: number
  readonly description: string
  readonly numeric: boolean
}

/** The columns to show: where several contexts or namespaces are listed those first, then the server's usual ones and the chosen extras. */
export function gridColumns(
  columns: readonly Column[],
  extras: readonly string[] | null,
  scope: Scope,
  namespaced: boolean,
): GridColumn[] {
  const where: GridColumn[] = []
  if (scope.contexts.length !== 1) where.push(place('Context', 'context'))
  if (namespaced && scope.namespaces.length !== 1) where.push(place('Namespace', 'namespace'))
  const server = columns
    .map((column, cell) => ({ column, cell }))
    .filter(({ column }) => column.priority === 0 || extras?.includes(column.name))
    .map(({ column, cell }): GridColumn => {
      const kind = column.name === 'Name' ? 'name' : column.name === 'Age' ? 'age' : 'server'
      const numeric = column.type === 'integer' || column.type === 'number'
      return { id: column.name, kind, cell, description: column.description, numeric }
    })
  return [...where, ...server]
}

function place(id: string, kind: 'context' | 'namespace'): GridColumn {
  return { id, kind, cell: -1, description: '', numeric: false }
}

/** What a row shows in a column; ages are left to the clock. */
export function cellText(column: GridColumn, row: Row): string {
  switch (column.kind) {
    case 'context':
      return row.context
    case 'namespace':
      return row.namespace ?? ''
    case 'name':
      return row.name
    default: {
      const cell = row.cells[column.cell]
      return cell === null || cell === undefined ? '' : String(cell)
    }
  }
}

/** Widths in characters, by column id. They only grow, so that columns do not tremble while rows change. */
export type Widths = Readonly<Record<string, number>>

const narrowest = 5
const widest: Readonly<Record<GridColumn['kind'], number>> = {
  context: 24,
  namespace: 26,
  name: 64,
  age: 8,
  server: 34,
}

/** The widths that the rows on screen want, never less than before. Equal widths give back the same value. */
export function growWidths(before: Widths, columns: readonly GridColumn[], rows: readonly Row[]): Widths {
  let after = before
  for (const column of columns) {
    // A header has room for its sort mark.
    let wanted = Math.max(narrowest, column.id.length + 2, before[column.id] ?? 0)
    if (column.kind === 'age') wanted = Math.max(wanted, widest.age)
    else for (const row of rows) wanted = Math.max(wanted, cellText(column, row).length)
    wanted = Math.min(wanted, Math.max(widest[column.kind], column.id.length + 2))
    if (wanted !== before[column.id]) after = { ...after, [column.id]: wanted }
  }
  return after
}

/** The grid's tracks, and the least width that holds them all. What is left over is shared; the name takes most of it. */
export function gridTracks(columns: readonly GridColumn[], widths: Widths): { tracks: string; least: string } {
  // A digit (`ch`) is wider than the letters of most names.
  const least = columns.map(column => `(${((widths[column.id] ?? narrowest) * 0.92).toFixed(1)}ch + 1.375rem)`)
  return {
    tracks: columns
      .map((column, place) => `minmax(calc${least[place]}, ${column.kind === 'name' ? 3 : 1}fr)`)
      .join(' '),
    least: `calc(${['1rem', ...least].join(' + ')})`,
  }
}
