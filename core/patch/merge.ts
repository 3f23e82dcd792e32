import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { attempt } from './refusal.ts'
import { type Draft, draftOf, finished, requireSound } from './values.ts'

/**
 * The JSON merge patch (RFC 7386) that turns `from` into `to`: changed fields, null for fields that are gone, lists
 * whole. A null that is a value of `to` cannot be told from a deletion: such a patch falls short.
 */
export function createMergePatch(from: JsonObject, to: JsonObject): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    requireSound(from, to)
    return difference(from, to)
  })
}

function difference(from: JsonObject, to: JsonObject): JsonObject {
  const patch: Draft = new Map()
  for (const [key, after] of Object.entries(to)) {
    const before = fieldOf(from, key)
    if (isObject(before) && isObject(after)) {
      const inner = difference(before, after)
      if (Object.keys(inner).length > 0) patch.set(key, inner)
    } else if (before === undefined || !equalJson(before, after)) patch.set(key, after)
  }
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch.set(key, null)
  return finished(patch)
}

/**
 * What the object becomes when a server applies the merge patch to it. As the server does (evanphx/json-patch 4),
 * nulls inside a list's maps are dropped too, where RFC 7386 would keep them.
 */
export function applyMergePatch(object: JsonObject, patch: JsonObject): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    requireSound(object, patch)
    return merged(object, patch)
  })
}

function merged(target: JsonObject, patch: JsonObject): JsonObject {
  const result = draftOf(target)
  for (const [key, value] of Object.entries(patch)) {
    const before = result.get(key)
    if (value === null) result.delete(key)
    else if (!isObject(before)) result.set(key, withoutNulls(value))
    // A list over a map is the one value that the server takes as it is.
    else result.set(key, isObject(value) ? merged(before, value) : value)
  }
  return finished(result)
}

function withoutNulls(value: Json): Json {
  if (isList(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  const entries = Object.entries(value).filter(([, child]) => child !== null)
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutNulls(child)]))
}

/**
 * The merge patch for `current` that changes what differs from `modified` and deletes what `modified` lacks but
 * `original` had. (Go: CreateThreeWayJSONMergePatch.) Lists inside it carry no nulls.
 */
export function createThreeWayMergePatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
): Result<JsonObject, PatchProblem> {
  const delta = createMergePatch(current, modified)
  if (!delta.ok) return delta
  const gone = createMergePatch(original, modified)
  if (!gone.ok) return gone
  const additions = keptNulls(delta.value, false)
  const deletions = keptNulls(gone.value, true)
  return attempt(() => merged(deletions, additions))
}

/** Only the nulls of a patch, or all but them; maps that are left empty go too. (Go: keepOrDeleteNullInObj.) */
function keptNulls(patch: JsonObject, nulls: boolean): JsonObject {
  const kept: Draft = new Map()
  for (const [key, value] of Object.entries(patch)) {
    if (isObject(value) && Object.keys(value).length > 0) {
      const inner = keptNulls(value, nulls)
      if (Object.keys(inner).length > 0) kept.set(key, inner)
    } else if ((value === null) === nulls) kept.set(key, value)
  }
  return finished(kept)
}
