import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import {
  deleteListPrefix,
  landed,
  orderPrefix,
  parallelField,
  patchDirective,
  refuseDirective,
  refusePatch,
  retainKeysDirective,
} from './directives.ts'
import { itemKind, placesOf } from './list-items.ts'
import { interleaved } from './list-order.ts'
import { attempt, below, pathOf, refuse, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { type FieldRule, itemSchema, requireRule } from './schema-lookup.ts'
import { type MergedList, mergeLists, requireOrder } from './strategic-lists.ts'
import {
  type Draft,
  draftOf,
  finished,
  kindsDiffer,
  requireList,
  requireObject,
  requireRoom,
  scalarKey,
} from './values.ts'

/**
 * What the object becomes when a server applies the strategic merge patch to it, equal to Go's StrategicMergePatch.
 * Neither argument is changed; parts of both are shared with the result.
 */
export function applyStrategicPatch(
  object: JsonObject,
  patch: JsonObject,
  schema: PatchSchema,
): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    return mergeMaps(requireObject(object, null), requireObject(patch, null), { schema, mode: 'apply', at: null })
  })
}

/**
 * Where a merge stands, and what it is for: `apply` is what a server does, directives are obeyed and disappear;
 * `combine` joins two patches, their directives and nulls stay. (Go: MergeOptions.)
 */
type Merge = { readonly schema: PatchSchema; readonly mode: 'apply' | 'combine'; readonly at: Trail }

/** Merges a patch into a map. Refuses what `applyStrategicPatch` fails with. (Go: mergeMap.) */
export function mergeMaps(target: JsonObject, patch: JsonObject, merge: Merge): JsonObject {
  // Only where both go on does the walk: what one side has alone may be of any size and depth.
  requireRoom(merge.at)
  const directive = fieldOf(patch, patchDirective)
  if (directive !== undefined) return obeyed(directive, patch, merge.at)
  const result = draftOf(target)
  const todo = draftOf(patch)
  retainKeys(result, todo, merge)
  mergeOrderedLists(result, todo, merge)
  for (const [key, value] of todo) {
    if (!key.startsWith(deleteListPrefix)) mergeField(result, key, value, merge)
    else if (merge.mode === 'combine') result.set(key, value)
    else deleteFromList(result, key, value, merge)
  }
  return finished(result)
}

function obeyed(directive: Json, patch: JsonObject, at: Trail): JsonObject {
  if (directive === 'delete') return {}
  if (directive !== 'replace') refusePatch(directive, at)
  const whole = draftOf(patch)
  whole.delete(patchDirective)
  return finished(whole)
}

/** Clears every key that `$retainKeys` does not name. (Go: applyRetainKeysDirective.) */
function retainKeys(result: Draft, todo: Draft, { mode, at }: Merge): void {
  const listed = todo.get(retainKeysDirective)
  if (listed === undefined) return
  todo.delete(retainKeysDirective)
  if (mode === 'combine') {
    const present = result.get(retainKeysDirective)
    if (present !== undefined && !equalJson(present, listed)) refuseDirective(retainKeysDirective, at)
    result.set(retainKeysDirective, listed)
    return
  }
  if (!isList(listed)) refuseDirective(retainKeysDirective, at)
  const kept = new Set(listed)
  for (const [key, value] of todo) {
    const exempt = value === null || key.startsWith(deleteListPrefix) || key.startsWith(orderPrefix)
    if (!exempt && !kept.has(key)) refuseDirective(retainKeysDirective, at)
  }
  for (const key of [...result.keys()]) if (!kept.has(key)) result.delete(key)
}

