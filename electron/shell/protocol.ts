import type { Protocol } from 'electron'
import { isAppPath, type PageFiles } from '../pages/files.ts'
import { commonHeaders, contentSecurityPolicy, filePolicy, makeNonce } from '../pages/security.ts'
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
  if (isAppPath(url.pathname)) {
    const nonce = makeNonce()
    return answer(files.index(nonce), 'text/html; charset=utf-8', contentSecurityPolicy(nonce))
  }
  const file = files.get(url.pathname)
  if (file === undefined) return plain(404)
  return answer(new Uint8Array(file.body), file.type, filePolicy(url.pathname))
}

function answer(body: BodyInit, type: string, policy: string): Response {
  return new Response(body, { headers: { ...commonHeaders, 'Content-Security-Policy': policy, 'Content-Type': type } })
}

function plain(status: number): Response {
  return new Response('', { status, headers: { ...commonHeaders, 'Content-Type': 'text/plain; charset=utf-8' } })
}
