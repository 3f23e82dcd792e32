import { closeSync, existsSync, openSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../../core/problem.ts'
import { migrate, schemaVersion } from './migrations.ts'

/** An open database, what was wrong with the file, and whether what is written is kept. */
export type Opened = {
  readonly database: DatabaseSync
  readonly problems: readonly Problem[]
  readonly durable: boolean
}

/**
 * Opens the database of a profile, made with mode 0600 where it is missing. A damaged file, and one of another app, are
 * moved aside and a fresh one begun (`store-damaged`, `store-foreign`); one of a newer app is left alone and nothing is
 * kept (`store-newer`). Nothing is ever deleted.
 */
export function openDatabase(file: string): Opened {
  const found = tryOpen(file)
  if (found instanceof DatabaseSync) return { database: found, problems: [], durable: true }
  if (found === 'newer') {
    return { database: openFile(':memory:'), problems: [{ code: 'store-newer' }], durable: false }
  }
  const movedTo = basename(moveAside(file, found))
  const code = found === 'damaged' ? 'store-damaged' : 'store-foreign'
  return { database: openFile(file), problems: [{ code, movedTo }], durable: true }
}

class NewerDatabase extends Error {}
class ForeignDatabase extends Error {}
class DamagedDatabase extends Error {}

function tryOpen(file: string): DatabaseSync | 'damaged' | 'foreign' | 'newer' {
  try {
    return openFile(file)
  } catch (error) {
    if (error instanceof NewerDatabase) return 'newer'
    if (error instanceof ForeignDatabase) return 'foreign'
    if (isDamage(error)) return 'damaged'
    throw error
  }
}

function openFile(file: string): DatabaseSync {
  // SQLite would make the file with the umask's mode; its companions take over the file's.
  if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file)
  try {
    // Before anything is written into it: whose is it?
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
    if (!isOurs(database, version)) throw new ForeignDatabase()
    if (version > schemaVersion) throw new NewerDatabase()
    const check = database.prepare('PRAGMA quick_check(1)').get()
    if (check?.quick_check !== 'ok') throw new DamagedDatabase()
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    // Deleted rows are sealed, but settings are not: nothing that was replaced stays behind.
    database.exec('PRAGMA secure_delete = ON')
    migrate(database, version)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Every version of this app's database has this table; a fresh file has none. */
function isOurs(database: DatabaseSync, version: number): boolean {
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
  return tables.length === 0 ? version === 0 : version > 0 && tables.some(({ name }) => name === 'settings')
}

// SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes; others (a full disk, a lock) are no damage.
function isDamage(error: unknown): boolean {
  if (error instanceof DamagedDatabase) return true
  if (!(error instanceof Error) || !('errcode' in error)) return false
  return [11, 26].includes(Number(error.errcode) & 0xff)
}

function moveAside(file: string, why: 'damaged' | 'foreign'): string {
  const movedTo = `${file}.${why}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) renameSync(file + part, movedTo + part)
  return movedTo
}
