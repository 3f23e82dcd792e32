import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isObject } from '../object.ts'
import { schemasOf } from '../patch/openapi-document.ts'
import { type GroupVersionKind, patchSchemaName } from '../patch/openapi-operations.ts'

/** A document that holds one kind's schema and what it leads to, and that schema's name in it. */
export type KindDocument = { readonly document: JsonObject; readonly name: string }

/**
 * The part of an OpenAPI document that speaks of one kind, nothing in it changed; null where none does. A `$ref` to nothing
 * stays one.
 */
export function kindDocument(document: Json, kind: GroupVersionKind): KindDocument | null {
  const name = isObject(document) ? patchSchemaName(document, kind) : null
  if (!isObject(document) || name === null) return null
  const all = schemasOf(document)
  const reached = new Map<string, JsonObject>()
  const add = (reference: string) => {
    const schema = fieldOf(all, reference)
    if (isObject(schema)) reached.set(reference, schema)
  }
  add(name)
  // A Map's iteration also visits what is added while it runs.
  for (const schema of reached.values()) {
    for (const reference of referencesIn(schema)) if (!reached.has(reference)) add(reference)
  }
  return { document: { components: { schemas: Object.fromEntries(reached) } }, name }
}

/** The names in every `$ref` of a schema, however deep. */
function referencesIn(schema: JsonObject): readonly string[] {
  const names: string[] = []
  const left: Json[] = [schema]
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (isObject(value) && typeof value.$ref === 'string') names.push(value.$ref.slice(value.$ref.lastIndexOf('/') + 1))
    for (const inner of Object.values(value)) if (typeof inner === 'object') left.push(inner)
  }
  return names
}
