import type { Problem } from '../../../core/problem.ts'

/** Whether a server was not reached, or not as the person one is: nothing is then known of what it would have answered. */
export function isAway({ code }: Problem): boolean {
  return [
    'unreachable',
    'timed-out',
    'tls-failed',
    'rate-limited',
    'server-error',
    'credentials-failed',
    'unauthorized',
    'credentials-expired',
    'plugin-unconfirmed',
    'context-unknown',
  ].includes(code)
}

/** Whether only a person can help: a plugin that asks to log in must not be run every few seconds. */
export function asksForPerson({ code }: Problem): boolean {
  return code === 'credentials-failed' || code === 'plugin-unconfirmed'
}
