import type { JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { namedSchema, refName, unwrapped } from './openapi-document.ts'
import { below, type Trail } from './refusal.ts'
import { requireDepth } from './values.ts'

/**
 * Every named schema that the named one leads to, itself included. Refuses `schema-unknown` (a `$ref` to nothing),
 * `schema-invalid` (a `$ref` chain that does not end), `too-deep` (a schema that nests over the limit).
 */
export function reachableSchemas(document: JsonObject, schemaName: string): ReadonlyMap<string, JsonObject> {
  const reached = new Map([[schemaName, namedSchema(document, schemaName, null)]])
  // A Map's iteration also visits what is added while it runs: this is the queue.
  for (const [name, schema] of reached) {
    const at = below(null, name)
    requireDepth(schema, at, 0)
    visit(document, schema, at, reached)
  }
  return reached
}

function visit(document: JsonObject, schema: JsonObject, at: Trail, reached: Map<string, JsonObject>): void {
  unwrapped(document, schema, at)
  const name = refName(schema)
  if (name !== null && !reached.has(name)) reached.set(name, namedSchema(document, name, at))
  for (const [step, part] of partsOf(schema)) visit(document, part, below(at, step), reached)
}

/** The schemas inside a schema that say something about values inside its value. */
export function partsOf(schema: JsonObject): readonly (readonly [string, JsonObject])[] {
  const properties = fieldOf(schema, 'properties')
  const allOf = fieldOf(schema, 'allOf')
  const parts = [
    ...(isObject(properties) ? Object.entries(properties) : []),
    ['items', fieldOf(schema, 'items')] as const,
    ['additionalProperties', fieldOf(schema, 'additionalProperties')] as const,
    ['allOf', isList(allOf) ? allOf[0] : undefined] as const,
  ]
  return parts.flatMap(([step, part]) => (isObject(part) ? [[step, part] as const] : []))
}
