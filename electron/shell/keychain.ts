import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'

const fileName = 'key.sealed'
const keyBytes = 32

/**
 * The key that drafts are sealed with, as base64: kept in a file that only the system's keychain opens. Null where there
 * is no keychain (`basic_text` is none): the host then keeps a key file. One that the keychain cannot open any more is
 * moved aside, and a new one made. Only after the app is ready.
 */
export function keychainKey(safeStorage: SafeStorage, profile: string, platform = process.platform): string | null {
  if (!safeStorage.isEncryptionAvailable()) return null
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null
  const file = join(profile, fileName)
  return readKey(safeStorage, file) ?? makeKey(safeStorage, file, profile)
}

function readKey(safeStorage: SafeStorage, file: string): string | null {
  if (!existsSync(file)) return null
  try {
    return safeStorage.decryptString(readFileSync(file))
  } catch {
    // The keychain's entry is gone, or the file came from another machine. What it sealed may be read when it is back.
    renameSync(file, `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`)
    return null
  }
}

function makeKey(safeStorage: SafeStorage, file: string, profile: string): string {
  const key = randomBytes(keyBytes).toString('base64')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, safeStorage.encryptString(key), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return key
}
