import type { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'

/** Why something could not be kept on disk. */
export type NotKept = Extract<Problem, { readonly code: 'not-kept' }>

/** SQLite's primary result codes of a write that the disk, not this app, is the reason of. */
const reasons: Readonly<Record<number, NotKept['reason']>> = {
  5: 'busy',
  8: 'read-only',
  10: 'disk-failed',
  11: 'damaged',
  13: 'disk-full',
  14: 'disk-failed',
  26: 'damaged',
}

/**
 * Does some writing in one transaction: all of it is on disk when this returns, or nothing is. Fails with `not-kept`
 * where the disk does not take it.
 */
export function writeAll(database: DatabaseSync, write: () => void): Result<void, NotKept> {
  try {
    database.exec('BEGIN IMMEDIATE')
    write()
    database.exec('COMMIT')
    return ok(undefined)
  } catch (error) {
    const reason = reasonOf(error)
    // SQLite has rolled back by itself after some failures.
    if (database.isTransaction) database.exec('ROLLBACK')
    if (reason === null) throw error
    return fail({ code: 'not-kept', reason })
  }
}

function reasonOf(error: unknown): NotKept['reason'] | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return reasons[Number(error.errcode) & 0xff] ?? null
}