function mergeField(result: Draft, key: string, value: Json, merge: Merge): void {
  const { schema, mode, at } = merge
  const before = result.get(key)
  if (value === null) {
    if (mode === 'apply') result.delete(key)
    else result.set(key, null)
  } else if (before === undefined || kindsDiffer(before, value)) {
    setOrDelete(result, key, landed(value, mode === 'apply', below(at, key)))
  } else if (isObject(before) && isObject(value)) {
    const rule = requireRule(schema, key, value, at)
    const inner = { schema: rule.schema, mode, at: below(at, key) }
    result.set(key, rule.strategy === 'replace' ? value : mergeMaps(before, value, inner))
  } else if (isList(before) && isList(value)) {
    result.set(key, mergeListField(before, value, key, requireRule(schema, key, value, at), merge).merged)
  } else {
    result.set(key, value)
  }
}

function setOrDelete(result: Draft, key: string, value: Json | undefined): void {
  if (value === undefined) result.delete(key)
  else result.set(key, value)
}

function mergeListField(
  before: readonly Json[],
  patch: readonly Json[],
  key: string,
  rule: FieldRule,
  { mode, at }: Merge,
): MergedList {
  if (rule.strategy !== 'merge') return { merged: patch, serverOrder: before }
  const here = below(at, key)
  return mergeLists(before, patch, { mergeKey: rule.mergeKey, at: here }, (target, change, step) =>
    mergeMaps(target, change, { schema: itemSchema(rule, here), mode, at: step }),
  )
}

function deleteFromList(result: Draft, key: string, value: Json, { schema, at }: Merge): void {
  const field = parallelField(key, deleteListPrefix) ?? refuseDirective(key, at)
  const before = result.get(field)
  if (value === null) result.delete(field)
  if (value === null || before === undefined || kindsDiffer(before, value)) return
  if (!isList(before) || !isList(value)) refuseDirective(key, at)
  requireRule(schema, field, before, at)
  if (before.length === 0 && value.length === 0) return
  if (itemKind(below(at, field), before, value) === 'object') refuseDirective(key, at)
  const deleted = new Set(value.map(scalarKey))
  const kept = before.filter(item => !deleted.has(scalarKey(item)))
  result.set(field, kept)
}

/** Merges every list that has a `$setElementOrder` and puts it in order; takes both out of `todo`. (Go: mergePatchIntoOriginal.) */
function mergeOrderedLists(result: Draft, todo: Draft, merge: Merge): void {
  for (const [key, order] of [...todo]) {
    if (!key.startsWith(orderPrefix)) continue
    const at = below(merge.at, key)
    if (merge.mode === 'combine') keepOrder(result, key, order, at)
    todo.delete(key)
    const field = parallelField(key, orderPrefix) ?? refuseDirective(key, merge.at)
    const merged = orderedList(result.get(field), todo.get(field), requireList(order, at), field, merge)
    if (merged === null) continue
    result.set(field, merged)
    todo.delete(field)
  }
}

function keepOrder(result: Draft, key: string, order: Json, at: Trail): void {
  const present = result.get(key)
  if (present !== undefined && !equalJson(present, order)) {
    refuse({ code: 'patch-list-order', detail: 'two patches order the list differently', path: pathOf(at) })
  }
  result.set(key, order)
}

/** The list merged and in order, null when neither side has it. */
function orderedList(
  before: Json | undefined,
  patch: Json | undefined,
  order: readonly Json[],
  field: string,
  merge: Merge,
): readonly Json[] | null {
  const at = below(merge.at, field)
  const present = before === undefined ? null : requireList(before, at)
  const additions = patch === undefined ? null : requireList(patch, at)
  const rule = requireRule(merge.schema, field, order, merge.at)
  const keyed = { mergeKey: rule.mergeKey, at }
  requireOrder(additions ?? [], order, keyed)
  if (present === null && additions === null) return null
  const { merged, serverOrder } =
    present !== null && additions !== null
      ? mergeListField(present, additions, field, rule, merge)
      : { merged: present ?? requireList(landed(additions, false, at) ?? null, at), serverOrder: present ?? [] }
  itemKind(at, present ?? [], additions ?? [])
  return interleaved(merged, placesOf(order, keyed), placesOf(serverOrder, keyed), keyed)
}
