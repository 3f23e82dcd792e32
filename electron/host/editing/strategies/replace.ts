import { type JsonObject, printJson } from '../../../../core/json.ts'
import { metadataOf } from '../../../../core/object.ts'
import { guardMap } from './patches.ts'
import type { Attempt, WriteTarget } from './ways.ts'

/** A PUT of the wanted object: it reaches everything. Without managedFields, which the server then keeps as they are. */
export function tryReplace({ live, merged }: WriteTarget): Attempt {
  return {
    strategy: 'replace',
    missed: [],
    body: guard => printJson(guardMap(withoutManagedFields(merged), live, guard)),
  }
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = metadataOf(object)
  return { ...object, metadata }
}
