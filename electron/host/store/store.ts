import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { defaultSettings, type Settings, settingsSchema } from '../../../contract/app.ts'
import { fail, type Problem, type Result } from '../../../core/problem.ts'
import type { GuardRecord } from '../guards/book.ts'
import { openDatabase } from './database.ts'
import { type Drafts, draftsIn } from './drafts.ts'
import { type NotKept, writeAll } from './failure.ts'
import { guardTable } from './guards.ts'
import { sealerOf } from './key.ts'
import { type Memory, memorySchema, noMemory } from './memory.ts'
import { type Change, settingsIn } from './settings.ts'
import { type Submits, submitsIn } from './submits.ts'
import { type Texts, textsIn } from './texts.ts'

/**
 * The local database of one profile. Texts, objects, requests and answers are sealed in it; what is in clear says which
 * object, through which context, when, in what state.
 */
export type Store = {
  /** What the person chose, with the default for whatever was never chosen or cannot be read. */
  settings(): Settings
  /** Replaces some settings and gives all of them, on disk when it returns. */
  saveSettings(part: Change<Settings>): Settings
  /** What the host keeps for itself. */
  memory(): Memory
  /** Replaces some of that. It holds only where it is kept: `not-kept`. */
  remember(part: Change<Memory>): Result<void, NotKept>
  /** The guards of clusters, those too that were declined. */
  guards(): readonly GuardRecord[]
  /** Replaces all guards. They hold at once; `not-kept` where the next start will not know them. */
  saveGuards(records: readonly GuardRecord[]): Result<void, NotKept>
  readonly drafts: Drafts
  readonly submits: Submits
  readonly texts: Texts
  /**
   * Does what `change` writes in one transaction: on disk when this returns, or not at all. `not-kept` where the disk
   * does not take it, or where this profile keeps nothing.
   */
  write(change: () => void): Result<void, NotKept>
  /**
   * What was found when opening: `store-damaged` and `store-foreign` (moved aside, a fresh one begun), `store-newer`
   * (left alone, nothing is kept), `drafts-unreadable` (their key is gone; their rows stay).
   */
  problems(): readonly Problem[]
  close(): void
}

const fileName = 'patchbay.db'

/**
 * Opens a profile's store, making folder (mode 0700) and file (0600) as needed. A damaged file never stops the app.
 * `keychainKey` is the key that the system's keychain guards, as base64; null for a key file in the profile.
 */
export function openStore(profile: string, keychainKey: string | null = null): Store {
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  chmodSync(profile, 0o700)
  const { database, problems, durable } = openDatabase(join(profile, fileName))
  const sealer = sealerOf(profile, keychainKey)
  const settings = settingsIn(database, settingsSchema, defaultSettings)
  const memory = settingsIn(database, memorySchema, noMemory)
  const guards = guardTable(database)
  const drafts = draftsIn(database, sealer)
  const unreadable = drafts.unreadable()
  const lost: readonly Problem[] = unreadable === 0 ? [] : [{ code: 'drafts-unreadable', count: unreadable }]
  return {
    problems: () => [...problems, ...lost],
    settings: settings.read,
    memory: memory.read,
    remember: part => writeAll(database, () => memory.write(part)),
    guards: guards.all,
    saveGuards(records) {
      const written = guards.replace(records)
      return written.ok && !durable ? fail({ code: 'not-kept', reason: 'store-newer' }) : written
    },
    saveSettings(part) {
      const written = writeAll(database, () => settings.write(part))
      if (!written.ok) throw new Error(`the settings cannot be kept: ${written.problem.reason}`)
      return settings.read()
    },
    drafts,
    submits: submitsIn(database, sealer),
    texts: textsIn(database, sealer),
    write(change) {
      // A submit's end may come after the app's: the next start finds it out.
      if (!database.isOpen) return fail({ code: 'not-kept', reason: 'disk-failed' })
      const written = writeAll(database, change)
      return written.ok && !durable ? fail({ code: 'not-kept', reason: 'store-newer' }) : written
    },
    close: () => database.close(),
  }
}
