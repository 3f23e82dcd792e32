import type { FieldSchema } from './field-schema.ts'

/** A field's type in the words of `kubectl explain`: `integer`, `[]Container`, `map[string]string`, `Quantity`; '' where nothing is said. */
export function typeName(field: FieldSchema, depth = 0): string {
  if (field.intOrString) return 'IntOrString'
  if (field.quantity) return 'Quantity'
  // Lists of lists end somewhere, unless the server is hostile.
  if (depth > 10) return 'Object'
  const [first = ''] = field.types
  if (first === 'array') {
    const items = field.items()
    return `[]${items === null ? 'Object' : typeName(items, depth + 1)}`
  }
  if (first !== 'object') return field.types.join(' | ')
  const values = field.struct ? null : field.values()
  if (values !== null) return `map[string]${typeName(values, depth + 1)}`
  return field.definition.slice(field.definition.lastIndexOf('.') + 1) || 'Object'
}
