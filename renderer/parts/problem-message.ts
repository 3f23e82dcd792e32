import { canonicalJson, type Json } from '../../core/json.ts'
import { formatPath } from '../../core/path.ts'
import type { Asked, Cause, Problem } from '../../core/problem.ts'

/**
 * What the catalogue `problems` needs to say a problem: its keys, the facts to put in (with i18next's `context` and
 * `count` where the sentence depends on them), and the server's own words, which stay English.
 */
export type ProblemMessage = {
  readonly sentence: string
  readonly next: string
  readonly values: MessageValues
  readonly quote: string | null
  readonly causes: readonly Cause[]
}

/** Facts as i18next interpolates them; lists are joined in the person's language. */
export type MessageValues = Readonly<Record<string, string | number | readonly string[]>>

/** The message of a problem. Pure: the same problem gives the same keys and values. */
export function problemMessage(problem: Problem): ProblemMessage {
  return {
    sentence: `${problem.code}.sentence`,
    next: `${problem.code}.next`,
    values: valuesOf(problem),
    quote: quoteOf(problem),
    causes: 'causes' in problem ? problem.causes : [],
  }
}

function valuesOf(problem: Problem): MessageValues {
  switch (problem.code) {
    case 'api-version-changed':
    case 'kind-changed':
    case 'name-changed':
    case 'namespace-changed':
    case 'uid-changed':
    case 'resource-version-changed':
      return identityValues(problem.expected, problem.found)
    case 'manifest-incomplete':
      return { missing: problem.missing }
    case 'patch-falls-short':
      return {
        paths: problem.paths.map(formatPath),
        ...(problem.reaching.length > 0 ? { context: 'choose', reaching: problem.reaching } : {}),
      }
    case 'strategy-unserved':
      return { strategy: problem.strategy, served: problem.served }
    case 'guard-unsupported':
      return { context: problem.guard, strategy: problem.strategy, instead: problem.instead }
    case 'merge-conflict':
      return { count: problem.conflicts.length }
    case 'timed-out':
      return { count: problem.seconds }
    case 'forbidden':
    case 'not-found':
      return askedValues(problem.asked)
    case 'invalid':
      return problem.causes.length === 0 ? { context: 'plain' } : { count: problem.causes.length }
    case 'admission-denied':
      if (problem.policy !== null) return { context: 'policy', policy: problem.policy }
      return problem.webhook !== null ? { context: 'webhook', webhook: problem.webhook } : {}
    case 'owner-conflict':
      return { owners: problem.owners.map(({ manager, field }) => `${manager} (${field})`) }
    case 'too-large':
      return problem.bytes === null || problem.limit === null
        ? { context: 'unknown' }
        : { bytes: problem.bytes, limit: problem.limit }
    case 'rate-limited':
      return problem.retryAfterSeconds === null ? { context: 'unknown' } : { count: problem.retryAfterSeconds }
    case 'yaml-unsupported':
      return { context: problem.what }
    case 'fragment-unfit':
    case 'quick-edit-unfit':
      return { context: problem.reason, detail: problem.detail }
    case 'undetermined':
      return { context: problem.reason }
    case 'context-read-only':
      return { name: problem.context, ...(problem.unlockable ? { context: 'locked' } : {}) }
    case 'credentials-expired':
      return { context: problem.what, since: inMinutes(problem.since) }
    case 'person-changed':
      return { name: problem.context, before: problem.before, now: problem.now }
    case 'confirmation-missing':
      return { name: problem.context }
    case 'not-kept':
      return { context: problem.reason }
    case 'outcome-unknown':
      return { context: problem.detail, detail: problem.detail }
    case 'resource-unknown':
      return { what: groupResource(problem) }
    case 'server-error':
      // Below 400 the way worked, but what answered is no API server: a login page, a proxy, another service.
      return { status: problem.status, ...(problem.status < 400 ? { context: 'stranger' } : {}) }
    default:
      return plainFacts(problem)
  }
}

/** The facts that are words or numbers already, under their own names. */
function plainFacts(problem: Problem): MessageValues {
  const facts: [string, string | number][] = []
  for (const [name, value] of Object.entries(problem)) {
    if (name !== 'code' && (typeof value === 'string' || typeof value === 'number')) facts.push([name, value])
  }
  return Object.fromEntries(facts)
}

/** An ISO time without seconds, `2026-11-22 10:00 UTC`. */
function inMinutes(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}

function identityValues(expected: Json, found: Json): MessageValues {
  if (found === null) return { context: 'removed', expected: inWords(expected) }
  if (expected === null) return { context: 'added', found: inWords(found) }
  return { expected: inWords(expected), found: inWords(found) }
}

function inWords(value: Json): string {
  return typeof value === 'string' ? value : canonicalJson(value)
}

function askedValues(asked: Asked): MessageValues {
  const { verb, namespace, name, subresource } = asked
  const resource = groupResource(asked) + (subresource === undefined ? '' : `/${subresource}`)
  const what = name === null ? resource : `${resource} “${name}”`
  return { verb, resource, what, ...(namespace === null ? { context: 'cluster' } : { namespace }) }
}

/** As kubectl writes it: `deployments.apps`, `pods`. */
function groupResource({ group, resource }: { readonly group: string; readonly resource: string }): string {
  return group === '' ? resource : `${resource}.${group}`
}

/** The server's words, where the sentence alone would lose what only they say. */
function quoteOf(problem: Problem): string | null {
  // Causes say it all, but for admission's: there the words are the reason, and the causes only where it points.
  if (problem.code !== 'admission-denied' && 'causes' in problem && problem.causes.length > 0) return null
  return 'message' in problem && problem.message !== '' ? problem.message : null
}
