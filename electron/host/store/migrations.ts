import type { DatabaseSync } from 'node:sqlite'

// Each entry takes the database from its index to the next version. Entries are never changed, only added.
const migrations: readonly string[] = [
  'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT',
  // An unknown uid is empty.
  'CREATE TABLE guards (address TEXT, uid TEXT, value TEXT NOT NULL, PRIMARY KEY (address, uid)) STRICT, WITHOUT ROWID',
]

/** The `user_version` that this app's database has. */
export const schemaVersion = migrations.length

/** Brings a database from a version to the present one, whole or not at all. */
export function migrate(database: DatabaseSync, from: number): void {
  migrations.slice(from).forEach((statements, index) => {
    database.exec(`BEGIN; ${statements}; PRAGMA user_version = ${from + index + 1}; COMMIT`)
  })
}
