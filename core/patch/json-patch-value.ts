import { type Json, type JsonObject, printJson } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { fieldsOf, itemsOf, type Part } from './json-patch-document.ts'
import { below, type Trail } from './refusal.ts'
import { requireRoom } from './values.ts'

type Scalar = Extract<Json, string | number | bigint | boolean | null>

/**
 * Whether a `test` of this value passes. Null where the server can only fail: it crashes on the first null in a list
 * that it compares (evanphx/json-patch 4.13).
 */
export function equalParts(part: Part, value: Json): boolean | null {
  const items = itemsOf(part)
  if (items !== null) return isList(value) ? equalItems(items, value) : false
  const fields = fieldsOf(part)
  if (fields !== null) return isObject(value) ? equalFields(fields, value) : false
  // The server compares texts: 1e+21 is not 1000000000000000000000.
  return part === value || (isScalar(part) && isScalar(value) && printJson(part) === printJson(value))
}

function equalItems(items: readonly Part[], value: readonly Json[]): boolean | null {
  if (items.length !== value.length) return false
  for (const [index, item] of items.entries()) {
    const other = value[index] ?? null
    const equal = item === null || other === null ? null : equalParts(item, other)
    if (equal !== true) return equal
  }
  return true
}

function equalFields(fields: readonly (readonly [string, Part])[], value: JsonObject): boolean | null {
  if (fields.length !== Object.keys(value).length) return false
  for (const [key, part] of fields) {
    const other = fieldOf(value, key)
    const equal = other !== undefined && equalParts(part, other)
    if (equal !== true) return equal
  }
  return true
}

function isScalar(part: Part): part is Scalar {
  return typeof part !== 'object' || part === null
}

/** Whether a list anywhere in the value holds null, so that the server cannot compare it. */
export function holdsNullItem(value: Json): boolean {
  if (isList(value)) return value.some(item => item === null || holdsNullItem(item))
  return isObject(value) && Object.values(value).some(holdsNullItem)
}

/** The bytes of the part as Go prints it, counted until they exceed `enough`. Refuses `too-deep`. */
export function sizeOf(part: Part, enough: number, at: Trail = null, depth = 0): number {
  if (isScalar(part)) return scalarSize(part)
  requireRoom(at, depth)
  let size = 2
  for (const [step, child] of itemsOf(part)?.entries() ?? fieldsOf(part) ?? []) {
    size += typeof step === 'number' ? 1 : scalarSize(step) + 2
    size += sizeOf(child, enough - size, below(at, step), depth + 1)
    if (size > enough) break
  }
  return size
}

function scalarSize(value: Scalar): number {
  let size = 0
  for (const character of printJson(value)) size += bytesOf(character)
  return size
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return character === '<' || character === '>' || character === '&' ? 6 : 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
