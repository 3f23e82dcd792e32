import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { pathOf, refuse, type Trail } from './refusal.ts'

/** The named schemas of an OpenAPI v3 document (`components.schemas`) or of a v2 one (`definitions`). */
export function schemasOf(document: JsonObject): JsonObject {
  const components = fieldOf(document, 'components')
  const schemas = isObject(components) ? fieldOf(components, 'schemas') : fieldOf(document, 'definitions')
  return isObject(schemas) ? schemas : {}
}

/** The schema that a name stands for. Refuses `schema-unknown`, and `schema-invalid` where it is not an object. */
export function namedSchema(document: JsonObject, name: string, at: Trail): JsonObject {
  const schema = fieldOf(schemasOf(document), name)
  if (schema === undefined) return refuse({ code: 'schema-unknown', name, path: pathOf(at) })
  if (isObject(schema)) return schema
  return refuse({ code: 'schema-invalid', detail: `${name} is not a schema`, path: pathOf(at) })
}

/** The name in a local `$ref`, null for a schema without one. */
export function refName(schema: JsonObject): string | null {
  const ref = fieldOf(schema, '$ref')
  return typeof ref === 'string' ? ref.slice(ref.lastIndexOf('/') + 1) : null
}

/**
 * The schema that another one merely wraps: its `$ref`, or its only `allOf` member where it says nothing of its own
 * about the value's shape (that is how v3 puts a default or a description beside a `$ref`). Null for any other.
 */
export function wrapped(document: JsonObject, schema: JsonObject, at: Trail): JsonObject | null {
  const name = refName(schema)
  if (name !== null) return namedSchema(document, name, at)
  const allOf = fieldOf(schema, 'allOf')
  const shaped = ['type', 'properties', 'items', 'additionalProperties'].some(key => Object.hasOwn(schema, key))
  if (shaped || !isList(allOf) || allOf.length !== 1) return null
  const [only] = allOf
  return isObject(only) ? only : null
}

// Real ones have two links: a wrapper around a `$ref`.
const longestChain = 100

/** The schema behind any chain of wrappers. Refuses (`schema-invalid`) a chain that comes back to itself, or is as good as endless. */
export function unwrapped(document: JsonObject, schema: JsonObject, at: Trail): JsonObject {
  let here = schema
  for (let links = 0; links < longestChain; links++) {
    const next = wrapped(document, here, at)
    if (next === null) return here
    here = next
  }
  return refuse({ code: 'schema-invalid', detail: 'a chain of $ref does not end', path: pathOf(at) })
}

/** The texts in a list, other values left out. */
export function textsIn(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter(item => typeof item === 'string') : []
}
