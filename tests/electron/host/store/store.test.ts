import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import { defaultSettings } from '../../../../contract/app.ts'
import { openStore, type Store } from '../../../../electron/host/store/store.ts'

const opened: Store[] = []
const folders: string[] = []

afterEach(() => {
  for (const store of opened.splice(0)) store.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function profile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-store-'))
  folders.push(folder)
  return join(folder, 'profile')
}

function open(folder: string): Store {
  const store = openStore(folder)
  opened.push(store)
  return store
}

function closeAll(): void {
  for (const store of opened.splice(0)) store.close()
}

test('a new profile has the default settings, and only its owner can read it', () => {
  const folder = profile()
  expect(open(folder).settings()).toEqual(defaultSettings)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
})

test('saved settings are there at the next start, others keep their default', () => {
  const folder = profile()
  expect(open(folder).saveSettings({ theme: 'dark', favourites: ['apps/deployments'] }).theme).toBe('dark')
  closeAll()
  expect(open(folder).settings()).toEqual({ ...defaultSettings, theme: 'dark', favourites: ['apps/deployments'] })
})

test('a setting that cannot be read falls back to its default alone', () => {
  const folder = profile()
  open(folder).saveSettings({ theme: 'dark', language: 'en' })
  closeAll()
  const database = new DatabaseSync(join(folder, 'patchbay.db'))
  database.exec(`UPDATE settings SET value = '"purple"' WHERE name = 'theme'`)
  database.exec(`INSERT INTO settings VALUES ('favourites', '{not json'), ('gone', '1')`)
  database.close()
  expect(open(folder).settings()).toEqual({ ...defaultSettings, language: 'en' })
})

test('a damaged file is moved aside, not deleted, and the app works on', () => {
  const folder = profile()
  open(folder)
  closeAll()
  writeFileSync(join(folder, 'patchbay.db'), 'this is no database, but long enough to be looked at '.repeat(100))
  const store = open(folder)
  expect(store.problems().map(problem => problem.code)).toEqual(['store-damaged'])
  expect(readdirSync(folder).some(name => name.startsWith('patchbay.db.damaged-'))).toBe(true)
  expect(store.saveSettings({ theme: 'light' }).theme).toBe('light')
})

test('a database of a newer app is left as it is', () => {
  const folder = profile()
  open(folder).saveSettings({ theme: 'dark' })
  closeAll()
  const database = new DatabaseSync(join(folder, 'patchbay.db'))
  database.exec('PRAGMA user_version = 1000')
  database.close()
  const store = open(folder)
  expect(store.problems()).toEqual([{ code: 'store-newer' }])
  store.saveSettings({ theme: 'light' })
  closeAll()
  const after = new DatabaseSync(join(folder, 'patchbay.db'))
  expect(after.prepare(`SELECT value FROM settings WHERE name = 'theme'`).get()?.value).toBe('"dark"')
  after.close()
})

test('guards are there at the next start; what cannot be read of one guards more, and costs the others nothing', () => {
  const folder = profile()
  const red = { colour: 'red', writes: 'never', confirm: true } as const
  const declined = { colour: null, writes: 'allowed', confirm: false } as const
  open(folder).saveGuards([
    { address: 'a', uid: 'u', guard: red },
    { address: 'b', uid: null, guard: declined },
    { address: 'c', uid: null, guard: declined },
    { address: 'd', uid: null, guard: declined },
  ])
  closeAll()
  const database = new DatabaseSync(join(folder, 'patchbay.db'))
  database.exec(`UPDATE guards SET value = '{"colour":"mauve","writes":"allowed","confirm":"no"}' WHERE address = 'c'`)
  database.exec(`UPDATE guards SET value = '{not json' WHERE address = 'd'`)
  database.close()
  expect(open(folder).guards()).toEqual([
    { address: 'a', uid: 'u', guard: red },
    { address: 'b', uid: null, guard: declined },
    { address: 'c', uid: null, guard: { colour: null, writes: 'allowed', confirm: true } },
    { address: 'd', uid: null, guard: { colour: null, writes: 'after-unlock', confirm: true } },
  ])
})
