import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import type { ClusterIdentity, ObjectRef } from '../../../../core/object.ts'
import { type Draft, draftsIn } from '../../../../electron/host/store/drafts.ts'
import { writeAll } from '../../../../electron/host/store/failure.ts'
import { createSealer } from '../../../../electron/host/store/seal.ts'
import { openStore, type Store } from '../../../../electron/host/store/store.ts'

const opened: Store[] = []
const folders: string[] = []

afterEach(() => {
  closeAll()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function profile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-sealed-'))
  folders.push(folder)
  return folder
}

function open(folder: string, keychainKey: string | null = null): Store {
  const store = openStore(folder, keychainKey)
  opened.push(store)
  return store
}

function closeAll(): void {
  for (const store of opened.splice(0)) store.close()
}

const ref: ObjectRef = {
  // A test's own cluster.
  cluster: 'cluster-1' as ClusterIdentity,
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespace: 'default',
  name: 'nginx',
  uid: 'uid-1',
}

function draft(id: string, text: string, more: Partial<Draft> = {}): Draft {
  const facts = {
    id,
    context: 'practice',
    ref,
    origin: 'edit' as const,
    changed: 1_700_000_000_000,
    lease: 2,
    recreating: null,
  }
  return { ...facts, session: '{"base":"planted-base"}', text, textVersion: 4, ...more }
}

function write(store: Store, change: () => void): void {
  expect(store.write(change)).toEqual({ ok: true, value: undefined })
}

test('a draft comes back after a restart, with each step that was kept', () => {
  const folder = profile()
  const store = open(folder)
  const first = draft('one', 'replicas: 3\n')
  write(store, () => store.drafts.put(first))
  const change = { from: 10, to: 11, insert: '5 # 漢字' }
  write(store, () => store.drafts.addStep('one', 1, { textVersion: 7, change }, 1_700_000_000_500))
  write(store, () => store.drafts.setLease('one', 3))
  closeAll()
  const again = open(folder)
  const kept = { ...first, text: 'replicas: 5 # 漢字\n', textVersion: 7, changed: 1_700_000_000_500, lease: 3 }
  expect(again.drafts.read('one')).toEqual(kept)
  const { session: _, text: __, textVersion: ___, ...facts } = kept
  expect(again.drafts.list()).toEqual([facts])
  write(again, () => again.drafts.put(draft('one', 'whole')))
  expect(again.drafts.read('one')).toEqual(draft('one', 'whole'))
  write(again, () => again.drafts.remove('one'))
  expect(again.drafts.list()).toEqual([])
  expect(again.drafts.read('one')).toBeNull()
})

test('drafts are listed in the order of their beginning, whatever the clock said', () => {
  const store = open(profile())
  write(store, () => store.drafts.put(draft('a', '', { changed: 5000 })))
  write(store, () => store.drafts.put(draft('b', '', { changed: 1000 })))
  write(store, () => store.drafts.put(draft('a', 'again', { changed: 0 })))
  expect(store.drafts.list().map(({ id }) => id)).toEqual(['a', 'b'])
})

test('a submit is in the journal before it is sent, and its end afterwards', () => {
  const folder = profile()
  const store = open(folder)
  const texts = { plan: '{"plan":1}', brief: '{"reason":"why"}' }
  const sending = { id: 'plan-1', edit: 'one', context: 'practice', ref, sent: 1000, strategy: 'merge', ...texts }
  write(store, () => store.submits.send(sending))
  write(store, () => store.submits.send({ ...sending, id: 'plan-2', sent: 900 }))
  closeAll()
  const again = open(folder)
  const unanswered = { ...sending, answered: null, state: 'sent', answer: null, told: null }
  expect(again.submits.unanswered('one')).toEqual([unanswered, { ...unanswered, id: 'plan-2', sent: 900 }])
  // No draft of that edit could find out.
  expect(again.submits.abandoned()).toEqual(['plan-1', 'plan-2'])
  write(again, () => again.drafts.put(draft('one', '')))
  expect(again.submits.abandoned()).toEqual([])
  const end = { answered: 1200, answer: '{"a":1}', told: '{"b":2}' }
  write(again, () => again.submits.settle('plan-1', { state: 'written', ...end }))
  write(again, () => again.submits.settle('plan-2', { state: 'refused', answered: 1, answer: null }))
  write(again, () => again.submits.forget('plan-2'))
  expect(again.submits.unanswered('one')).toEqual([])
  expect(again.submits.read('plan-1')).toEqual({ ...unanswered, state: 'written', ...end })
  const rows = again.submits.rows(again.submits.find({ states: null, object: null, matches: null }))
  expect(rows).toMatchObject([{ id: 'plan-1', state: 'written', ref, brief: texts.brief }])
})

test('what is sealed cannot be found in any file, plain or as base64', () => {
  const folder = profile()
  const store = open(folder)
  const secret = `planted-${randomBytes(9).toString('hex')}`
  write(store, () => {
    store.drafts.put(draft('one', `password: ${secret}\n`, { session: `{"base":"${secret}"}` }))
    store.drafts.addStep('one', 1, { textVersion: 5, change: { from: 0, to: 0, insert: secret } }, 1)
    const texts = { plan: `{"body":"${secret}"}`, brief: `{"reason":"${secret}"}` }
    store.submits.send({ id: 'p', edit: 'one', context: 'c', ref, sent: 1, strategy: 'merge', ...texts })
    store.submits.settle('p', { state: 'written', answered: 2, answer: `{"answer":"${secret}"}`, told: secret })
  })
  const forms = [secret, Buffer.from(secret).toString('base64').slice(0, -4)]
  const search = () => {
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name))
      for (const form of forms) expect(bytes.includes(form), `${form} in ${name}`).toBe(false)
    }
    return readdirSync(folder)
  }
  // The write-ahead log is there while the store is open.
  expect(search()).toEqual(expect.arrayContaining(['patchbay.db', 'patchbay.db-wal', 'key']))
  closeAll()
  search()
  // The search itself finds what is there: a setting is in clear.
  open(folder).saveSettings({ recents: [`apps/${secret}`] })
  expect(search).toThrow(/planted/)
})

