import type { Json } from '../json.ts'
import { isList } from '../object.ts'
import { below, pathOf, refuse, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { kindOf } from './values.ts'

/** What a strategic patch may do with a field. */
export type FieldRule = {
  readonly schema: PatchSchema
  readonly retainKeys: boolean
  readonly strategy: 'merge' | 'replace' | null
  readonly mergeKey: string
}

/** Whether `requireRule` has a rule for a field with such a value. */
export function hasRule(schema: PatchSchema, key: string, value: Json): boolean {
  const field = fieldSchema(schema, key)
  return field !== null && fits(field, value)
}

/**
 * The rule for a map or list field that both sides hold. Refuses `schema-unknown` where the schema has no such field,
 * `patch-type-mismatch` where it is of another type.
 */
export function requireRule(schema: PatchSchema, key: string, value: Json, at: Trail): FieldRule {
  const field = fieldSchema(schema, key)
  if (field === null) return refuse({ code: 'schema-unknown', name: key, path: pathOf(below(at, key)) })
  if (!fits(field, value)) {
    refuse({ code: 'patch-type-mismatch', expected: field.type, found: kindOf(value), path: pathOf(below(at, key)) })
  }
  return {
    schema: field,
    retainKeys: field.strategies.includes('retainKeys'),
    strategy: field.strategies.find(strategy => strategy !== 'retainKeys') ?? null,
    mergeKey: field.mergeKey ?? '',
  }
}

// Only structs have fields here: inside a map of any keys Go knows no rules either, and refuses.
function fieldSchema(schema: PatchSchema, key: string): PatchSchema | null {
  return schema.struct ? schema.field(key) : null
}

function fits(field: PatchSchema, value: Json): boolean {
  return field.type === 'unknown' || (field.type === 'array') === isList(value)
}

/** The schema of a list rule's items; refuses (`schema-unknown`) where there is none. */
export function itemSchema(rule: FieldRule, at: Trail): PatchSchema {
  return rule.schema.items() ?? refuse({ code: 'schema-unknown', name: 'items', path: pathOf(at) })
}
