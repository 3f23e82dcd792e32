import type { DatabaseSync } from 'node:sqlite'
import {
  bytesOf,
  numberOf,
  type ObjectFacts,
  objectColumns,
  objectFacts,
  objectValues,
  type Row,
  textOf,
} from './object-columns.ts'
import type { Sealer } from './seal.ts'

/**
 * What is known of a submit. `sent`: its answer has not come, or not been kept; `unknown`: nobody can say any more
 * whether it was written. A refused one leaves no row.
 */
export type SubmitState = 'sent' | 'written' | 'not-written' | 'unknown'

/** A submit without what is sealed. */
export type SubmitFacts = ObjectFacts & {
  /** The plan's id. */
  readonly id: string
  readonly edit: string
  /** When it was sent and when its end was known, in milliseconds since 1970. */
  readonly sent: number
  readonly answered: number | null
  readonly state: SubmitState
}

/** All of a submit. `plan` is JSON text, kept before it is sent; `answer` what was learnt of its end. Null: its key is gone. */
export type Submit = SubmitFacts & { readonly plan: string | null; readonly answer: string | null }

/** A submit about to be sent. */
export type Sending = ObjectFacts & {
  readonly id: string
  readonly edit: string
  readonly sent: number
  readonly plan: string
}

/**
 * The journal of a profile's submits: each is on disk before it is sent. Writing throws what SQLite throws: it belongs
 * into `writeAll`.
 */
export type Submits = {
  /** Keeps it as sent; once more where the server asked to wait and it is sent again. */
  readonly send: (submit: Sending) => void
  /** Keeps how a submit ended; one that is not in the journal is passed over. `answer` is JSON text. */
  readonly settle: (
    id: string,
    end: {
      readonly state: Exclude<SubmitState, 'sent'>
      readonly answered: number
      readonly answer: string | null
    },
  ) => void
  /** Takes out a submit that the server refused: it never was. */
  readonly forget: (id: string) => void
  /** Those of an edit whose end is not known, oldest first. */
  readonly unanswered: (edit: string) => readonly Submit[]
  /** All, newest first; at most `limit`, older than the row `before` where that is given. */
  readonly list: (page: {
    readonly limit: number
    readonly before?: number
  }) => readonly (SubmitFacts & { readonly nr: number })[]
  readonly read: (id: string) => Submit | null
}

/** The submits in a database. */
export function submitsIn(database: DatabaseSync, sealer: Sealer): Submits {
  const insert = database.prepare(
    `INSERT INTO submits (id, edit, ${objectColumns}, sent, state, key, plan) VALUES (?${', ?'.repeat(15)})
     ON CONFLICT (id) DO UPDATE SET sent = excluded.sent, state = excluded.state, key = excluded.key, plan = excluded.plan,
       answered = NULL, answer = NULL`,
  )
  const settle = database.prepare('UPDATE submits SET state = ?, answered = ?, answer = ? WHERE id = ?')
  const keyOf = database.prepare('SELECT key FROM submits WHERE id = ?')
  const remove = database.prepare('DELETE FROM submits WHERE id = ?')
  const unanswered = database.prepare(`SELECT * FROM submits WHERE edit = ? AND state = 'sent' ORDER BY nr`)
  const page = database.prepare(
    `SELECT nr, id, edit, ${objectColumns}, sent, answered, state FROM submits WHERE nr < ? ORDER BY nr DESC LIMIT ?`,
  )
  const row = database.prepare('SELECT * FROM submits WHERE id = ?')

  const open = (found: Row): Submit => {
    const facts = factsOf(found)
    const key = textOf(found, 'key')
    const plan = sealer.open(bytesOf(found, 'plan'), key, placeOf(facts.id, 'plan'))
    const answer =
      found.answer === null ? null : sealer.open(bytesOf(found, 'answer'), key, placeOf(facts.id, 'answer'))
    return { ...facts, plan, answer }
  }
  return {
    send(submit) {
      const { id, edit, sent, plan } = submit
      const sealed = sealer.seal(plan, placeOf(id, 'plan'))
      insert.run(id, edit, ...objectValues(submit), Math.round(sent), 'sent', sealer.keyId, sealed)
    },
    settle(id, { state, answered, answer }) {
      const key = keyOf.get(id)?.key
      // One row, one key: where its own is gone, the state alone is kept.
      const sealed = answer === null || key !== sealer.keyId ? null : sealer.seal(answer, placeOf(id, 'answer'))
      settle.run(state, Math.round(answered), sealed, id)
    },
    forget: id => void remove.run(id),
    unanswered: edit => unanswered.all(edit).map(open),
    list: ({ limit, before = Number.MAX_SAFE_INTEGER }) =>
      page.all(before, limit).map(found => ({ ...factsOf(found), nr: numberOf(found, 'nr') })),
    read(id) {
      const found = row.get(id)
      return found === undefined ? null : open(found)
    },
  }
}

function placeOf(id: string, column: string): string {
  return `submits ${id} ${column}`
}

function factsOf(row: Row): SubmitFacts {
  return {
    ...objectFacts(row),
    id: textOf(row, 'id'),
    edit: textOf(row, 'edit'),
    sent: numberOf(row, 'sent'),
    answered: row.answered === null ? null : numberOf(row, 'answered'),
    // The table's own check allows no other.
    state: textOf(row, 'state') as SubmitState,
  }
}
