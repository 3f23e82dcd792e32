import type { Json } from '../json.ts'
import { isObject } from '../object.ts'
import { below, pathOf, refuse, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'

/** What a strategic patch may do with a field. */
export type FieldRule = {
  readonly schema: PatchSchema
  readonly retainKeys: boolean
  readonly strategy: 'merge' | 'replace' | null
  readonly mergeKey: string
}

/**
 * The rule for a map or list field that both sides hold, null when the schema has no such field. Only structs
 * have fields here: inside a map of any keys Go knows no rules either, and refuses.
 */
export function fieldRule(schema: PatchSchema, key: string): FieldRule | null {
  const field = schema.struct ? schema.field(key) : null
  if (field === null) return null
  return {
    schema: field,
    retainKeys: field.strategies.includes('retainKeys'),
    strategy: field.strategies.find(strategy => strategy !== 'retainKeys') ?? null,
    mergeKey: field.mergeKey ?? '',
  }
}

/** The rule as `fieldRule` gives it; refuses (`schema-unknown`) where there is none. */
export function requireRule(schema: PatchSchema, key: string, value: Json, at: Trail): FieldRule {
  const rule = fieldRule(schema, key)
  if (rule === null) return refuse({ code: 'schema-unknown', name: key, path: pathOf(below(at, key)) })
  const listExpected = rule.schema.type === 'array'
  if (rule.schema.type !== 'unknown' && listExpected === isObject(value)) {
    const [expected, found] = listExpected ? ['list', 'object'] : [rule.schema.type, 'list']
    refuse({ code: 'patch-type-mismatch', expected, found, path: pathOf(below(at, key)) })
  }
  return rule
}

/** The schema of a list rule's items; refuses (`schema-unknown`) where there is none. */
export function itemSchema(rule: FieldRule, at: Trail): PatchSchema {
  return rule.schema.items() ?? refuse({ code: 'schema-unknown', name: 'items', path: pathOf(at) })
}
