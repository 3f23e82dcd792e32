import type { Problem } from '../../../core/problem.ts'
import { codeOf } from './kubeconfig-file.ts'

/**
 * Why no answer came: `tls-failed`, `timed-out`, `unreachable`; or `outcome-unknown` where the request `writes` and may
 * have arrived. `seconds` is how long was waited at most.
 */
export function networkProblem(error: unknown, about: { readonly seconds: number; readonly writes: boolean }): Problem {
  const code = codeOf(innermost(error))
  const detail = `${code}${place(error)}`
  if (isTls(code)) return { code: 'tls-failed', detail }
  if (about.writes && !neverSent.has(code)) return { code: 'outcome-unknown', detail }
  if (timeouts.has(code)) return { code: 'timed-out', seconds: about.seconds }
  return { code: 'unreachable', detail }
}

const timeouts = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

// What fails before a byte of the request leaves.
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
])

function isTls(code: string): boolean {
  return (
    /^(CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/.test(
      code,
    ) ||
    code === 'EPROTO' ||
    code === 'UND_ERR_PRX_TLS'
  )
}

function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0]
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error
}

function place(error: unknown): string {
  const inner = innermost(error)
  if (!(inner instanceof Error) || !('address' in inner)) return ''
  return ` (${inner.address}${'port' in inner ? `:${inner.port}` : ''})`
}
