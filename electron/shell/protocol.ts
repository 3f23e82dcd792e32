import type { Protocol } from 'electron'
import { isAppPath, type PageFiles } from '../pages/files.ts'
import { commonHeaders, contentSecurityPolicy, makeNonce } from '../pages/security.ts'
import { scheme } from './origin.ts'

/** Tells Electron, before it is ready, that our scheme is as good as https: an origin, secure contexts, fetch. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built page at `app://patchbay/`, as the loopback host does at its own address. */
export function servePage(protocol: Pick<Protocol, 'handle'>, files: PageFiles): void {
  protocol.handle(scheme, request => answerRequest(new URL(request.url), request.method, files))
}

/** The answer to one request for the page or a file of it. */
export function answerRequest(url: URL, method: string, files: PageFiles): Response {
  if (url.host !== 'patchbay') return plain(404)
  if (method !== 'GET') return plain(405)
  const nonce = makeNonce()
  const headers = { ...commonHeaders, 'Content-Security-Policy': contentSecurityPolicy(nonce) }
  if (isAppPath(url.pathname)) {
    return new Response(files.index(nonce), { headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } })
  }
  const file = files.get(url.pathname)
  if (file === undefined) return plain(404)
  return new Response(new Uint8Array(file.body), { headers: { ...headers, 'Content-Type': file.type } })
}

function plain(status: number): Response {
  return new Response('', { status, headers: { ...commonHeaders, 'Content-Type': 'text/plain; charset=utf-8' } })
}
