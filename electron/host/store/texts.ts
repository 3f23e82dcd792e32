import type { DatabaseSync } from 'node:sqlite'
import { bytesOf, textOf } from './object-columns.ts'
import type { Sealer } from './seal.ts'

/** Texts that belong to no object yet, sealed, by name. Writing throws what SQLite throws: it belongs into `writeAll`. */
export type Texts = {
  /** Null where there is none, or its key is gone. */
  readonly read: (name: string) => string | null
  readonly keep: (name: string, text: string) => void
  readonly remove: (name: string) => void
}

/** The texts in a database. */
export function textsIn(database: DatabaseSync, sealer: Sealer): Texts {
  const put = database.prepare(
    'INSERT INTO texts (name, key, text) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET key = excluded.key, text = excluded.text',
  )
  const remove = database.prepare('DELETE FROM texts WHERE name = ?')
  const find = database.prepare('SELECT key, text FROM texts WHERE name = ?')
  const placeOf = (name: string) => `texts ${name}`
  return {
    read(name) {
      const row = find.get(name)
      return row === undefined ? null : sealer.open(bytesOf(row, 'text'), textOf(row, 'key'), placeOf(name))
    },
    keep: (name, text) => void put.run(name, sealer.keyId, sealer.seal(text, placeOf(name))),
    remove: name => void remove.run(name),
  }
}
