import { X509Certificate } from 'node:crypto'
import type { Problem } from '../../../core/problem.ts'
import type { Credentials } from './credentials.ts'

/** Why a server no longer takes these credentials, as far as they say it themselves: `credentials-expired`, else null. */
export function expiryOf({ tls, headers }: Credentials, now = Date.now()): Problem | null {
  const token = /^Bearer (.+)$/.exec([headers.authorization ?? ''].flat()[0] ?? '')?.[1]
  const until = token === undefined ? certificateEnd(tls.cert) : tokenEnd(token)
  if (until === null || until > now) return null
  const what = token === undefined ? 'certificate' : 'token'
  return { code: 'credentials-expired', what, since: new Date(until).toISOString() }
}

function certificateEnd(cert: Buffer | null): number | null {
  if (cert === null) return null
  try {
    return new X509Certificate(cert).validToDate.getTime()
  } catch {
    // Not a certificate: its server has said so, or the handshake.
    return null
  }
}

// The claim `exp` of a JSON Web Token (RFC 7519 section 4.1.4), in seconds. Other tokens say nothing.
function tokenEnd(token: string): number | null {
  const [, claims, ...more] = token.split('.')
  if (claims === undefined || more.length !== 1) return null
  try {
    const { exp } = Object(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')))
    return typeof exp === 'number' ? exp * 1000 : null
  } catch {
    // A token of another make.
    return null
  }
}
