import type { DatabaseSync } from 'node:sqlite'
import { changeText, type Origin, type TextChange } from '../../../core/session.ts'
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

/** A draft without what is sealed. */
export type DraftFacts = ObjectFacts & {
  /** The edit's id. */
  readonly id: string
  readonly origin: Origin['kind']
  /** When its text was kept last, in milliseconds since 1970. */
  readonly changed: number
  /** The lease that the newest page held. */
  readonly lease: number
  /** When its object began to be deleted and created again, in milliseconds since 1970; null where it did not, or that is over. */
  readonly recreating: number | null
}

/** All of a draft. `session` is JSON text: the edit but for its text. */
export type Draft = DraftFacts & { readonly session: string; readonly text: string; readonly textVersion: number }

/** A change of a draft's text, and the text's version after it. */
export type DraftStep = { readonly textVersion: number; readonly change: TextChange }

/** The drafts of a profile. Writing throws what SQLite throws: it belongs into `writeAll`. */
export type Drafts = {
  /** Those that can be read, in the order in which they were begun. */
  readonly list: () => readonly DraftFacts[]
  /** How many cannot be read, since their key is gone. */
  readonly unreadable: () => number
  /** Null where there is none, or it cannot be read. */
  readonly read: (id: string) => Draft | null
  /** Writes all of a draft, in place of what was kept of it. */
  readonly put: (draft: Draft) => void
  /** Writes what a step adds to a draft that was put. `nr` counts its steps since then. */
  readonly addStep: (id: string, nr: number, step: DraftStep, changed: number) => void
  readonly setLease: (id: string, lease: number) => void
  readonly remove: (id: string) => void
}

/** The drafts in a database. */
export function draftsIn(database: DatabaseSync, sealer: Sealer): Drafts {
  const rows = database.prepare(
    `SELECT id, ${objectColumns}, origin, changed, lease, recreating, key FROM drafts ORDER BY nr`,
  )
  const row = database.prepare('SELECT * FROM drafts WHERE id = ?')
  const steps = database.prepare('SELECT nr, step FROM draft_steps WHERE draft = ? ORDER BY nr')
  const replaced = [...objectColumns.split(', '), 'origin', 'changed', 'lease', 'recreating', 'key', 'session', 'text']
    .map(column => `${column} = excluded.${column}`)
    .join(', ')
  const insert = database.prepare(
    `INSERT INTO drafts (id, ${objectColumns}, origin, changed, lease, recreating, key, session, text)
     VALUES (?${', ?'.repeat(17)}) ON CONFLICT (id) DO UPDATE SET ${replaced}`,
  )
  const insertStep = database.prepare('INSERT INTO draft_steps (draft, nr, step) VALUES (?, ?, ?)')
  const touch = database.prepare('UPDATE drafts SET changed = ? WHERE id = ?')
  const setLease = database.prepare('UPDATE drafts SET lease = ? WHERE id = ?')
  const clearSteps = database.prepare('DELETE FROM draft_steps WHERE draft = ?')
  const remove = database.prepare('DELETE FROM drafts WHERE id = ?')
  const isReadable = (found: Row) => sealer.knows(textOf(found, 'key'))

  return {
    list: () => rows.all().filter(isReadable).map(factsOf),
    unreadable: () => rows.all().filter(found => !isReadable(found)).length,
    read(id) {
      const found = row.get(id)
      if (found === undefined) return null
      const key = textOf(found, 'key')
      const session = sealer.open(bytesOf(found, 'session'), key, placeOf(id, 'session'))
      const whole = sealer.open(bytesOf(found, 'text'), key, placeOf(id, 'text'))
      if (session === null || whole === null) return null
      const opened = steps.all(id).map(step => {
        return sealer.open(bytesOf(step, 'step'), key, placeOf(id, `step ${numberOf(step, 'nr')}`))
      })
      return { ...factsOf(found), session, ...textAfter(whole, opened) }
    },
    put(draft) {
      const { id, origin, changed, lease, recreating, session } = draft
      const { text, textVersion } = draft
      const sealedText = sealer.seal(JSON.stringify({ textVersion, text }), placeOf(id, 'text'))
      const sealedSession = sealer.seal(session, placeOf(id, 'session'))
      clearSteps.run(id)
      insert.run(
        id,
        ...objectValues(draft),
        origin,
        Math.round(changed),
        lease,
        recreating,
        sealer.keyId,
        sealedSession,
        sealedText,
      )
    },
    addStep(id, nr, step, changed) {
      insertStep.run(id, nr, sealer.seal(JSON.stringify(step), placeOf(id, `step ${nr}`)))
      touch.run(Math.round(changed), id)
    },
    setLease: (id, lease) => void setLease.run(lease, id),
    remove: id => void remove.run(id),
  }
}

function placeOf(id: string, column: string): string {
  return `drafts ${id} ${column}`
}

function factsOf(row: Row): DraftFacts {
  return {
    ...objectFacts(row),
    id: textOf(row, 'id'),
    // Only kinds of origins are ever written.
    origin: textOf(row, 'origin') as Origin['kind'],
    changed: numberOf(row, 'changed'),
    lease: numberOf(row, 'lease'),
    recreating: row.recreating === null ? null : numberOf(row, 'recreating'),
  }
}

/** The text after its steps; where one cannot be opened, the text before it: nothing is guessed. */
function textAfter(
  whole: string,
  steps: readonly (string | null)[],
): { readonly text: string; readonly textVersion: number } {
  // What opens is what was sealed here, in this very place.
  let { text, textVersion } = JSON.parse(whole) as { readonly text: string; readonly textVersion: number }
  for (const opened of steps) {
    if (opened === null) break
    const step = JSON.parse(opened) as DraftStep
    text = changeText(text, [step.change])
    textVersion = step.textVersion
  }
  return { text, textVersion }
}
