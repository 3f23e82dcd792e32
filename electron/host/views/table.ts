import type { Column } from '../../../contract/browse.ts'
import { newestChange } from './change.ts'
import { type LabelText, labelText } from './labels.ts'

/** A cell as the server's Table has it, and as a page draws it. */
export type Cell = string | number | boolean | null

/** One object of a list. Times are the server's ISO times. Without a uid (some aggregated APIs) it is empty. */
export type ListedRow = {
  readonly uid: string
  readonly namespace: string | null
  readonly name: string
  readonly created: string | null
  readonly changed: string | null
  readonly changedBy: string | null
  readonly changedIn: string | null
  readonly deleting: boolean
  readonly labels: LabelText
  readonly cells: readonly Cell[]
}

/** A Table answer. `columns` is null where the server leaves them out (all but the first event of a watch). */
export type Table = {
  readonly columns: readonly Column[] | null
  readonly rows: readonly ListedRow[]
  /** Where the list stands; of a watch event, the version of its object. */
  readonly resourceVersion: string | null
  /** For the next chunk, null at the end. */
  readonly continueToken: string | null
  /** How many rows come after this chunk, null where the server does not tell. */
  readonly remaining: number | null
}

/** Asks for kubectl's own columns; an API that has none answers with a plain list. */
export const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

// A list's body has thousands of rows: it is read by the native parser, since no digit of it is ever written back.
/** Reads a Table (or a plain list) from its JSON text, null when it is neither. */
export function parseTable(text: string): Table | null {
  try {
    return readTable(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Reads a Table that is already parsed, null when the value is none. */
export function readTable(value: unknown): Table | null {
  const document = fieldsOf(value)
  const metadata = fieldsOf(document.metadata)
  const listed = document.kind === 'Table' ? tableParts(document) : listParts(document)
  if (listed === null) return null
  return {
    ...listed,
    resourceVersion: textOf(metadata.resourceVersion) ?? versionOfRow(document),
    continueToken: textOf(metadata.continue),
    remaining: typeof metadata.remainingItemCount === 'number' ? metadata.remainingItemCount : null,
  }
}

/** The names of columns as one text: equal ones are of equal lists. */
export function columnNames(columns: readonly Column[]): string {
  return columns.map(column => column.name).join('\n')
}

type Fields = Readonly<Record<string, unknown>>

function tableParts(document: Fields): Pick<Table, 'columns' | 'rows'> {
  const definitions = listOf(document.columnDefinitions).map(columnOf)
  const rows = listOf(document.rows).map(fieldsOf)
  return {
    columns: definitions.length === 0 ? null : definitions,
    rows: rows.map(row => ({ ...identityOf(fieldsOf(row.object)), cells: listOf(row.cells).map(cellOf) })),
  }
}

// What kubectl shows of kinds for which the server has no columns.
function listParts(document: Fields): Pick<Table, 'columns' | 'rows'> | null {
  if (!Array.isArray(document.items)) return null
  const column = { type: 'string', description: '', priority: 0 }
  const rows = listOf(document.items).map(item => identityOf(fieldsOf(item)))
  return {
    columns: [
      { ...column, name: 'Name', format: 'name' },
      { ...column, name: 'Age', format: '' },
    ],
    rows: rows.map(row => ({ ...row, cells: [row.name, null] })),
  }
}

function identityOf(object: Fields): Omit<ListedRow, 'cells'> {
  const metadata = fieldsOf(object.metadata)
  const created = textOf(metadata.creationTimestamp)
  const change = newestChange(listOf(metadata.managedFields))
  return {
    uid: textOf(metadata.uid) ?? '',
    namespace: textOf(metadata.namespace),
    name: textOf(metadata.name) ?? '',
    created,
    changed: change?.at ?? created,
    changedBy: change?.by ?? null,
    changedIn: change?.subresource ?? null,
    labels: labelText(metadata.labels),
    deleting: textOf(metadata.deletionTimestamp) !== null,
  }
}

function versionOfRow(document: Fields): string | null {
  const object = fieldsOf(fieldsOf(listOf(document.rows)[0]).object)
  return textOf(fieldsOf(object.metadata).resourceVersion)
}

// What the contract takes back as the column to sort by.
const longestColumnName = 200

function columnOf(value: unknown): Column {
  const { name, type, format, description, priority } = fieldsOf(value)
  return {
    name: (textOf(name) ?? '').slice(0, longestColumnName),
    type: textOf(type) ?? 'string',
    format: textOf(format) ?? '',
    description: textOf(description) ?? '',
    priority: typeof priority === 'number' ? priority : 0,
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return shortened(typeof value === 'string' ? value : JSON.stringify(value))
}

// A printer column may show a field of a megabyte, in each of 500 rows of a window.
const longestCell = 2_000

function shortened(text: string): string {
  return text.length <= longestCell ? text : `${text.slice(0, longestCell)}…`
}

function fieldsOf(value: unknown): Fields {
  // An object that JSON.parse made has string keys.
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
