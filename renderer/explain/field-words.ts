import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { typeName } from '../../core/fields/type-name.ts'
import { canonicalJson, type Json } from '../../core/json.ts'

/** A field's type as `kubectl explain` writes it; `any` where nothing is said. */
export function typeWords(field: FieldSchema | null): string {
  return (field === null ? '' : typeName(field)) || 'any'
}

/** A value of the schema as it would stand in the text. */
export function valueWords(value: Json): string {
  return typeof value === 'string' && value !== '' ? value : canonicalJson(value)
}

/** What a list's items or a map's values are; the field itself for anything else. Null where nothing is said of them. */
export function insideOf(field: FieldSchema): { readonly step: string | number | null; readonly field: FieldSchema } {
  const items = field.types.includes('array') ? field.items() : null
  if (items !== null) return { step: anyItem, field: items }
  const values = field.struct ? null : field.values()
  return values === null ? { step: null, field } : { step: anyKey, field: values }
}

/** Steps of a path in a schema that mean any item of a list, and any key of a map. */
export const anyItem = -1
export const anyKey = '*'

/** A default that says something: built-in kinds have `{}` and `""` where nothing is meant. */
export function meaningfulDefault({ default: value }: FieldSchema): Json | undefined {
  if (value === '' || value === null) return undefined
  return typeof value === 'object' && canonicalJson(value) === '{}' ? undefined : value
}
