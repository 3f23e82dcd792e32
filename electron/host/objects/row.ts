import type { ColumnValue } from '../../../contract/object.ts'
import type { ResourceType } from '../../../core/object.ts'
import type { Cluster } from '../clusters/connection.ts'
import { request } from '../clusters/connection.ts'
import { type At, askedFor, objectPath } from '../clusters/path-of.ts'
import { type ListedRow, parseTable, type Table, tableAccept } from '../views/table.ts'

/** What the page says of every object anyway. */
const saidElsewhere: ReadonlySet<string> = new Set(['Name', 'Age', 'Created At'])

/** The server's own columns for one object, wide ones too; empty where it gives none. */
export async function readRow(
  cluster: Cluster,
  type: ResourceType,
  at: At,
  signal: AbortSignal,
): Promise<readonly ColumnValue[]> {
  const answer = await request(cluster, {
    method: 'GET',
    path: objectPath(type, at),
    query: [['includeObject', 'None']],
    headers: { accept: tableAccept },
    asked: askedFor('get', type, at),
    signal,
  })
  const table = answer.ok ? parseTable(answer.value.body) : null
  const [row] = table?.rows ?? []
  return table === null || row === undefined ? [] : columnValues(table.columns, row)
}

/** A row's cells under the names of their columns, without those that are empty and those that every page says. */
export function columnValues(columns: Table['columns'], row: ListedRow): readonly ColumnValue[] {
  return (columns ?? []).flatMap(({ name, description, priority }, index) => {
    const cell = row.cells[index] ?? null
    if (saidElsewhere.has(name) || cell === null || cell === '') return []
    return [{ name, value: String(cell), description, wide: priority > 0 }]
  })
}
