import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { expect, onTestFinished, test } from 'vitest'
import { keychainKey } from '../../../electron/shell/keychain.ts'

/** A keychain that seals by turning the bytes around, under a name; another name's it refuses. */
function keychain(name: string, { available = true, backend = 'gnome_libsecret' } = {}): SafeStorage {
  const stand = {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text: string) => Buffer.from(`${name}:${[...text].reverse().join('')}`),
    decryptString(sealed: Buffer) {
      const [by, text = ''] = sealed.toString().split(':')
      if (by !== name) throw new Error('not mine')
      return [...text].reverse().join('')
    },
  }
  // The keychain is asked for nothing else.
  return stand as unknown as SafeStorage
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'patchbay-keychain-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

test('the key is made once, and lies in the profile only as the keychain sealed it', () => {
  const profile = folder()
  const key = keychainKey(keychain('mine'), profile, 'linux')
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32)
  expect(keychainKey(keychain('mine'), profile, 'linux')).toBe(key)
  expect(readdirSync(profile)).toEqual(['key.sealed'])
  expect(readFileSync(join(profile, 'key.sealed'), 'utf8')).not.toContain(key)
  expect(statSync(join(profile, 'key.sealed')).mode & 0o777).toBe(0o600)
})

test('a keychain that is none gives no key: the host keeps a file of its own', () => {
  expect(keychainKey(keychain('mine', { available: false }), folder(), 'darwin')).toBeNull()
  expect(keychainKey(keychain('mine', { backend: 'basic_text' }), folder(), 'linux')).toBeNull()
})

test('a key that the keychain does not open any more is moved aside, and a new one made', () => {
  const profile = folder()
  const before = keychainKey(keychain('mine'), profile, 'darwin')
  const after = keychainKey(keychain('another'), profile, 'darwin')
  expect(after).not.toBe(before)
  expect(readdirSync(profile).some(name => name.startsWith('key.sealed.unreadable-'))).toBe(true)
  expect(keychainKey(keychain('another'), profile, 'darwin')).toBe(after)
})
