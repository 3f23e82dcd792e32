import { randomUUID } from 'node:crypto'
import * as z from 'zod'

const tableSchema = z.looseObject({
  columnDefinitions: z.array(z.unknown()),
  rows: z.array(z.looseObject({ cells: z.array(z.unknown()), object: z.looseObject({ metadata: z.looseObject({}) }) })),
})

/** One object as the list shows it: its name, its Status cell. */
export type Shown = readonly [name: string, status: string]

/**
 * Rows of a Table, made after one that a real server sent: its columns, its labels, owners and managedFields, other
 * names, uids and versions. They change like objects, each change with a version of its own.
 */
export type SeamRows = {
  /** The Table from a row on, `limit` of them (all where it is 0), with a continue token where there are more. */
  readonly list: (from: number, limit: number) => string
  /** Gives a row this Status; answers the watch event that tells of it. */
  readonly change: (index: number, status: string) => string
  readonly shown: () => readonly Shown[]
  readonly version: () => number
}

const namespaces = 10
const statusCell = 2

/** Makes them of a Table with one pod in it. */
export function seamRows(text: string, count: number): SeamRows {
  const table = tableSchema.parse(JSON.parse(text))
  const pieces = rowPieces(table)
  const columns = JSON.stringify(table.columnDefinitions)
  let version = 1_000_000
  const rows = Array.from({ length: count }, (_, index) => ({
    name: `pod-${String(index).padStart(6, '0')}`,
    // Servers list by namespace, then name.
    namespace: `space-${Math.floor((index * namespaces) / count)}`,
    uid: randomUUID(),
    version,
    status: 'Running',
  }))
  const print = (row: (typeof rows)[number]) =>
    pieces.map(piece => (typeof piece === 'string' ? piece : row[piece.field])).join('')
  const tableOf = (metadata: object, printed: string, named: string) =>
    `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(metadata)},"columnDefinitions":${named},"rows":[${printed}]}`
  return {
    list(from, limit) {
      const to = limit === 0 ? count : Math.min(count, from + limit)
      const more = to < count ? { continue: String(to), remainingItemCount: count - to } : {}
      return tableOf({ resourceVersion: String(version), ...more }, rows.slice(from, to).map(print).join(','), columns)
    },
    change(index, status) {
      const row = rows[index]
      if (row === undefined) throw new Error(`there is no row ${index}`)
      version += 1
      Object.assign(row, { version, status })
      const metadata = { resourceVersion: String(version) }
      return `{"type":"MODIFIED","object":${tableOf(metadata, print(row), 'null')}}\n`
    },
    shown: () => rows.map(({ name, status }) => [name, status]),
    version: () => version,
  }
}

type Field = 'name' | 'namespace' | 'uid' | 'version' | 'status'

/** The JSON of the row, in pieces between which a row's own fields go. */
function rowPieces({ rows: [row] }: z.infer<typeof tableSchema>): readonly (string | { readonly field: Field })[] {
  if (row === undefined) throw new Error('the Table has no row to take as an example')
  const place = (field: Field) => `@@${field}@@`
  const { metadata } = row.object
  const cells = row.cells.with(0, place('name')).with(statusCell, place('status'))
  const own = {
    name: place('name'),
    namespace: place('namespace'),
    uid: place('uid'),
    resourceVersion: place('version'),
  }
  const example = JSON.stringify({ ...row, cells, object: { ...row.object, metadata: { ...metadata, ...own } } })
  // split gives the text between the places and the fields' names in turn.
  return example.split(/@@(\w+)@@/).map((piece, at) => (at % 2 === 0 ? piece : { field: piece as Field }))
}
