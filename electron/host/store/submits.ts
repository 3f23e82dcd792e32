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
 * whether it was written; `not-written`: the object tells that it was not; `refused`: by the server's own word.
 */
export type SubmitState = 'sent' | 'written' | 'not-written' | 'unknown' | 'refused'

/** A submit without what is sealed. */
export type SubmitFacts = ObjectFacts & {
  /** The plan's id. */
  readonly id: string
  readonly edit: string
  /** When it was sent and when its end was known, in milliseconds since 1970. */
  readonly sent: number
  readonly answered: number | null
  /** Empty for one that an older app kept. */
  readonly strategy: string
  readonly state: SubmitState
}

/** A submit as a list shows it. `brief` is JSON text; null where its key is gone, or an older app kept none. */
export type SubmitRow = SubmitFacts & { readonly brief: string | null }

/**
 * All of a submit. `plan` is JSON text, kept before it is sent; `answer` the object that it made, `told` what else was
 * learnt of its end. Null: its key is gone, or there was none.
 */
export type Submit = SubmitRow & {
  readonly plan: string | null
  readonly answer: string | null
  readonly told: string | null
}

/** A submit about to be sent. */
export type Sending = ObjectFacts & {
  readonly id: string
  readonly edit: string
  readonly sent: number
  readonly strategy: string
  readonly plan: string
  readonly brief: string
}

/** How a submit ended; `answer` and `told` are JSON texts. `named` is what a creation's object is called. */
export type SubmitEnding = {
  readonly state: Exclude<SubmitState, 'sent'>
  readonly answered: number
  readonly answer: string | null
  readonly told?: string | null
  readonly named?: { readonly name: string; readonly uid: string }
}

/** Which submits are looked for; null takes all. */
export type SubmitSearch = {
  readonly states: readonly SubmitState[] | null
  /** `cluster` is a whole identity or only its address; null where the context's is not known: then it goes by the context's name. */
  readonly object: {
    readonly context: string
    readonly cluster: string | null
    readonly group: string
    readonly resource: string
    readonly namespace: string | null
    readonly name: string
  } | null
  /** Asked with the clear columns and with `brief`. */
  readonly matches: ((row: SubmitRow) => boolean) | null
}

/**
 * The journal of a profile's submits, which is their history: each is on disk before it is sent. Writing throws what
 * SQLite throws: it belongs into `writeAll`.
 */
export type Submits = {
  /** Keeps it as sent; once more where the server asked to wait and it is sent again. */
  readonly send: (submit: Sending) => void
  /** Keeps how a submit ended; one that is not in the journal is passed over. */
  readonly settle: (id: string, end: SubmitEnding) => void
  /** Keeps what else was learnt of an end that is kept already. */
  readonly tell: (id: string, told: string) => void
  /** Removes one whose end is known. */
  readonly forget: (id: string) => void
  /** Those of an edit whose end is not known, oldest first. */
  readonly unanswered: (edit: string) => readonly Submit[]
  /** The uid of what an edit's last creation that was written made; null for none. */
  readonly made: (edit: string) => string | null
  /** Those whose end is not known, and whose edit left no draft that could find out. */
  readonly abandoned: () => readonly string[]
  /** The newest submit of each of these edits that has one, by edit. */
  readonly newestOf: (edits: readonly string[]) => ReadonlyMap<string, string>
  /** How far one is, without what was sent and what stands there; null where it was removed. */
  readonly standing: (id: string) => Pick<Submit, 'state' | 'told'> | null
  /** The row numbers of those that are looked for, newest first. */
  readonly find: (search: SubmitSearch) => readonly number[]
  /** These rows, in that order; those that are gone are left out. */
  readonly rows: (nrs: readonly number[]) => readonly SubmitRow[]
  readonly read: (id: string) => Submit | null
  readonly count: () => number
  /** Removes all whose end is known, but for the newest `keep`, that are older than `before` or over `most`; says how many. */
  readonly expire: (limits: { readonly before: number; readonly most: number; readonly keep: number }) => number
  /** Removes all whose end is known. */
  readonly clear: () => void
}

const clearColumns = `id, edit, ${objectColumns}, sent, answered, strategy, state`

