import type { Json, JsonObject } from '../json.ts'
import { isList, isObject } from '../object.ts'
import { below, depthOf, pathOf, refuse, type Trail } from './refusal.ts'

/** An object under construction. A Map takes any key, `__proto__` too, as plain data. */
export type Draft = Map<string, Json>

/** How deep an object or patch may nest. Real ones stay under 100; the walks must not meet the end of the stack. */
export const depthLimit = 1000

/** A draft that begins with what the object holds. */
export function draftOf(object: JsonObject): Draft {
  return new Map(Object.entries(object))
}

/** The finished object; every key becomes an own property. */
export function finished(draft: Draft): JsonObject {
  return Object.fromEntries(draft)
}

/** A JSON value's type as Go's decoder tells it: integers and other numbers are two types. */
export type JsonKind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'list' | 'object'

/** The kind of a value. */
export function kindOf(value: Json): JsonKind {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'bigint':
      return 'integer'
    case 'number':
      return Number.isSafeInteger(value) ? 'integer' : 'number'
    default:
      if (value === null) return 'null'
      return isList(value) ? 'list' : 'object'
  }
}

/** True when two values differ in kind in the way that makes Go replace instead of merge. */
export function kindsDiffer(a: Json, b: Json): boolean {
  return kindOf(a) !== kindOf(b)
}

/** A key under which equal scalars, and only they, meet in a Map or Set. `1` and `1n` are one, `'1'` is another. */
export function scalarKey(value: Json): string {
  return typeof value === 'string' ? `"${value}` : String(value)
}

/** A scalar as Go's `%v` prints it: what list items are sorted and paired by. */
export function scalarText(value: Json): string {
  return value === null ? '<nil>' : String(value)
}

/** Orders texts by their UTF-8 bytes, as Go compares strings (UTF-16 puts surrogates elsewhere). */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = codeRank(a.charCodeAt(i)) - codeRank(b.charCodeAt(i))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function codeRank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/** Refuses what no walk can take: roots that are not objects (`patch-type-mismatch`), nesting over `depthLimit` (`too-deep`). */
export function requireSound(...roots: readonly Json[]): void {
  for (const root of roots) requireDepth(requireObject(root, null), null, 0)
}

/** Refuses (`too-deep`) a value of any kind that nests over `depthLimit`; `depth` levels are around it. */
export function requireDepth(value: Json, at: Trail, depth: number): void {
  if (nestsOver(value, depthLimit - depth)) refuseDepth(value, at, depth)
}

/** Refuses (`too-deep`) to go on in a value that nests deeper than every walk can follow; `depth` levels are around it. */
export function requireRoom(at: Trail, depth = depthOf(at)): void {
  if (depth >= depthLimit) refuse({ code: 'too-deep', limit: depthLimit, path: pathOf(at) })
}

/** Whether a value nests deeper than the walks of this folder, and printing, can follow. */
export function isTooDeep(value: Json): boolean {
  return nestsOver(value, depthLimit)
}

// Runs through every value of every object that is patched: it makes nothing, and looks for the place only when there is one.
function nestsOver(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels <= 0) return true
  if (isList(value)) {
    for (const item of value) if (nestsOver(item, levels - 1)) return true
    return false
  }
  for (const key in value) if (nestsOver(value[key] ?? null, levels - 1)) return true
  return false
}

function refuseDepth(value: Json, at: Trail, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  requireRoom(at, depth)
  const steps = isList(value) ? value.entries() : Object.entries(value)
  for (const [step, child] of steps) refuseDepth(child, below(at, step), depth + 1)
}

/** The item as an object; refuses (`patch-type-mismatch`) anything else. */
export function requireObject(value: Json, at: Trail): JsonObject {
  if (isObject(value)) return value
  return refuse({ code: 'patch-type-mismatch', expected: 'object', found: kindOf(value), path: pathOf(at) })
}

/** The value as a list; refuses (`patch-type-mismatch`) anything else. */
export function requireList(value: Json, at: Trail): readonly Json[] {
  if (isList(value)) return value
  return refuse({ code: 'patch-type-mismatch', expected: 'list', found: kindOf(value), path: pathOf(at) })
}
