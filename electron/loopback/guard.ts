import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is refused before anything is looked up. */
export type Refusal = 'host' | 'origin' | 'site'

/**
 * Checks who is asking. `Host` must be a name of ours (a rebound DNS name is not); `Origin`, where sent, must be the
 * very origin of that Host; other sites and other ports may only link to us, in a whole page. Null means go on.
 */
export function refuse(headers: IncomingHttpHeaders, hosts: readonly string[], upgrade = false): Refusal | null {
  const { host, origin } = headers
  if (host === undefined || !isOurs(host, hosts)) return 'host'
  if (origin === undefined ? upgrade : !isOriginOf(origin, host)) return 'origin'
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'none' || site === 'same-origin') return null
  const isWholePage = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isWholePage ? null : 'site'
}

/** True when a navigation comes from another site, in which case the browser withholds a `SameSite=Strict` cookie. */
export function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

/** The value of a cookie, null when it was not sent. */
export function readCookie(headers: IncomingHttpHeaders, name: string): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

// A name given without a port is ours at every port: an SSH tunnel may end at any.
function isOurs(host: string, hosts: readonly string[]): boolean {
  const lower = host.toLowerCase()
  const name = lower.replace(/:\d+$/, '')
  return hosts.some(ours => ours.toLowerCase() === lower || ours.toLowerCase() === name)
}

// https: a TLS-terminating proxy of the person's own may stand in front.
function isOriginOf(origin: string, host: string): boolean {
  const lower = origin.toLowerCase()
  return lower === `http://${host.toLowerCase()}` || lower === `https://${host.toLowerCase()}`
}
