import type { DeleteItem } from '../../../contract/delete.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, metadataOf, metadataText } from '../../../core/object.ts'
import { controllerOf } from '../converging/pods.ts'

/** What an object's own fields say of its deletion. */
export type DeletionFacts = Pick<DeleteItem, 'finalizers' | 'deletingSince' | 'controller' | 'grace' | 'storage'>

/** Reads them. `reclaim` is the policy of the volume that a claim is bound to, where that is known. */
export function inspect(object: JsonObject, reclaim: string | null): DeletionFacts {
  const owner = controllerOf(object)
  return {
    finalizers: finalizersOf(object),
    deletingSince: metadataText(object, 'deletionTimestamp'),
    controller: owner === null ? null : { kind: textAt(owner, 'kind'), name: textAt(owner, 'name') },
    grace: graceOf(object),
    storage: storageOf(object, reclaim),
  }
}

/** The finalizers that hold an object's deletion; those of a Namespace's spec too. */
export function finalizersOf(object: JsonObject): readonly string[] {
  const own = metadataOf(object).finalizers
  const inSpec = object.kind === 'Namespace' ? mapAt(object, 'spec').finalizers : undefined
  return [own, inSpec].flatMap(list => (isList(list) ? list.map(String) : []))
}

/** What holds an object that is being deleted: its finalizers, and what a Namespace says that is left in it. */
export function holdsOf(object: JsonObject): readonly string[] {
  if (object.kind !== 'Namespace') return finalizersOf(object)
  const left = mapsAt(mapAt(object, 'status'), 'conditions')
    .filter(one => textAt(one, 'status') === 'True')
    .map(one => textAt(one, 'message'))
  return left.length > 0 ? left : finalizersOf(object)
}

const usualGrace = 30

function graceOf(object: JsonObject): number | null {
  if (object.apiVersion !== 'v1' || object.kind !== 'Pod') return null
  const { terminationGracePeriodSeconds: seconds } = mapAt(object, 'spec')
  return typeof seconds === 'number' ? seconds : usualGrace
}

function storageOf(object: JsonObject, reclaim: string | null): DeleteItem['storage'] {
  const policy = policies.find(one => one === reclaim)
  if (object.kind === 'PersistentVolumeClaim') return policy === undefined ? null : { kind: 'volume', policy }
  if (object.kind !== 'StatefulSet' || mapsAt(mapAt(object, 'spec'), 'volumeClaimTemplates').length === 0) return null
  const { whenDeleted } = mapAt(mapAt(object, 'spec'), 'persistentVolumeClaimRetentionPolicy')
  return { kind: 'claims', policy: whenDeleted === 'Delete' ? 'Delete' : 'Retain' }
}

const policies = ['Delete', 'Retain', 'Recycle'] as const
