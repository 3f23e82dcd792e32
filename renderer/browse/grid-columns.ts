import type { Row } from '../../contract/browse.ts'
import type { ListLook } from '../../contract/list-settings.ts'
import type { GridColumn } from './list-columns.ts'

/** What a row shows in a column; ages and changes are left to the clock. */
export function cellText(column: GridColumn, row: Row): string {
  switch (column.kind) {
    case 'context':
      return row.context
    case 'namespace':
      return row.namespace ?? ''
    case 'name':
      return row.name
    case 'label':
      return row.labels[column.label] ?? ''
    case 'changed':
      return row.changed ?? ''
    case 'by':
      return row.changedIn === null ? (row.changedBy ?? '') : `${row.changedBy ?? ''} (${row.changedIn})`
    default: {
      const cell = row.cells[column.cell]
      return cell === null || cell === undefined ? '' : String(cell)
    }
  }
}

/** What a cell is copied as: the time behind an age, which goes stale as a text. */
export function copyText(column: GridColumn, row: Row): string {
  return column.kind === 'age' ? (row.created ?? cellText(column, row)) : cellText(column, row)
}

/** What stands above a column: the server's own name of it, as in kubectl, or what we call ours. */
export function columnName(column: GridColumn): string {
  return column.kind === 'label' ? column.id.slice('label:'.length) : column.id
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
  label: 28,
  changed: 8,
  by: 30,
}

/** The widths that the rows on screen want, never less than before. Equal widths give back the same value. */
export function growWidths(before: Widths, columns: readonly GridColumn[], rows: readonly Row[]): Widths {
  let after = before
  for (const column of columns) {
    // A header has room for its sort mark.
    const head = columnName(column).length + 2
    let wanted = Math.max(narrowest, head, before[column.id] ?? 0)
    if (column.kind === 'age' || column.kind === 'changed') wanted = Math.max(wanted, widest[column.kind])
    else for (const row of rows) wanted = Math.max(wanted, cellText(column, row).length)
    wanted = Math.min(wanted, Math.max(widest[column.kind], head))
    if (wanted !== before[column.id]) after = { ...after, [column.id]: wanted }
  }
  return after
}

/**
 * The grid's tracks, and the least width that holds them all. `chosen` are widths in pixels that the person gave; what is
 * left over is shared by the others, the name takes most of it.
 */
export function gridTracks(
  columns: readonly GridColumn[],
  widths: Widths,
  chosen: ListLook['widths'],
): { tracks: string; least: string } {
  const tracks: string[] = []
  const least: string[] = ['1rem']
  for (const { id, kind } of columns) {
    const pixels = chosen[id]
    // A digit (`ch`) is wider than the letters of most names.
    const own = `(${((widths[id] ?? narrowest) * 0.92).toFixed(1)}ch + 1.375rem)`
    tracks.push(pixels === undefined ? `minmax(calc${own}, ${kind === 'name' ? 3 : 1}fr)` : `${pixels}px`)
    least.push(pixels === undefined ? own : `${pixels}px`)
  }
  return { tracks: tracks.join(' '), least: `calc(${least.join(' + ')})` }
}
