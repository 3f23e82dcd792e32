import type { Owner } from '../../../contract/converge.ts'
import { mapAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText, type ObjectRef, type ResourceType } from '../../../core/object.ts'
import type { Cluster } from '../clusters/connection.ts'
import { findKindOf } from '../clusters/discovery.ts'
import { objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'
import { controllerOf } from './pods.ts'

const autoscalers: ResourceType = { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' }
const mostAutoscalers = 500

/** What writes an object by itself, as far as that can be found out: its controller, and who scales it. */
export async function findOwners(
  cluster: Cluster,
  ref: ObjectRef,
  object: JsonObject,
  signal: AbortSignal,
): Promise<readonly Owner[]> {
  const controller = controllerOf(object)
  const [owner, scalers] = await Promise.all([
    controller === null ? null : ownerOf(cluster, ref, controller, signal),
    scalersOf(cluster, ref, object, signal),
  ])
  return owner === null ? scalers : [owner, ...scalers]
}

async function ownerOf(cluster: Cluster, ref: ObjectRef, owner: JsonObject, signal: AbortSignal): Promise<Owner> {
  const [kind, name] = [textAt(owner, 'kind'), textAt(owner, 'name')]
  const found = await findKindOf(cluster, { apiVersion: textAt(owner, 'apiVersion'), kind }, signal)
  if (!found.ok) return { kind, name, target: null }
  const { group, version, resource, namespaced } = found.value
  const namespace = namespaced ? ref.namespace : null
  return {
    kind,
    name,
    target: { context: cluster.context, group, version, resource, namespace, name, subresource: null },
  }
}

/** The autoscalers that name the object as their target; none where they may not be read. */
async function scalersOf(
  cluster: Cluster,
  ref: ObjectRef,
  object: JsonObject,
  signal: AbortSignal,
): Promise<readonly Owner[]> {
  if (ref.namespace === null || mapAt(object, 'spec').replicas === undefined) return []
  const call = { namespace: ref.namespace, labels: '', fields: '', accept: 'application/json', continueToken: null }
  const answer = await listChunk(cluster, autoscalers, { ...call, limit: mostAutoscalers }, signal)
  const list = answer.ok ? objectOf(answer.value) : answer
  if (!list.ok) return []
  const { items } = list.value.object
  return (isList(items) ? items.filter(isObject) : [])
    .filter(scaler => scales(scaler, ref))
    .map(scaler => {
      const name = metadataText(scaler, 'name') ?? ''
      const at = { namespace: ref.namespace, name, subresource: null }
      return { kind: 'HorizontalPodAutoscaler', name, target: { context: cluster.context, ...autoscalers, ...at } }
    })
}

function scales(scaler: JsonObject, ref: ObjectRef): boolean {
  const target = mapAt(mapAt(scaler, 'spec'), 'scaleTargetRef')
  const [, group = ''] = textAt(target, 'apiVersion').split('/').reverse()
  return textAt(target, 'kind') === ref.kind && textAt(target, 'name') === ref.name && group === ref.group
}
