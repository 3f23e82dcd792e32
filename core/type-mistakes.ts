import type { Json } from './json.ts'
import { isList, isObject } from './object.ts'
import type { PatchSchema, ScalarType } from './patch/schema.ts'
import { type JsonKind, kindOf } from './patch/values.ts'
import type { IndexPath } from './path.ts'
import type { ExpectedType } from './problem.ts'
import { parseQuantity } from './quantity.ts'

/** A value that the server cannot decode, since the schema has another type there. */
export type TypeMistake = { readonly path: IndexPath; readonly expected: ExpectedType; readonly found: JsonKind }

/**
 * Every value of another type than the schema says, in the object's order. Kubernetes' decoders refuse an object of a
 * built-in kind for these without saying where (`cannot convert int64 to string`), so this finds the place. Silent where
 * the schema is; null fits everywhere, since a decoder takes it for an absent field.
 */
export function typeMistakes(object: Json, schema: PatchSchema | null): readonly TypeMistake[] {
  const mistakes: TypeMistake[] = []
  visit(object, schema, [], mistakes)
  return mistakes
}

// Deeper texts are refused when they are read; the stack holds this many.
const deepest = 1000

function visit(value: Json, schema: PatchSchema | null, path: IndexPath, mistakes: TypeMistake[]): void {
  if (schema === null || value === null || path.length > deepest) return
  const expected = misfit(value, schema)
  if (expected !== null) mistakes.push({ path, expected, found: kindOf(value) })
  else if (isList(value)) {
    const items = schema.items()
    for (const [index, item] of value.entries()) visit(item, items, [...path, index], mistakes)
  } else if (isObject(value)) {
    for (const [key, field] of Object.entries(value)) visit(field, schema.field(key), [...path, key], mistakes)
  }
}

function misfit(value: Json, schema: PatchSchema): ExpectedType | null {
  switch (schema.type) {
    case 'array':
      return isList(value) ? null : 'list'
    case 'object':
      return isObject(value) ? null : 'object'
    case 'scalar':
      return schema.scalar === null ? null : scalarMisfit(value, schema.scalar)
    case 'unknown':
      return null
  }
}

function scalarMisfit(value: Json, { types, format }: ScalarType): ExpectedType | null {
  const expected = wordFor(types, format)
  if (expected === 'quantity') return parseQuantity(value) === null ? expected : null
  if (!types.some(type => isOfType(value, type))) return expected
  if (typeof value !== 'string') return null
  if (expected === 'base64') return isBase64(value) ? null : expected
  return expected === 'time' && !timePattern.test(value) ? expected : null
}

function wordFor(types: ScalarType['types'], format: string | null): ExpectedType {
  if (types.includes('string') && types.includes('integer')) return 'integer-or-string'
  if (types.includes('string') && types.includes('number')) return 'quantity'
  if (format === 'byte') return 'base64'
  if (format === 'date-time') return 'time'
  return types[0] ?? 'string'
}

function isOfType(value: Json, type: ScalarType['types'][number]): boolean {
  const kind = kindOf(value)
  return kind === type || (type === 'number' && kind === 'integer')
}

// RFC 3339, as Go's time.RFC3339 with the fractions that its parser takes.
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/

/** Go's `base64.StdEncoding`: padded, line breaks ignored. */
function isBase64(text: string): boolean {
  const plain = text.replaceAll(/[\r\n]/g, '')
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain)
}
