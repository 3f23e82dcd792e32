import { createHash, randomBytes } from 'node:crypto'

/** Who may come in: launch tokens that open once, and the cookie values that they were exchanged for. */
export type Entrance = {
  /** A new launch token; it opens once, whenever that is. */
  readonly issue: () => string
  /** Exchanges a launch token for a cookie value; null when it is unknown or spent. */
  readonly redeem: (token: string) => string | null
  /** True for a cookie value that was given out. */
  readonly admits: (cookie: string | null) => boolean
}

/** An entrance that has let nobody in yet. */
export function createEntrance(): Entrance {
  // Kept as hashes, so that a look-up takes the same time however much of a guess is right.
  const tokens = new Set<string>()
  const cookies = new Set<string>()
  return {
    issue() {
      const token = secret()
      tokens.add(hash(token))
      return token
    },
    redeem(token) {
      if (!tokens.delete(hash(token))) return null
      const cookie = secret()
      cookies.add(hash(cookie))
      return cookie
    },
    admits: cookie => cookie !== null && cookies.has(hash(cookie)),
  }
}

/** 256 random bits as text that is safe in addresses, cookies and headers. */
export function secret(): string {
  return randomBytes(32).toString('base64url')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