/** The submits in a database. */
export function submitsIn(database: DatabaseSync, sealer: Sealer): Submits {
  const insert = database.prepare(
    `INSERT INTO submits (id, edit, ${objectColumns}, sent, strategy, state, key, plan, brief) VALUES (?${', ?'.repeat(17)})
     ON CONFLICT (id) DO UPDATE SET sent = excluded.sent, strategy = excluded.strategy, state = excluded.state,
       key = excluded.key, plan = excluded.plan, brief = excluded.brief, answered = NULL, answer = NULL, told = NULL`,
  )
  const settle = database.prepare('UPDATE submits SET state = ?, answered = ?, answer = ?, told = ? WHERE id = ?')
  const rename = database.prepare('UPDATE submits SET name = ?, uid = ? WHERE id = ?')
  const tell = database.prepare('UPDATE submits SET told = ? WHERE id = ?')
  const keyOf = database.prepare('SELECT key FROM submits WHERE id = ?')
  const remove = database.prepare(`DELETE FROM submits WHERE id = ? AND state <> 'sent'`)
  const clear = database.prepare(`DELETE FROM submits WHERE state <> 'sent'`)
  const count = database.prepare('SELECT count(*) AS count FROM submits')
  const expire = database.prepare(
    `DELETE FROM submits WHERE state <> 'sent'
       AND nr NOT IN (SELECT nr FROM submits ORDER BY nr DESC LIMIT ?)
       AND (sent < ? OR nr NOT IN (SELECT nr FROM submits ORDER BY nr DESC LIMIT ?))`,
  )
  const unanswered = database.prepare(`SELECT * FROM submits WHERE edit = ? AND state = 'sent' ORDER BY nr`)
  const made = database.prepare(
    `SELECT uid FROM submits WHERE edit = ? AND state = 'written' AND strategy = 'create' ORDER BY nr DESC LIMIT 1`,
  )
  const abandoned = database.prepare(
    `SELECT id FROM submits WHERE state = 'sent' AND edit NOT IN (SELECT id FROM drafts)`,
  )
  const newestOf = database.prepare(
    'SELECT edit, id FROM submits WHERE edit IN (SELECT value FROM json_each(?)) ORDER BY nr',
  )
  const standing = database.prepare('SELECT id, key, state, told FROM submits WHERE id = ?')
  const ofNr = database.prepare(`SELECT ${clearColumns}, key, brief FROM submits WHERE nr = ?`)
  const row = database.prepare('SELECT * FROM submits WHERE id = ?')

  const opened = (found: Row, column: 'plan' | 'brief' | 'answer' | 'told'): string | null =>
    found[column] === null
      ? null
      : sealer.open(bytesOf(found, column), textOf(found, 'key'), placeOf(textOf(found, 'id'), column))
  const rowOf = (found: Row): SubmitRow => ({ ...factsOf(found), brief: opened(found, 'brief') })
  const open = (found: Row): Submit => ({
    ...rowOf(found),
    plan: opened(found, 'plan'),
    answer: opened(found, 'answer'),
    told: opened(found, 'told'),
  })
  // One row, one key: where its own is gone, nothing more is sealed into it.
  const sealedFor = (id: string, column: 'answer' | 'told', text: string | null) =>
    text === null || keyOf.get(id)?.key !== sealer.keyId ? null : sealer.seal(text, placeOf(id, column))

  return {
    send(submit) {
      const { id, edit, sent, strategy } = submit
      const plan = sealer.seal(submit.plan, placeOf(id, 'plan'))
      const brief = sealer.seal(submit.brief, placeOf(id, 'brief'))
      insert.run(id, edit, ...objectValues(submit), Math.round(sent), strategy, 'sent', sealer.keyId, plan, brief)
    },
    settle(id, { state, answered, answer, told = null, named }) {
      const sealed = [sealedFor(id, 'answer', answer), sealedFor(id, 'told', told)] as const
      settle.run(state, Math.round(answered), ...sealed, id)
      if (named !== undefined) rename.run(named.name, named.uid, id)
    },
    tell: (id, told) => void tell.run(sealedFor(id, 'told', told), id),
    forget: id => void remove.run(id),
    unanswered: edit => unanswered.all(edit).map(open),
    made(edit) {
      const found = made.get(edit)
      return found === undefined ? null : textOf(found, 'uid')
    },
    abandoned: () => abandoned.all().map(found => textOf(found, 'id')),
    newestOf: edits =>
      new Map(newestOf.all(JSON.stringify(edits)).map(found => [textOf(found, 'edit'), textOf(found, 'id')])),
    standing(id) {
      const found = standing.get(id)
      return found === undefined ? null : { state: stateOf(found), told: opened(found, 'told') }
    },
    find({ states, object, matches }) {
      const { where, values } = conditions(states, object)
      const columns = matches === null ? 'nr' : `nr, ${clearColumns}, key, brief`
      // Sorted numbers from an index are had sooner than ordered ones from rows that hold whole objects.
      const order = matches === null ? '+nr' : 'nr'
      const found = database
        .prepare(`SELECT ${columns} FROM submits ${where} ORDER BY ${order} DESC`)
        .iterate(...values)
      const nrs: number[] = []
      for (const each of found) if (matches === null || matches(rowOf(each))) nrs.push(numberOf(each, 'nr'))
      return nrs
    },
    rows: nrs =>
      nrs.flatMap(nr => {
        const found = ofNr.get(nr)
        return found === undefined ? [] : [rowOf(found)]
      }),
    read(id) {
      const found = row.get(id)
      return found === undefined ? null : open(found)
    },
    count: () => Number(count.get()?.count),
    expire: ({ before, most, keep }) => Number(expire.run(keep, Math.round(before), most).changes),
    clear: () => void clear.run(),
  }
}

type Conditions = { readonly where: string; readonly values: readonly (string | null)[] }

function conditions(states: SubmitSearch['states'], object: SubmitSearch['object']): Conditions {
  const parts: string[] = []
  const values: (string | null)[] = []
  if (states !== null) {
    parts.push(`state IN (${states.map(() => '?').join(', ')})`)
    values.push(...states)
  }
  if (object !== null) {
    const { context, cluster, group, resource, namespace, name } = object
    if (cluster === null) {
      parts.push('context = ?')
      values.push(context)
    } else {
      // An identity is an address, with a uid behind a colon where that could be read.
      parts.push(`(cluster = ? OR substr(cluster, 1, length(?) + 1) = ? || ':')`)
      values.push(cluster, cluster, cluster)
    }
    parts.push('api_group = ? AND resource = ? AND namespace IS ? AND name = ?')
    values.push(group, resource, namespace, name)
  }
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values }
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
    strategy: textOf(row, 'strategy'),
    state: stateOf(row),
  }
}

function stateOf(row: Row): SubmitState {
  // The table's own check allows no other.
  return textOf(row, 'state') as SubmitState
}
