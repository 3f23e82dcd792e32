import { type Json, type JsonObject, parseJson } from '../../../core/json.ts'
import { isList, isObject } from '../../../core/object.ts'
import type { Asked, Cause, Problem } from '../../../core/problem.ts'
import { withoutLongValues } from '../../../core/refused-value.ts'
import { maskText, safeServerMessage } from '../../../core/secret-text.ts'

/** A refusal as the API server words it (`kind: Status`); for a body that is none, `message` is its beginning. */
type Refusal = {
  readonly status: number
  readonly reason: string
  readonly message: string
  readonly kind: string
  readonly name: string
  readonly causes: readonly Cause[]
  readonly retryAfterSeconds: number | null
  /** False for a plain body, as of a proxy, the rate limiter or an unknown path. */
  readonly fromApi: boolean
}

/**
 * The problem that an answer of 400 and above means. The server's words are kept where they are safe: quoted objects are
 * cut off, and `secrets` (values that the request or the object held) are masked. `mediaType` is what the request sent.
 */
export function problemFrom(
  status: number,
  headers: Readonly<Record<string, string>>,
  bodyText: string,
  asked: Asked,
  secrets: readonly string[] = [],
  mediaType = '',
): Problem {
  const refusal = readRefusal(status, headers, bodyText)
  const secret = asked.group === '' && asked.resource === 'secrets'
  const quotesAll = quotesObject(refusal, secret)
  const clean = (text: string) => shortened(maskText(quotesAll ? (safeServerMessage(text) ?? '') : text, secrets))
  return (
    admissionProblem(refusal, clean) ??
    fieldProblem(refusal, secret, clean) ??
    conversionProblem(refusal, clean) ??
    sizeProblem(refusal) ??
    storageProblem(refusal, clean) ??
    problemByStatus(refusal, asked, mediaType, clean)
  )
}

// A patch that gives no readable object is refused with the object itself in the words; of a Secret that is never shown.
function quotesObject({ status, causes, message }: Refusal, secret: boolean): boolean {
  if (causes.some(cause => cause.field === 'patch')) return true
  return secret && (status === 400 || status === 500) && !message.startsWith('admission webhook')
}

type Clean = (text: string) => string

// Nobody reads more, and a page that draws megabytes stands still.
const longestMessage = 10_000
const mostCauses = 200

