import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'

/** The largest request that etcd takes unless it is set to more (`--max-request-bytes`), in bytes. */
export const defaultStorageLimit = 1.5 * 1024 * 1024

/** How the server stores a kind: built-in ones as protobuf, which holds no field names, custom resources as JSON. */
export type StoredForm = { readonly as: 'protobuf'; readonly schema: PatchSchema | null } | { readonly as: 'json' }

/**
 * About how many bytes of an object must at least be stored: its texts and the keys of its maps, in UTF-8, and for JSON
 * the punctuation between them. Numbers, and what JSON would escape, are left out.
 */
export function storedBytes(object: JsonObject, form: StoredForm): number {
  if (form.as === 'json') return jsonBytes(object)
  return protobufBytes(object, form.schema) - base64Surplus(object)
}

function jsonBytes(value: Json): number {
  if (typeof value === 'string') return utf8Bytes(value) + 2
  if (isList(value)) return bracketed(value.map(jsonBytes))
  if (!isObject(value)) return 1
  return bracketed(Object.entries(value).map(([key, item]) => utf8Bytes(key) + 3 + jsonBytes(item)))
}

/** Parts with a comma between each, in brackets or braces. */
function bracketed(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part + 1, parts.length > 0 ? 1 : 2)
}

function protobufBytes(value: Json, schema: PatchSchema | null): number {
  if (typeof value === 'string') return utf8Bytes(value)
  if (isList(value)) {
    const items = schema?.items() ?? null
    return value.reduce<number>((sum, item) => sum + protobufBytes(item, items), 0)
  }
  if (!isObject(value)) return 0
  const hasKeys = schema !== null && !schema.struct
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (hasKeys ? utf8Bytes(key) : 0) + protobufBytes(item, schema?.field(key) ?? null),
    0,
  )
}

/** Bytes that are base64 in JSON are stored as they are: four characters hold three of them. */
function base64Surplus(object: JsonObject): number {
  const field = object.kind === 'Secret' ? 'data' : object.kind === 'ConfigMap' ? 'binaryData' : null
  const values = field === null ? undefined : fieldOf(object, field)
  if (!isObject(values)) return 0
  const lengths = Object.values(values).map(value => (typeof value === 'string' ? value.length : 0))
  return lengths.reduce((sum, length) => sum + Math.ceil(length / 4), 0)
}

function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    // The two halves of a pair make four bytes together, so each counts as two.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
  }
  return bytes
}
