import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createSealer, keyBytes, type Sealer } from './seal.ts'

const fileName = 'key'

/**
 * The sealer of a profile. `keychainKey` is the key that the system's keychain guards, as base64; where there is none, a
 * key file of mode 0600 in the profile takes its place. What was sealed with the other of the two opens as well. A key
 * file that is no key is moved aside. Throws what the file system throws where a key can be neither read nor kept.
 */
export function sealerOf(profile: string, keychainKey: string | null): Sealer {
  const file = join(profile, fileName)
  const kept = readKeyFile(file)
  const fromKeychain = keychainKey === null ? null : keyFrom(keychainKey)
  if (fromKeychain !== null) return createSealer(fromKeychain, ...(kept === null ? [] : [kept]))
  return createSealer(kept ?? makeKeyFile(file))
}

function readKeyFile(file: string): Buffer | null {
  if (!existsSync(file)) return null
  const key = keyFrom(readFileSync(file, 'utf8').trim())
  if (key === null) renameSync(file, `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`)
  return key
}

function keyFrom(text: string): Buffer | null {
  const key = Buffer.from(text, 'base64')
  return key.length === keyBytes ? key : null
}

/** On disk before anything is sealed with it: a key that a power cut takes would take the drafts with it. */
function makeKeyFile(file: string): Buffer {
  const key = randomBytes(keyBytes)
  const half = `${file}.new`
  const handle = openSync(half, 'w', 0o600)
  try {
    writeSync(handle, `${key.toString('base64')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(half, file)
  syncFolderOf(file)
  return key
}

function syncFolderOf(file: string): void {
  // Windows knows no such call, and keeps the rename by itself.
  if (process.platform === 'win32') return
  const folder = openSync(join(file, '..'), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
