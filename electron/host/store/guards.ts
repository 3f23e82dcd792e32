import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import type { Guard } from '../../../contract/guard.ts'
import { guardSchema } from '../../../contract/guard-input.ts'
import type { Result } from '../../../core/problem.ts'
import type { GuardRecord } from '../guards/book.ts'
import { type NotKept, writeAll } from './failure.ts'

// A part that cannot be read (by hand, or from another version) guards more than it did, and costs the others nothing.
const kept = z
  .object({
    colour: guardSchema.shape.colour.catch(null),
    writes: guardSchema.shape.writes.catch('after-unlock'),
    confirm: guardSchema.shape.confirm.catch(true),
  })
  .catch({ colour: null, writes: 'after-unlock', confirm: true })

/** The guards of a database; read once, since it is ours alone. */
export type GuardTable = {
  readonly all: () => readonly GuardRecord[]
  /** Replaces all of them. They hold at once; `not-kept` where the next start will not know them. */
  readonly replace: (records: readonly GuardRecord[]) => Result<void, NotKept>
}

/** The table of guards in an opened database. */
export function guardTable(database: DatabaseSync): GuardTable {
  const write = database.prepare('INSERT INTO guards (address, uid, value) VALUES (?, ?, ?)')
  let records = readGuards(database)
  return {
    all: () => records,
    replace(next) {
      // Chosen is chosen, though the disk may not take it.
      records = next
      return writeAll(database, () => {
        database.exec('DELETE FROM guards')
        for (const { address, uid, guard } of next) write.run(address, uid ?? '', JSON.stringify(guard))
      })
    },
  }
}

function readGuards(database: DatabaseSync): readonly GuardRecord[] {
  return database
    .prepare('SELECT address, uid, value FROM guards')
    .all()
    .map(({ address, uid, value }) => ({
      address: String(address),
      uid: uid === '' ? null : String(uid),
      guard: readGuard(String(value)),
    }))
}

function readGuard(text: string): Guard {
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    // Not JSON: as a value of which no part can be read.
    return kept.parse(null)
  }
}
