import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Seals values with AES-256-GCM, and opens what was sealed with any of its keys. */
export type Sealer = {
  /** The name of the key that seals, kept in clear beside what it sealed; it says nothing of the key. */
  readonly keyId: string
  /** `place` is the table, row and column: a sealed value does not open in another place. */
  readonly seal: (text: string, place: string) => Uint8Array
  /** Null where the key is gone, or where this is not what was sealed here. */
  readonly open: (sealed: Uint8Array, keyId: string, place: string) => string | null
  readonly knows: (keyId: string) => boolean
}

export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const cipher = 'aes-256-gcm'

/** A sealer that seals with the first key and opens with all. */
export function createSealer(first: Uint8Array, ...others: readonly Uint8Array[]): Sealer {
  const keys = new Map([first, ...others].map(key => [keyIdOf(key), key]))
  return {
    keyId: keyIdOf(first),
    knows: keyId => keys.has(keyId),
    seal: (text, place) => {
      // Random nonces are safe for some four thousand million values of one key.
      const nonce = randomBytes(nonceBytes)
      const sealing = createCipheriv(cipher, first, nonce).setAAD(Buffer.from(place))
      const sealed = [sealing.update(text, 'utf8'), sealing.final()]
      return Buffer.concat([nonce, sealing.getAuthTag(), ...sealed])
    },
    open: (sealed, keyId, place) => {
      const key = keys.get(keyId)
      return key === undefined ? null : openWith(key, sealed, place)
    },
  }
}

function openWith(key: Uint8Array, sealed: Uint8Array, place: string): string | null {
  if (sealed.length < nonceBytes + tagBytes) return null
  const nonce = sealed.subarray(0, nonceBytes)
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
  opening.setAAD(Buffer.from(place))
  opening.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  const text = opening.update(sealed.subarray(nonceBytes + tagBytes))
  try {
    return Buffer.concat([text, opening.final()]).toString('utf8')
  } catch {
    // It was sealed with another key, in another place, or was damaged: the tag does not tell which.
    return null
  }
}

function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('patchbay key id').update(key).digest('hex').slice(0, 16)
}
