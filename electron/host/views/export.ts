import type * as z from 'zod'
import type { Row, viewExportInput } from '../../../contract/browse.ts'
import { labelPrefix } from './order.ts'
import type { Cell } from './table.ts'
import type { View } from './view.ts'

/** An open list's rows as text, piece by piece, as the contract's `browse.export` has them. */
export function exportView(view: Pick<View, 'rows' | 'columnNames'>, input: z.infer<typeof viewExportInput>) {
  const labels = input.columns.filter(name => name.startsWith(labelPrefix)).map(name => name.slice(labelPrefix.length))
  const columns = exportColumns(input.columns, view.columnNames(), labels)
  const pieces = view.rows(input.keys, labels)
  return input.format === 'csv' ? csvOf(columns, pieces) : jsonOf(columns, pieces)
}

/** A column of an export: what it is called, and a row's value in it. */
export type ExportColumn = { readonly name: string; readonly valueOf: (row: Row) => Cell }

/**
 * The columns of an export by the names that lists sort by. `cells` are the names of the server's columns, `labels` the
 * keys that rows are read with. Ages go stale: times are written instead. A name that is no column is empty.
 */
export function exportColumns(
  names: readonly string[],
  cells: readonly string[],
  labels: readonly string[],
): ExportColumn[] {
  return names.map(name => {
    const own = ownColumns.get(name)
    if (own !== undefined) return own
    const label = labels.indexOf(name.slice(labelPrefix.length))
    if (name.startsWith(labelPrefix) && label >= 0) {
      const key = name.slice(labelPrefix.length)
      return { name: names.includes(key) ? name : key, valueOf: row => row.labels[label] ?? null }
    }
    const cell = cells.indexOf(name)
    return { name, valueOf: row => row.cells[cell] ?? null }
  })
}

const ownColumns: ReadonlyMap<string, ExportColumn> = new Map([
  ['Context', { name: 'Context', valueOf: row => row.context }],
  ['Namespace', { name: 'Namespace', valueOf: row => row.namespace }],
  ['Name', { name: 'Name', valueOf: row => row.name }],
  ['Age', { name: 'Created', valueOf: row => row.created }],
  ['Changed', { name: 'Changed', valueOf: row => row.changed }],
  ['Changed By', { name: 'Changed By', valueOf: row => row.changedBy }],
] satisfies [string, ExportColumn][])

/** Rows as CSV (RFC 4180), piece by piece, a header first. */
export async function* csvOf(
  columns: readonly ExportColumn[],
  pieces: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield csvLine(columns.map(column => column.name))
  for await (const rows of pieces) yield rows.map(row => csvLine(columns.map(column => column.valueOf(row)))).join('')
}

/** Rows as a JSON array of objects by column, a row a line, piece by piece. */
export async function* jsonOf(
  columns: readonly ExportColumn[],
  pieces: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  let before = '[\n'
  for await (const rows of pieces) {
    const lines = rows.map(row => JSON.stringify(Object.fromEntries(columns.map(one => [one.name, one.valueOf(row)]))))
    if (lines.length === 0) continue
    yield before + lines.join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

// A spreadsheet runs a text that begins like a formula: a quote before it makes it a text (OWASP, CSV injection).
function csvCell(cell: Cell): string {
  if (cell === null) return ''
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