function shortened(words: string): string {
  const text = withoutLongValues(words)
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`
}

function problemByStatus(refusal: Refusal, asked: Asked, mediaType: string, clean: Clean): Problem {
  const message = clean(refusal.message)
  switch (refusal.status) {
    case 400:
      return { code: 'decoding-failed', message, causes: [] }
    case 401:
      return { code: 'unauthorized', message }
    case 403:
      return forbiddenProblem(refusal, asked, message)
    case 404:
      return missingProblem(refusal, asked, message)
    case 405:
      return { code: 'verb-unsupported', verb: asked.verb, resource: asked.resource }
    case 409:
      return conflictProblem(refusal, message)
    case 410:
      return { code: 'expired', message }
    case 415:
      return { code: 'media-type-unsupported', mediaType }
    case 422:
      return invalidProblem(refusal, message, clean)
    case 429:
      return { code: 'rate-limited', retryAfterSeconds: refusal.retryAfterSeconds }
    case 503:
      // With a time to come back it was turned away at the door; without one nobody knows how far it got.
      if (refusal.retryAfterSeconds !== null) {
        return { code: 'rate-limited', retryAfterSeconds: refusal.retryAfterSeconds }
      }
      return { code: 'server-error', status: 503, message }
    default:
      return { code: 'server-error', status: refusal.status, message }
  }
}

// Names that a server quotes, of objects and of fields: bounded, so that no answer makes a pattern try a megabyte at each quote.
const dryRunWebhook = /admission webhook "[^"]{1,300}" does not support dry run/
const denyingPolicy = /(Validating|Mutating)AdmissionPolicy '([^']{1,300})' with binding '[^']{1,300}' denied request: /
const denyingWebhook = /admission webhook "([^"]{1,300})" denied the request(?:: | without explanation)/
const failedWebhook = /failed calling webhook "([^"]{1,300})": /
const unknownField = /unknown field "([^"]{1,2000})"/g
const undeclaredField = /(?:^|[\s:])\.([^\s:]{1,2000}): field not declared in schema/g
const mistypedField = /(?:^|[\s:])(\.[^\s:]{1,2000}): (expected [^\n]+)/g

// A policy chooses its status (422 unless it says 401, 403 or 413), a webhook any: their words are what tells them apart.
function admissionProblem({ message, status, causes }: Refusal, clean: Clean): Problem | null {
  if (dryRunWebhook.test(message)) return { code: 'dry-run-unsupported', message: clean(message) }

  const policy = denyingPolicy.exec(message)
  if (policy !== null) {
    const stage = policy[1] === 'Mutating' ? 'mutating-admission' : 'validating-admission'
    const words = message.slice(policy.index + policy[0].length)
    return {
      code: 'admission-denied',
      stage,
      policy: policy[2] ?? null,
      webhook: null,
      message: clean(words),
      causes: [],
    }
  }
  const webhook = denyingWebhook.exec(message)
  if (webhook !== null) {
    const words = message.slice(webhook.index + webhook[0].length)
    return {
      code: 'admission-denied',
      stage: 'admission',
      policy: null,
      webhook: webhook[1] ?? null,
      message: clean(words),
      causes: placedCauses(causes, clean),
    }
  }
  const failed = status === 500 ? failedWebhook.exec(message) : null
  if (failed !== null)
    return {
      code: 'admission-denied',
      stage: 'admission',
      policy: null,
      webhook: failed[1] ?? null,
      message: clean(message),
      causes: [],
    }
  return null
}

// One mistake, three shapes: PATCH 422 with the cause `patch`, PUT and POST 400 without causes, apply 500 without a reason.
function fieldProblem(refusal: Refusal, secret: boolean, clean: Clean): Problem | null {
  const { message, causes } = refusal
  // The path is at the end, after a whole object that may hold the same words as data: only the last ones are the server's.
  const tails = [message, ...causes.map(cause => cause.message)].map(afterLast('strict decoding error: '))
  const strict =
    tails.find(tail => tail !== null) ?? (message.includes('failed to create typed patch object') ? message : null)
  if (strict === null) return patchDecodingProblem(refusal, secret, clean)

  const unknown = [
    ...[...strict.matchAll(unknownField)].map(match => match[1] ?? ''),
    ...[...strict.matchAll(undeclaredField)].map(match => match[1] ?? ''),
  ]
  const fields = [...new Set(unknown)]
  const [first] = fields
  if (first === undefined)
    return { code: 'decoding-failed', message: clean(message), causes: typedCauses(strict, clean) }
  if (fields.length === 1) return { code: 'unknown-field', field: first }
  const each = fields.map(field => ({ reason: 'FieldValueUnknown', field, message: 'unknown field' }))
  return { code: 'invalid', message: 'unknown fields', causes: each }
}

// A patch that gives no readable object: wrong base64, a number where a text belongs. The cause quotes the object first.
function patchDecodingProblem({ status, causes }: Refusal, secret: boolean, clean: Clean): Problem | null {
  const cause = status === 422 ? causes.find(one => one.field === 'patch') : undefined
  if (cause === undefined) return null
  const known = clean(cause.message)
  if (known !== '' || secret) return { code: 'decoding-failed', message: known, causes: [] }
  const rest = /^Invalid value: "(?:[^"\\]|\\.)*": (.*)$/s.exec(cause.message)
  return { code: 'decoding-failed', message: shortened(rest?.[1] ?? ''), causes: [] }
}

function sizeProblem({ status, message }: Refusal): Problem | null {
  const larger = /larger than max \((\d+) vs\. (\d+)\)/.exec(message)
  if (larger !== null) return { code: 'too-large', bytes: Number(larger[1]), limit: Number(larger[2]) }
  const limit = /limit is (\d+)/.exec(message)
  if (status === 413) return { code: 'too-large', bytes: null, limit: limit === null ? null : Number(limit[1]) }
  return message.includes('etcdserver: request is too large') ? { code: 'too-large', bytes: null, limit: null } : null
}

// A webhook that turns one version of a custom resource into another did not, or not well.
function conversionProblem({ message, status }: Refusal, clean: Clean): Problem | null {
  const failed = status >= 500 && /\bconversion webhook for /.test(message)
  return failed ? { code: 'conversion-failed', message: clean(message) } : null
}

// What etcd, or the way to it, could not do: `mvcc: database space exceeded`, `leader changed`, `request timed out`.
function storageProblem({ message, status }: Refusal, clean: Clean): Problem | null {
  return status >= 500 && /\betcdserver: /.test(message) ? { code: 'storage-failed', message: clean(message) } : null
}

function forbiddenProblem({ message: raw, fromApi }: Refusal, asked: Asked, message: string): Problem {
  if (/is forbidden: (exceeded|failed) quota: /.test(raw)) return { code: 'quota-exceeded', message }
  const security = /is forbidden: violates PodSecurity /.test(raw)
  // The authorizer always names the user; whatever else is forbidden was forbidden by an admission plugin.
  if (!fromApi || (/\bcannot \S+/.test(raw) && /\bUser "|^forbidden: User/.test(raw)))
    return { code: 'forbidden', asked, message }
  const stage = security ? 'validating-admission' : 'admission'
  return {
    code: 'admission-denied',
    stage,
    policy: security ? 'PodSecurity' : null,
    webhook: null,
    message,
    causes: [],
  }
}

function missingProblem(refusal: Refusal, asked: Asked, message: string): Problem {
  // An unknown path is answered in plain text, or by a Status that names nothing.
  if (refusal.name === '' && refusal.kind === '')
    return { code: 'resource-unknown', group: asked.group, resource: asked.resource }
  const other = refusal.kind === 'namespaces' && asked.resource !== 'namespaces'
  if (!other) return { code: 'not-found', asked, message }
  const namespace = { verb: asked.verb, group: '', resource: 'namespaces', namespace: null, name: refusal.name }
  return { code: 'not-found', asked: namespace, message }
}

function conflictProblem({ reason, message: raw, causes, status }: Refusal, message: string): Problem {
  if (reason === 'AlreadyExists') return { code: 'already-exists', message }
  const owners = causes.filter(cause => cause.reason === 'FieldManagerConflict')
  if (owners.length > 0) return { code: 'owner-conflict', owners: owners.map(ownerOf), message }
  if (/UID in (the )?precondition|uid mismatch/.test(raw)) return { code: 'uid-conflict', message }
  if (/the object has been modified|Operation cannot be fulfilled|resourceVersion/i.test(raw))
    return { code: 'version-conflict', message }
  return { code: 'server-error', status, message }
}

function ownerOf({ message, field }: Cause): { readonly manager: string; readonly field: string } {
  return { manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? '', field: field.replace(/^\./, '') }
}

function invalidProblem({ causes }: Refusal, message: string, clean: Clean): Problem {
  // Every request names the uid it means: a uid that "is immutable" is another object of the same name.
  if (causes.some(cause => cause.field === 'metadata.uid')) return { code: 'uid-conflict', message }
  // "must be specified for an update", behind an invalid value that is written in three ways.
  if (causes.length === 1 && causes[0]?.field === 'metadata.resourceVersion')
    return { code: 'version-missing', message }
  return {
    code: 'invalid',
    message,
    causes: causes.slice(0, mostCauses).map(cause => ({ ...cause, message: clean(cause.message) })),
  }
}

/** The causes that name a field: a policy's own only repeat its words. */
function placedCauses(causes: readonly Cause[], clean: Clean): readonly Cause[] {
  return causes
    .filter(cause => cause.field !== '')
    .slice(0, mostCauses)
    .map(cause => ({ ...cause, message: clean(cause.message) }))
}

/** What a typed apply says of each value it cannot take: `.spec.replicas: expected numeric (int or float), got string`. */
function typedCauses(message: string, clean: Clean): readonly Cause[] {
  const found = [...message.matchAll(mistypedField)]
  return found
    .slice(0, mostCauses)
    .map(([, field = '', words = '']) => ({ reason: 'FieldValueTypeInvalid', field, message: clean(words) }))
}

function readRefusal(status: number, headers: Readonly<Record<string, string>>, bodyText: string): Refusal {
  const parsed = parseJson(bodyText)
  const body = parsed.ok && isObject(parsed.value) && parsed.value.kind === 'Status' ? parsed.value : null
  const details = isObject(body?.details) ? body.details : {}
  const afterHeader = Number(headers['retry-after'])
  const afterBody = Number(details.retryAfterSeconds)
  return {
    status,
    reason: textOf(body?.reason),
    message: body === null ? bodyText.trim().slice(0, 500) : textOf(body.message),
    kind: textOf(details.kind),
    name: textOf(details.name),
    causes: isList(details.causes) ? details.causes.filter(isObject).map(causeOf) : [],
    retryAfterSeconds: [afterHeader, afterBody].find(seconds => Number.isFinite(seconds) && seconds > 0) ?? null,
    fromApi: body !== null,
  }
}

function causeOf(cause: JsonObject): Cause {
  return { reason: textOf(cause.reason), field: textOf(cause.field), message: textOf(cause.message) }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function afterLast(words: string): (text: string) => string | null {
  return text => {
    const at = text.lastIndexOf(words)
    return at < 0 ? null : text.slice(at + words.length)
  }
}
