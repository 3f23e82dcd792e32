import type { Json, JsonObject } from '../json.ts'
import { isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { reachableSchemas } from './openapi-reach.ts'
import { attempt } from './refusal.ts'

/**
 * A small OpenAPI document with only the schemas that the named one leads to, and of them only what a PatchSchema
 * reads: `openApiPatchSchema` of both documents gives the same. Problems: as `openApiPatchSchema`.
 */
export function prunePatchSchema(document: JsonObject, schemaName: string): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    const reached = [...reachableSchemas(document, schemaName)]
    const schemas = Object.fromEntries(reached.map(([name, schema]) => [name, prunedSchema(schema)]))
    return Object.hasOwn(document, 'components') ? { components: { schemas } } : { definitions: schemas }
  })
}

const keptAsTheyAre = new Set([
  '$ref',
  'default',
  'format',
  'nullable',
  'type',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-preserve-unknown-fields',
])

function prunedSchema(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      const kept = prunedKeyword(key, value)
      return kept === undefined ? [] : [[key, kept] as const]
    }),
  )
}

function prunedKeyword(key: string, value: Json): Json | undefined {
  if (key === 'properties') {
    // One that is no map of schemas still says that the schema has a shape of its own.
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, prunedValue(field)]))
  }
  if (key === 'items' || key === 'additionalProperties') return prunedValue(value)
  if ((key === 'allOf' || key === 'oneOf') && isList(value)) return value.map(prunedValue)
  return keptAsTheyAre.has(key) ? value : undefined
}

function prunedValue(value: Json): Json {
  return isObject(value) ? prunedSchema(value) : value
}
