import type { Compared } from '../../../contract/compare.ts'
import type { ObjectTarget } from '../../../contract/object.ts'
import { type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { encodeSecret } from '../../../core/secret-data.ts'
import { maskObject, maskPair } from '../../../core/secrets.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { getObject } from '../clusters/get.ts'

/** Two objects side by side, of whatever kinds, namespaces and clusters. */
export async function compareObjects(
  clusters: Clusters,
  { left, right }: { readonly left: ObjectTarget; readonly right: ObjectTarget },
  signal: AbortSignal,
): Promise<Result<Compared>> {
  const [one, other] = await Promise.all([read(clusters, left, signal), read(clusters, right, signal)])
  if (!one.ok) return one
  return other.ok ? ok(sideBySide(one.value, other.value)) : other
}

/** An object to be shown beside the text of an edit; `secret` as the contract says. */
export async function compareWithText(
  clusters: Clusters,
  { object: target, secret }: { readonly object: ObjectTarget; readonly secret: string | null },
  signal: AbortSignal,
): Promise<Result<Compared>> {
  const other = await read(clusters, target, signal)
  if (!other.ok) return other
  if (secret === null) return ok({ left: printJson(maskObject(other.value)), right: null })
  const said = parseJson(secret)
  if (!said.ok) return said
  if (!isObject(said.value)) return fail({ code: 'yaml-not-an-object' })
  const encoded = encodeSecret(said.value, other.value)
  return encoded.ok ? ok(sideBySide(other.value, encoded.value)) : encoded
}

async function read(clusters: Clusters, target: ObjectTarget, signal: AbortSignal): Promise<Result<JsonObject>> {
  const cluster = clusters.cluster(target.context)
  if (!cluster.ok) return cluster
  const answer = await getObject(cluster.value, target, target, signal)
  return answer.ok ? ok(answer.value.object) : answer
}

function sideBySide(one: JsonObject, other: JsonObject): Compared {
  const [left, right] = maskPair(one, other)
  return { left: printJson(left ?? {}), right: printJson(right ?? {}) }
}
