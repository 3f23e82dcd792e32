import type { SQLOutputValue } from 'node:sqlite'
import type { ClusterIdentity, ObjectRef } from '../../../core/object.ts'

/** Which object a row is about, and the context through which it was edited. Kept in clear. */
export type ObjectFacts = { readonly context: string; readonly ref: ObjectRef }

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>

/** The columns of `ObjectFacts`, in the order of `objectValues`. */
export const objectColumns =
  'context, cluster, api_group, version, resource, kind, namespace, name, uid, subresource' as const

/** The values of `objectColumns`. */
export function objectValues({ context, ref }: ObjectFacts): (string | null)[] {
  const { cluster, group, version, resource, kind, namespace, name, uid, subresource = null } = ref
  return [context, cluster, group, version, resource, kind, namespace, name, uid, subresource]
}

/** Reads the columns back. */
export function objectFacts(row: Row): ObjectFacts {
  const subresource = row.subresource === null ? {} : { subresource: textOf(row, 'subresource') }
  const ref: ObjectRef = {
    // It was an identity when it was written.
    cluster: textOf(row, 'cluster') as ClusterIdentity,
    group: textOf(row, 'api_group'),
    version: textOf(row, 'version'),
    resource: textOf(row, 'resource'),
    kind: textOf(row, 'kind'),
    namespace: row.namespace === null ? null : textOf(row, 'namespace'),
    name: textOf(row, 'name'),
    uid: textOf(row, 'uid'),
    ...subresource,
  }
  return { context: textOf(row, 'context'), ref }
}

/** A TEXT column that is never null. The tables are STRICT: another type is a bug. */
export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new Error(`column ${column} holds no text`)
  return value
}

/** An INTEGER column that is never null. */
export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new Error(`column ${column} holds no number`)
  return value
}

/** A BLOB column that is never null. */
export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new Error(`column ${column} holds no bytes`)
  return value
}
