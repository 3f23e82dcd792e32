import type { EditTarget } from '../../../contract/edit.ts'
import type { FoundFragment, FoundFragments, TemplateOwner } from '../../../contract/fragment.ts'
import { mapAt } from '../../../core/conditions.ts'
import { podSpecOf } from '../../../core/containers.ts'
import { readFragments } from '../../../core/fragment.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText, type ResourceType } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject, objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'
import { ownerChain } from '../objects/owner-chain.ts'

const configMaps: ResourceType = { group: '', version: 'v1', resource: 'configmaps' }
const mostConfigMaps = 500
/** Longer texts are no part of a PodSpec. */
const longestText = 64 * 1024

/** The keys of a namespace's ConfigMaps that hold part of a PodSpec. */
export async function findFragments(
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<Result<FoundFragments>> {
  const call = { namespace, labels: '', fields: '', accept: 'application/json', continueToken: null }
  const answer = await listChunk(cluster, configMaps, { ...call, limit: mostConfigMaps }, signal)
  const list = answer.ok ? objectOf(answer.value) : answer
  if (!list.ok) return list
  const { items } = list.value.object
  const found = (isList(items) ? items.filter(isObject) : []).flatMap(fragmentsIn)
  return ok({ found, more: (metadataText(list.value.object, 'continue') ?? '') !== '' })
}

function fragmentsIn(object: JsonObject): readonly FoundFragment[] {
  const configMap = metadataText(object, 'name') ?? ''
  return Object.entries(mapAt(object, 'data')).flatMap(([key, text]) => {
    // Reading YAML takes its time: a text that names no such field is not read.
    if (typeof text !== 'string' || text.length > longestText || !/containers|volumes/i.test(text)) return []
    const read = readFragments(text)
    return read.ok ? [{ configMap, key, text, title: read.value.map(({ title }) => title).join('; ') }] : []
  })
}

/** The topmost controller of an object that has a template for Pods; null where none of them has. */
export async function templateOwner(
  cluster: Cluster,
  target: EditTarget,
  signal: AbortSignal,
): Promise<Result<TemplateOwner | null>> {
  const read = await getObject(cluster, target, target, signal)
  if (!read.ok) return read
  const chain = await ownerChain(cluster, read.value.object, signal)
  // The topmost comes last; not all that controls makes Pods of a template of its own.
  for (const { controller, target: owner, kind } of [...chain].reverse()) {
    if (!controller || owner === null) continue
    const object = await getObject(cluster, owner, owner, signal)
    if (object.ok && podSpecOf(object.value.object) !== null) return ok({ target: owner, kind })
  }
  return ok(null)
}
