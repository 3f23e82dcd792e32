import type { ResourceType } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { maskText, secretValues } from '../../../core/secret-text.ts'
import { isSecret } from '../../../core/secrets.ts'
import { type Call, type Cluster, request } from './connection.ts'
import { type ObjectAnswer, objectOf } from './get.ts'
import { type At, askedFor, objectPath, writeQuery } from './path-of.ts'

/** How a patch is sent. `body` goes out byte for byte. */
export type PatchOptions = {
  readonly mediaType: string
  readonly body: string
  readonly dryRun: boolean
  readonly fieldManager: string
  /** Server-side apply only: take over what other managers own with another value. */
  readonly force?: boolean
  /** Values that no problem and no warning may quote: a Secret's. */
  readonly secrets?: readonly string[]
}

/**
 * Sends a patch. `outcome-unknown` where a real write's answer was lost or the server gave up on storing it: the object
 * must then be read, never the patch repeated. `server-too-old` refuses dry runs too.
 */
export async function patchObject(
  cluster: Cluster,
  type: ResourceType,
  at: At,
  options: PatchOptions,
  signal: AbortSignal,
): Promise<Result<ObjectAnswer>> {
  return sendWrite(cluster, {
    method: 'PATCH',
    path: objectPath(type, at),
    query: writeQuery(options),
    body: options.body,
    mediaType: options.mediaType,
    asked: askedFor('patch', type, at),
    writes: !options.dryRun,
    secrets: options.secrets ?? [],
    signal,
  })
}

/** Sends a request that writes an object, where the server is new enough to be written to. Its warnings come without the values of a Secret. */
export async function sendWrite(cluster: Cluster, call: Call): Promise<Result<ObjectAnswer>> {
  const state = await cluster.version()
  if (state.kind === 'ready' && state.tooOld) return fail({ code: 'server-too-old', version: state.version })
  const answer = await request(cluster, call)
  if (answer.ok) {
    const written = objectOf(answer.value)
    return written.ok ? ok(withoutSecrets(written.value, call.secrets ?? [])) : written
  }
  return call.writes ? fail(doubtOf(answer.problem)) : answer
}

/** Policies may quote a Secret's values in their warnings: those of the request, and what the server made of them. */
function withoutSecrets({ object, warnings }: ObjectAnswer, secrets: readonly string[]): ObjectAnswer {
  if (warnings.length === 0) return { object, warnings }
  const values = isSecret(object) ? [...secrets, ...secretValues(object)] : secrets
  return { object, warnings: warnings.map(warning => maskText(warning, values)) }
}

// etcd may have stored what the API server then gave up waiting for.
function doubtOf(problem: Problem): Problem {
  if (problem.code !== 'server-error') return problem
  const { status, message } = problem
  const unsure =
    status === 502 ||
    status === 504 ||
    /etcdserver: (request timed out|leader changed)|context deadline exceeded/.test(message)
  return unsure ? { code: 'outcome-unknown', detail: `${status}: ${message}` } : problem
}