test('a sealed value opens in its own place only, and only whole', () => {
  const sealer = createSealer(randomBytes(32))
  const sealed = sealer.seal('text', 'drafts one text')
  expect(sealer.open(sealed, sealer.keyId, 'drafts one text')).toBe('text')
  expect(sealer.open(sealed, sealer.keyId, 'drafts two text')).toBeNull()
  for (let at = 0; at < sealed.length; at++) {
    const broken = sealed.slice()
    broken[at] = (broken[at] ?? 0) ^ 1
    expect(sealer.open(broken, sealer.keyId, 'drafts one text'), `byte ${at}`).toBeNull()
    expect(sealer.open(sealed.subarray(0, at), sealer.keyId, 'drafts one text')).toBeNull()
  }
  const other = createSealer(randomBytes(32))
  expect(other.open(sealed, sealer.keyId, 'drafts one text')).toBeNull()
  expect(sealer.seal('text', 'drafts one text')).not.toEqual(sealed)
})

test('one database row moved onto another is not taken for it', () => {
  const folder = profile()
  const store = open(folder)
  write(store, () => {
    store.drafts.put(draft('one', 'text of one'))
    store.drafts.put(draft('two', 'text of two'))
  })
  closeAll()
  const database = new DatabaseSync(join(folder, 'patchbay.db'))
  database.exec(`UPDATE drafts SET text = (SELECT text FROM drafts WHERE id = 'two') WHERE id = 'one'`)
  database.close()
  expect(open(folder).drafts.read('one')).toBeNull()
})

test('with its key gone a draft is unreadable, said so, and stays; with the key back it is there', () => {
  const folder = profile()
  write(open(folder), () => opened[0]?.drafts.put(draft('one', 'precious')))
  closeAll()
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
  renameSync(join(folder, 'key'), join(folder, 'elsewhere'))

  const without = open(folder)
  expect(without.problems()).toEqual([{ code: 'drafts-unreadable', count: 1 }])
  expect(without.drafts.list()).toEqual([])
  expect(without.drafts.read('one')).toBeNull()
  write(without, () => without.drafts.put(draft('two', 'with the new key')))
  closeAll()
  expect(open(folder).drafts.read('two')?.text).toBe('with the new key')
  closeAll()

  renameSync(join(folder, 'elsewhere'), join(folder, 'key'))
  expect(open(folder).drafts.read('one')?.text).toBe('precious')
})

