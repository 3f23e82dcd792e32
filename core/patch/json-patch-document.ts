import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { below, type Trail } from './refusal.ts'
import { requireRoom } from './values.ts'

/** A map that a patch writes into. A Map takes any key, `__proto__` too, as plain data. */
export class OpenMap {
  readonly fields: Map<string, Part>
  constructor(fields: Iterable<readonly [string, Part]>) {
    this.fields = new Map(fields)
  }
}

/** A list that a patch writes into. */
export class OpenList {
  readonly items: Part[]
  constructor(items: Iterable<Part>) {
    this.items = [...items]
  }
}

/** Something in a document that is being patched: an untouched value, shared with its owner, or one opened for writing. */
export type Part = Json | OpenMap | OpenList

/** The part opened for writing (a copy, if it was not open yet); null for a scalar. */
export function opened(part: Part): OpenMap | OpenList | null {
  if (part instanceof OpenMap || part instanceof OpenList) return part
  if (isList(part)) return new OpenList(part)
  return isObject(part) ? new OpenMap(Object.entries(part)) : null
}

/** A list's items; null for anything else. */
export function itemsOf(part: Part): readonly Part[] | null {
  if (part instanceof OpenList) return part.items
  return part instanceof OpenMap || !isList(part) ? null : part
}

/** A map's fields; null for anything else. */
export function fieldsOf(part: Part): readonly (readonly [string, Part])[] | null {
  if (part instanceof OpenMap) return [...part.fields]
  return part instanceof OpenList || !isObject(part) ? null : Object.entries(part)
}

/** Whether the part is a map. */
export function isMap(part: Part): part is JsonObject | OpenMap {
  return part instanceof OpenMap || (!(part instanceof OpenList) && isObject(part))
}

/** What stands at a map's key or a list's index; undefined where nothing does. */
export function childOf(part: Part, step: string): Part | undefined {
  if (part instanceof OpenMap) return part.fields.get(step)
  const items = itemsOf(part)
  if (items !== null) return items[indexIn(step, items.length) ?? items.length]
  return isMap(part) ? fieldOf(part, step) : undefined
}

/** Puts a value where `childOf` found one, or at a new key of a map. */
export function putChild(container: OpenMap | OpenList, step: string, value: Part): void {
  if (container instanceof OpenMap) container.fields.set(step, value)
  else container.items[indexIn(step, container.items.length) ?? container.items.length] = value
}

/**
 * The place that a step names in a list of this length, null when it names none. As Go's Atoi reads it, `007` and `+7`
 * are 7; `-1` is the last place.
 */
export function indexIn(step: string, length: number): number | null {
  if (!/^[+-]?\d+$/.test(step)) return null
  const index = Number(step)
  const place = index < 0 ? index + length : index
  return place >= 0 && place < length ? place : null
}

/** The part as a plain value, sharing what was never opened. Refuses `too-deep`. */
export function closed(part: Part, at: Trail = null, depth = 0): Json {
  if (!(part instanceof OpenMap || part instanceof OpenList)) return part
  requireRoom(at, depth)
  if (part instanceof OpenList) return part.items.map((item, index) => closed(item, below(at, index), depth + 1))
  return Object.fromEntries([...part.fields].map(([key, value]) => [key, closed(value, below(at, key), depth + 1)]))
}
