import { randomBytes } from 'node:crypto'

/** The mark in the built `index.html` that each answer replaces with a nonce of its own; vite writes it (`html.cspNonce`). */
export const noncePlaceholder = '__PATCHBAY_NONCE__'

/** A nonce for one answer. */
export function makeNonce(): string {
  return randomBytes(18).toString('base64url')
}

/**
 * The page's Content-Security-Policy. `connect` are sources beside the page's own that it may connect to.
 * Inline scripts, eval, frames, forms and every foreign origin are refused; styles need the nonce.
 */
export function contentSecurityPolicy(nonce: string, connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * The policy in the answer of one of the page's files, which is a worker's own. The schema's worker reads texts and schemas
 * that may name any address: it can reach none.
 */
export function filePolicy(path: string, connect: readonly string[] = []): string {
  const isSchemaWorker = /^\/assets\/server-worker-[^/]*\.js$/.test(path)
  return isSchemaWorker ? "default-src 'none'; script-src 'self'" : contentSecurityPolicy(makeNonce(), connect)
}

/** Headers that every answer carries, whatever it is. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