test('a key file that is no key is moved aside', () => {
  const folder = profile()
  writeFileSync(join(folder, 'key'), 'half a ke')
  const store = open(folder)
  write(store, () => store.drafts.put(draft('one', 'text')))
  expect(readdirSync(folder).some(name => name.startsWith('key.damaged-'))).toBe(true)
  closeAll()
  expect(open(folder).drafts.read('one')?.text).toBe('text')
})

test('the keychain’s key seals where there is one, and what the key file sealed before still opens', () => {
  const folder = profile()
  write(open(folder), () => opened[0]?.drafts.put(draft('before', 'by the file')))
  closeAll()
  const keychainKey = randomBytes(32).toString('base64')
  const store = open(folder, keychainKey)
  write(store, () => store.drafts.put(draft('after', 'by the keychain')))
  expect(store.drafts.read('before')?.text).toBe('by the file')
  closeAll()
  // The keychain is locked this time.
  const locked = open(folder)
  expect(locked.problems()).toEqual([{ code: 'drafts-unreadable', count: 1 }])
  expect(locked.drafts.list().map(({ id }) => id)).toEqual(['before'])
  closeAll()
  expect(open(folder, keychainKey).drafts.read('after')?.text).toBe('by the keychain')
})

test('a full disk is an answer, what was kept before stays, and later writes work again', () => {
  const folder = profile()
  open(folder)
  closeAll()
  const database = new DatabaseSync(join(folder, 'patchbay.db'))
  const drafts = draftsIn(database, createSealer(randomBytes(32)))
  writeAll(database, () => drafts.put(draft('one', 'kept')))
  const { page_count } = database.prepare('PRAGMA page_count').get() ?? {}
  database.exec(`PRAGMA max_page_count = ${page_count}`)
  const large = draft('two', randomBytes(200_000).toString('hex'))
  expect(writeAll(database, () => drafts.put(large))).toEqual({
    ok: false,
    problem: { code: 'not-kept', reason: 'disk-full' },
  })
  expect(drafts.list().map(({ id }) => id)).toEqual(['one'])
  database.exec('PRAGMA max_page_count = 1000000')
  expect(writeAll(database, () => drafts.put(large)).ok).toBe(true)
  expect(drafts.read('two')?.text).toBe(large.text)
  database.exec('PRAGMA query_only = ON')
  expect(writeAll(database, () => drafts.remove('two'))).toMatchObject({ problem: { reason: 'read-only' } })
  database.close()
})

test('the database of another app is moved aside as it was', () => {
  const folder = profile()
  const file = join(folder, 'patchbay.db')
  const foreign = new DatabaseSync(file)
  foreign.exec('CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES (1); PRAGMA user_version = 9')
  foreign.close()
  const before = readFileSync(file)
  const store = open(folder)
  const [problem] = store.problems()
  expect(problem?.code).toBe('store-foreign')
  expect(readFileSync(join(folder, problem !== undefined && 'movedTo' in problem ? problem.movedTo : ''))).toEqual(
    before,
  )
  write(store, () => store.drafts.put(draft('one', 'text')))
})

test('a profile of the first version keeps its settings', () => {
  const folder = profile()
  const old = new DatabaseSync(join(folder, 'patchbay.db'))
  old.exec(`CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    INSERT INTO settings VALUES ('theme', '"dark"'); PRAGMA user_version = 1`)
  old.close()
  const store = open(folder)
  expect(store.settings().theme).toBe('dark')
  write(store, () => store.drafts.put(draft('one', 'text')))
})

test('nothing is kept in a profile of a newer version, and each write says so', () => {
  const folder = profile()
  open(folder)
  closeAll()
  const newer = new DatabaseSync(join(folder, 'patchbay.db'))
  newer.exec('PRAGMA user_version = 1000')
  newer.close()
  const store = open(folder)
  const written = store.write(() => store.drafts.put(draft('one', 'text')))
  expect(written).toEqual({ ok: false, problem: { code: 'not-kept', reason: 'store-newer' } })
})
