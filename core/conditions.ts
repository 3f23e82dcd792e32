import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject, metadataOf } from './object.ts'

/** One entry of `status.conditions`. `observedGeneration` is null where the condition does not say what it is about. */
export type Condition = {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly observedGeneration: number | null
}

/** The object's conditions, in the server's order; entries without a type are left out. */
export function conditionsOf(object: JsonObject): readonly Condition[] {
  const list = fieldOf(mapAt(object, 'status'), 'conditions')
  return isList(list) ? list.flatMap(conditionOf) : []
}

function conditionOf(value: Json): readonly Condition[] {
  if (!isObject(value) || textAt(value, 'type') === '') return []
  const observedGeneration = numberAt(value, 'observedGeneration')
  const text = (key: string) => textAt(value, key)
  return [
    {
      type: text('type'),
      status: text('status'),
      reason: text('reason'),
      message: text('message'),
      observedGeneration,
    },
  ]
}

/** The map in a field, empty where there is none. */
export function mapAt(object: JsonObject, key: string): JsonObject {
  const value = fieldOf(object, key)
  return isObject(value) ? value : {}
}

/** The text in a field, '' where there is none. */
export function textAt(object: JsonObject, key: string): string {
  const value = fieldOf(object, key)
  return typeof value === 'string' ? value : ''
}

/** The number in a field, null where there is none. Counts and generations are far below 2^53. */
export function numberAt(object: JsonObject, key: string): number | null {
  const value = fieldOf(object, key)
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null
}

/** The items of a field that are maps. */
export function mapsAt(object: JsonObject, key: string): readonly JsonObject[] {
  const value = fieldOf(object, key)
  return isList(value) ? value.filter(isObject) : []
}

/** `metadata.generation`: rises with each change of the spec; null for kinds that do not count. */
export function generationOf(object: JsonObject): number | null {
  return numberAt(metadataOf(object), 'generation')
}
