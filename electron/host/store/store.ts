import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { defaultSettings, type Settings, settingsSchema } from '../../../contract/app.ts'
import type { Problem } from '../../../core/problem.ts'
import type { GuardRecord } from '../guards/book.ts'
import { guardTable } from './guards.ts'
import { migrate, schemaVersion } from './migrations.ts'

/** Settings to replace; what is undefined or not named stays. */
type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

/** The local database of one profile. */
export type Store = {
  /** What the person chose, with the default for whatever was never chosen or cannot be read. */
  settings(): Settings
  /** Replaces some settings and gives all of them, on disk when it returns. */
  saveSettings(part: SettingsChange): Settings
  /** The guards of clusters, those too that were declined. */
  guards(): readonly GuardRecord[]
  /** Replaces all guards, on disk when it returns. */
  saveGuards(records: readonly GuardRecord[]): void
  /** What was found when opening: `store-damaged` (moved aside, a fresh one begun), `store-newer` (left alone, nothing is kept). */
  problems(): readonly Problem[]
  close(): void
}

const fileName = 'patchbay.db'

/** Opens a profile's database, making folder (mode 0700) and file (0600) as needed. A damaged file never stops the app. */
export function openStore(profile: string): Store {
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  chmodSync(profile, 0o700)
  const file = join(profile, fileName)
  const database = openDatabase(file)
  if (database === 'newer') return storeOf(openDatabaseFile(':memory:'), [{ code: 'store-newer' }])
  if (database !== 'damaged') return storeOf(database, [])
  const movedTo = moveAside(file)
  return storeOf(openDatabaseFile(file), [{ code: 'store-damaged', movedTo: basename(movedTo) }])
}

function storeOf(database: DatabaseSync, problems: readonly Problem[]): Store {
  const read = database.prepare('SELECT name, value FROM settings')
  const write = database.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const settings = () => readSettings(read.all())
  const guards = guardTable(database)
  return {
    guards: guards.all,
    saveGuards: guards.replace,
    problems: () => problems,
    settings,
    saveSettings(part) {
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const [name, value] of Object.entries(part))
          if (value !== undefined) write.run(name, JSON.stringify(value))
        database.exec('COMMIT')
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
      return settings()
    },
    close: () => database.close(),
  }
}

// One value that no longer parses (by hand, or from another version) costs that setting, not the others.
function readSettings(rows: readonly Record<string, unknown>[]): Settings {
  const kept: Record<string, unknown> = {}
  for (const { name, value } of rows) {
    if (typeof name !== 'string' || typeof value !== 'string') continue
    const part = settingsSchema.partial().safeParse({ [name]: parsed(value) })
    if (part.success) Object.assign(kept, part.data)
  }
  return settingsSchema.parse({ ...defaultSettings, ...kept })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no setting is null, so this one is dropped.
    return null
  }
}

function openDatabase(file: string): DatabaseSync | 'damaged' | 'newer' {
  try {
    return openDatabaseFile(file)
  } catch (error) {
    if (error instanceof NewerDatabase) return 'newer'
    if (isDamage(error)) return 'damaged'
    throw error
  }
}

class NewerDatabase extends Error {}

function openDatabaseFile(file: string): DatabaseSync {
  // SQLite would make the file with the umask's mode; its companions take over the file's.
  if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file)
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    const check = database.prepare('PRAGMA quick_check(1)').get()
    if (check?.quick_check !== 'ok') throw new DamagedDatabase()
    if (schemaVersionOf(database) > schemaVersion) throw new NewerDatabase()
    migrate(database, schemaVersionOf(database))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

class DamagedDatabase extends Error {}

function schemaVersionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version)
}

// SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes; others (a full disk, a lock) are no damage.
function isDamage(error: unknown): boolean {
  if (error instanceof DamagedDatabase) return true
  if (!(error instanceof Error) || !('errcode' in error)) return false
  return [11, 26].includes(Number(error.errcode) & 0xff)
}

function moveAside(file: string): string {
  const movedTo = `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) renameSync(file + part, movedTo + part)
  return movedTo
}
