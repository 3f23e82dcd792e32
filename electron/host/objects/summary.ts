import type { DataKey, ObjectSummary, OwnerReference } from '../../../contract/object.ts'
import { decodeBase64 } from '../../../core/base64.ts'
import { generationOf, mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import { containersOf } from '../../../core/containers.ts'
import { type Json, type JsonObject, printJson } from '../../../core/json.ts'
import { deletionOf, momentsOf, timedConditions } from '../../../core/moments.ts'
import { fieldOf, isList, isObject, metadataOf, metadataText } from '../../../core/object.ts'
import { podTrouble, podWord } from '../../../core/pod-state.ts'
import { readinessOf } from '../../../core/readiness.ts'
import { isSecret, maskObject } from '../../../core/secrets.ts'

/** What an operator wants to know of an object first, by the same rules for every kind. Nothing of a Secret's values. */
export function summaryOf(object: JsonObject): ObjectSummary {
  const shown = maskObject(object)
  const metadata = metadataOf(shown)
  const text = (field: string) => metadataText(shown, field)
  return {
    apiVersion: textAt(shown, 'apiVersion'),
    kind: textAt(shown, 'kind'),
    name: text('name') ?? '',
    namespace: text('namespace'),
    uid: text('uid') ?? '',
    resourceVersion: text('resourceVersion') ?? '',
    generation: generationOf(shown),
    created: text('creationTimestamp'),
    deletion: deletionOf(shown),
    finalizers: textsOf(fieldOf(metadata, 'finalizers')),
    owners: ownersOf(shown),
    labels: pairs(mapAt(metadata, 'labels')),
    annotations: pairs(mapAt(metadata, 'annotations')),
    readiness: readinessOf(shown),
    pod: isPod(shown) ? { word: podWord(shown), trouble: podTrouble(shown) } : null,
    containers: containersOf(shown),
    data: dataKeys(object),
    conditions: timedConditions(shown),
    timeline: momentsOf(shown),
    size: Buffer.byteLength(printJson(object)),
  }
}

/** The owner references of an object, its controller first. */
export function ownersOf(object: JsonObject): readonly OwnerReference[] {
  return mapsAt(metadataOf(object), 'ownerReferences')
    .map(reference => ({
      apiVersion: textAt(reference, 'apiVersion'),
      kind: textAt(reference, 'kind'),
      name: textAt(reference, 'name'),
      uid: textAt(reference, 'uid'),
      controller: reference.controller === true,
    }))
    .toSorted((a, b) => Number(b.controller) - Number(a.controller))
}

function isPod(object: JsonObject): boolean {
  return object.apiVersion === 'v1' && object.kind === 'Pod'
}

function pairs(map: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(map)
    .map(([key, value]) => [key, typeof value === 'string' ? value : printJson(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function textsOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter(item => typeof item === 'string') : []
}

function dataKeys(object: JsonObject): readonly DataKey[] {
  const isConfigMap = object.apiVersion === 'v1' && object.kind === 'ConfigMap'
  if (!isConfigMap && !isSecret(object)) return []
  const keys = ['data', 'binaryData'].flatMap(field => {
    const values = fieldOf(object, field)
    const encoded = field === 'binaryData' || !isConfigMap
    return isObject(values) ? Object.entries(values).map(([key, value]) => dataKey(key, value, encoded)) : []
  })
  return keys.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function dataKey(key: string, value: Json, encoded: boolean): DataKey {
  const text = typeof value === 'string' ? value : ''
  const bytes = Buffer.byteLength(text, encoded ? 'base64' : 'utf8')
  return { key, bytes, binary: encoded && decodeBase64(text) === null }
}
