import type { DatabaseSync } from 'node:sqlite'

/**
 * What the columns mean. In clear stands what a list shows and a search needs: which object, through which context, when,
 * in what state. `key` names the key that the row's sealed columns (BLOB) were sealed with; `nr` is the order of
 * beginning, which a clock that jumps does not disturb; times are milliseconds since 1970.
 */
const objectColumns = `
  context TEXT NOT NULL, cluster TEXT NOT NULL, api_group TEXT NOT NULL, version TEXT NOT NULL, resource TEXT NOT NULL,
  kind TEXT NOT NULL, namespace TEXT, name TEXT NOT NULL, uid TEXT NOT NULL, subresource TEXT`

// Each entry takes the database from its index to the next version. Entries are never changed, only added.
const migrations: readonly string[] = [
  'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT',
  // An unknown uid is empty.
  'CREATE TABLE guards (address TEXT, uid TEXT, value TEXT NOT NULL, PRIMARY KEY (address, uid)) STRICT, WITHOUT ROWID',

  // `text` is the whole text at some time, `draft_steps` what was replaced in it since.
  `CREATE TABLE drafts (
     nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ${objectColumns},
     origin TEXT NOT NULL, changed INTEGER NOT NULL, lease INTEGER NOT NULL,
     key TEXT NOT NULL, session BLOB NOT NULL, text BLOB NOT NULL
   ) STRICT;
   CREATE TABLE draft_steps (
     draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE, nr INTEGER NOT NULL, step BLOB NOT NULL,
     PRIMARY KEY (draft, nr)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE submits (
     nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, edit TEXT NOT NULL, ${objectColumns},
     sent INTEGER NOT NULL, answered INTEGER,
     state TEXT NOT NULL CHECK (state IN ('sent', 'written', 'not-written', 'unknown')),
     key TEXT NOT NULL, plan BLOB NOT NULL, answer BLOB
   ) STRICT;
   CREATE INDEX submits_unanswered ON submits (edit) WHERE state = 'sent';
   CREATE INDEX submits_of_object ON submits (cluster, api_group, resource, namespace, name)`,

  // The journal is the history too: refused submits stay. `brief` is what a list shows, `told` what was learnt at the end
  // beside the server's answer. SQLite cannot change a check, so the table is made anew.
  `ALTER TABLE submits RENAME TO submits_before;
   DROP INDEX submits_unanswered;
   DROP INDEX submits_of_object;
   CREATE TABLE submits (
     nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, edit TEXT NOT NULL, ${objectColumns},
     sent INTEGER NOT NULL, answered INTEGER, strategy TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('sent', 'written', 'not-written', 'unknown', 'refused')),
     key TEXT NOT NULL, plan BLOB NOT NULL, brief BLOB, answer BLOB, told BLOB
   ) STRICT;
   INSERT INTO submits
     SELECT nr, id, edit, context, cluster, api_group, version, resource, kind, namespace, name, uid, subresource,
       sent, answered, '', state, key, plan, NULL, answer, NULL FROM submits_before;
   DROP TABLE submits_before;
   CREATE INDEX submits_unanswered ON submits (edit) WHERE state = 'sent';
   CREATE INDEX submits_of_object ON submits (cluster, api_group, resource, namespace, name)`,

  // Rows hold whole objects: what is counted and listed is found without reading them.
  'CREATE INDEX submits_by_state ON submits (state)',

  // What is typed before there is an object, or an edit, that it belongs to.
  'CREATE TABLE texts (name TEXT NOT NULL PRIMARY KEY, key TEXT NOT NULL, text BLOB NOT NULL) STRICT',

  // When the draft's object began to be deleted and created again; null for any other draft.
  'ALTER TABLE drafts ADD COLUMN recreating INTEGER',
]

/** The `user_version` that this app's database has. */
export const schemaVersion = migrations.length

/** Brings a database from a version to the present one, whole or not at all. */
export function migrate(database: DatabaseSync, from: number): void {
  migrations.slice(from).forEach((statements, index) => {
    database.exec(`BEGIN; ${statements}; PRAGMA user_version = ${from + index + 1}; COMMIT`)
  })
}
