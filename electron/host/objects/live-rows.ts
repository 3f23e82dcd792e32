import type { ResourceKind } from '../../../contract/browse.ts'
import type { ColumnValue } from '../../../contract/object.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject } from '../../../core/object.ts'
import { backOff } from '../clusters/back-off.ts'
import type { Cluster } from '../clusters/connection.ts'
import { askedForMany, listChunk, selectorQuery } from '../clusters/list.ts'
import { collectionPath } from '../clusters/path-of.ts'
import { versionOf, watchStream } from '../clusters/watch-stream.ts'
import { type ListedRow, parseTable, readTable, tableAccept } from '../views/table.ts'
import { columnValues } from './row.ts'

/** One object of a followed kind: its row as kubectl prints it. `object` is its metadata, where a watch told of it. */
export type LiveRow = {
  readonly row: ListedRow
  readonly columns: readonly ColumnValue[]
  readonly object: JsonObject | null
  readonly gone: boolean
}

/** Which rows are followed: those of a kind in a namespace (of all, where that is null) that a label selector lets through. */
export type RowsOf = { readonly kind: ResourceKind; readonly namespace: string | null; readonly labels: string }

const chunk = 500
/** Beyond these the rows of a kind are only those that change. */
const mostChunks = 10

/** Follows the rows of a kind: those there are, then each that changes. Ends with the signal, or where they may not be read. */
export async function followRows(
  cluster: Cluster,
  of: RowsOf,
  onRows: (rows: readonly LiveRow[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const pauses = backOff()
  while (!signal.aborted) {
    const listed = await listRows(cluster, of, onRows, signal)
    if (listed === 'refused') return
    if (listed !== null && (await watchRows(cluster, of, listed, onRows, signal)) === 'refused') return
    await pauses.pause(signal)
  }
}

type Listed = { readonly version: string; readonly names: Columns }
type Columns = NonNullable<ReturnType<typeof parseTable>>['columns']

async function listRows(
  cluster: Cluster,
  { kind, namespace, labels }: RowsOf,
  onRows: (rows: readonly LiveRow[]) => void,
  signal: AbortSignal,
): Promise<Listed | 'refused' | null> {
  let names: Columns = null
  let version = '0'
  let continueToken: string | null = null
  for (let read = 0; read < mostChunks; read++) {
    const call = { namespace, labels, fields: '', accept: tableAccept, limit: chunk, continueToken }
    const answer = await listChunk(cluster, kind, call, signal)
    if (!answer.ok) return isRefusal(answer.problem.code) ? 'refused' : null
    const table = parseTable(answer.value.body)
    if (table === null) return 'refused'
    names ??= table.columns
    version = table.resourceVersion ?? version
    onRows(
      table.rows.map(row => ({ row, columns: columnValues(table.columns ?? names, row), object: null, gone: false })),
    )
    continueToken = table.continueToken
    if (continueToken === null) break
  }
  return { version, names }
}

async function watchRows(
  cluster: Cluster,
  { kind, namespace, labels }: RowsOf,
  { version, names: first }: Listed,
  onRows: (rows: readonly LiveRow[]) => void,
  signal: AbortSignal,
): Promise<'refused' | 'again'> {
  const path = collectionPath(kind, namespace)
  const query = [['includeObject', 'Metadata'] as const, ...selectorQuery({ labels, fields: '' })]
  const asked = askedForMany('watch', kind, namespace)
  const call = { path, query, headers: { accept: tableAccept }, resourceVersion: version, asked, signal }
  let names = first
  for await (const event of watchStream(cluster, call)) {
    if (event.kind === 'end') return event.problem !== null && isRefusal(event.problem.code) ? 'refused' : 'again'
    if (event.kind === 'opened' || event.kind === 'bookmark') continue
    const table = readTable(event.object)
    names = table?.columns ?? names
    const gone = event.kind === 'deleted'
    onRows(
      (table?.rows ?? []).map(row => ({
        row,
        columns: columnValues(names, row),
        object: objectOfRow(event.object),
        gone,
      })),
    )
  }
  return 'again'
}

/** The metadata in an event that tells of one row. */
function objectOfRow(table: JsonObject): JsonObject | null {
  const [row] = isList(table.rows) ? table.rows : []
  return isObject(row) && isObject(row.object) && versionOf(row.object) !== null ? row.object : null
}

function isRefusal(code: string): boolean {
  return ['forbidden', 'not-found', 'verb-unsupported', 'decoding-failed', 'context-unknown'].includes(code)
}
