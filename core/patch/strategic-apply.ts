import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import {
  deleteListPrefix,
  isDeletion,
  landed,
  orderPrefix,
  parallelField,
  patchDirective,
  retainKeysDirective,
} from './directives.ts'
import { identityOf, interleaved, itemKind, itemStep, mergeValueOf, placesOf, withoutRepeats } from './list-items.ts'
import { attempt, below, pathOf, refuse, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { type FieldRule, itemSchema, requireRule } from './schema-lookup.ts'
import {
  type Draft,
  draftOf,
  finished,
  kindsDiffer,
  requireList,
  requireObject,
  requireSound,
  scalarKey,
} from './values.ts'

/**
 * `apply` is what a server does: directives are obeyed and disappear. `combine` joins two patches: their directives
 * and nulls stay. (Go: MergeOptions.)
 */
export type MergeMode = 'apply' | 'combine'

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
    requireSound(object, patch)
    return mergeMaps(object, patch, schema, 'apply', null)
  })
}

/** Merges a patch into a map. Refuses what `applyStrategicPatch` fails with. (Go: mergeMap.) */
export function mergeMaps(
  target: JsonObject,
  patch: JsonObject,
  schema: PatchSchema,
  mode: MergeMode,
  at: Trail,
): JsonObject {
  const directive = fieldOf(patch, patchDirective)
  if (directive !== undefined) return obeyed(directive, patch, at)
  const result = draftOf(target)
  const todo = draftOf(patch)
  retainKeys(result, todo, mode, at)
  mergeOrderedLists(result, todo, schema, mode, at)
  for (const [key, value] of todo) {
    if (!key.startsWith(deleteListPrefix)) mergeField(result, key, value, schema, mode, at)
    else if (mode === 'combine') result.set(key, value)
    else deleteFromList(result, key, value, schema, at)
  }
  return finished(result)
}

function refuseDirective(directive: string, at: Trail): never {
  refuse({ code: 'patch-directive-unknown', directive, path: pathOf(at) })
}

function obeyed(directive: Json, patch: JsonObject, at: Trail): JsonObject {
  if (directive === 'delete') return {}
  if (directive !== 'replace') refuseDirective(`${patchDirective}: ${String(directive)}`, at)
  const whole = draftOf(patch)
  whole.delete(patchDirective)
  return finished(whole)
}

/** Clears every key that `$retainKeys` does not name. (Go: applyRetainKeysDirective.) */
function retainKeys(result: Draft, todo: Draft, mode: MergeMode, at: Trail): void {
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

function mergeField(result: Draft, key: string, value: Json, schema: PatchSchema, mode: MergeMode, at: Trail): void {
  const before = result.get(key)
  if (value === null) {
    if (mode === 'apply') result.delete(key)
    else result.set(key, null)
  } else if (before === undefined || kindsDiffer(before, value)) {
    setOrDelete(result, key, landed(value, mode === 'apply'))
  } else if (isObject(before) && isObject(value)) {
    const rule = requireRule(schema, key, value, at)
    result.set(key, rule.strategy === 'replace' ? value : mergeMaps(before, value, rule.schema, mode, below(at, key)))
  } else if (isList(before) && isList(value)) {
    const rule = requireRule(schema, key, value, at)
    result.set(key, mergeListField(before, value, rule, mode, below(at, key)).merged)
  } else {
    result.set(key, value)
  }
}

function setOrDelete(result: Draft, key: string, value: Json | undefined): void {
  if (value === undefined) result.delete(key)
  else result.set(key, value)
}

function deleteFromList(result: Draft, key: string, value: Json, schema: PatchSchema, at: Trail): void {
  const field = parallelField(key, deleteListPrefix) ?? refuseDirective(key, at)
  if (value === null) {
    result.delete(field)
    return
  }
  const before = result.get(field)
  if (before === undefined || kindsDiffer(before, value)) return
  if (!isList(before) || !isList(value)) refuseDirective(key, at)
  requireRule(schema, field, before, at)
  if (before.length === 0 && value.length === 0) return
  if (itemKind(below(at, field), before, value) === 'object') refuseDirective(key, at)
  const removed = new Set(value.map(scalarKey))
  result.set(
    field,
    before.filter(item => !removed.has(scalarKey(item))),
  )
}

/** A merged list, and the server's own order as it stands after the merge. */
type MergedList = { readonly merged: readonly Json[]; readonly serverOrder: readonly Json[] }

function mergeListField(
  before: readonly Json[],
  patch: readonly Json[],
  rule: FieldRule,
  mode: MergeMode,
  at: Trail,
): MergedList {
  if (rule.strategy !== 'merge') return { merged: patch, serverOrder: before }
  return mergeLists(before, patch, rule, mode, at)
}

/** (Go: mergeSlice.) */
function mergeLists(
  before: readonly Json[],
  patch: readonly Json[],
  rule: FieldRule,
  mode: MergeMode,
  at: Trail,
): MergedList {
  if (before.length === 0 && patch.length === 0) return { merged: before, serverOrder: before }
  const { mergeKey } = rule
  if (itemKind(at, before, patch) === 'object') return mergeObjectLists(before, patch, rule, mode, at)
  const both = withoutRepeats([...before, ...patch])
  const merged = interleaved(both, placesOf(patch, mergeKey, at), placesOf(before, mergeKey, at), mergeKey, at)
  return { merged, serverOrder: before }
}

function mergeObjectLists(
  before: readonly Json[],
  patch: readonly Json[],
  rule: FieldRule,
  mode: MergeMode,
  at: Trail,
): MergedList {
  const { mergeKey } = rule
  if (mergeKey === '') refuse({ code: 'merge-key-missing', key: '', path: pathOf(at) })
  const { base, additions } = withoutSpecials(before, patch, mergeKey, at)
  const { items, appended } = mergeItems(base, additions, rule, mode, at)
  const merged = interleaved(items, placesOf(additions, mergeKey, at), placesOf(base, mergeKey, at), mergeKey, at)
  return { merged, serverOrder: [...base, ...appended].slice(0, before.length) }
}

/** Obeys the patch's items that carry `$patch`. (Go: mergeSliceWithSpecialElements.) */
function withoutSpecials(
  before: readonly Json[],
  patch: readonly Json[],
  mergeKey: string,
  at: Trail,
): { base: readonly Json[]; additions: readonly Json[] } {
  const additions: Json[] = []
  const deleted = new Set<string>()
  let replace = false
  for (const item of patch) {
    const directive = fieldOf(requireObject(item, at), patchDirective)
    if (directive === undefined) additions.push(item)
    else if (directive === 'delete') deleted.add(identityOf(item, mergeKey, at))
    else if (directive === 'replace') replace = true
    else refuseDirective(`${patchDirective}: ${String(directive)}`, at)
  }
  if (replace) return { base: additions, additions: [] }
  if (deleted.size === 0) return { base: before, additions }
  return { base: before.filter(item => !deleted.has(identityOf(item, mergeKey, at))), additions }
}

/** (Go: mergeSliceWithoutSpecialElements.) */
function mergeItems(
  base: readonly Json[],
  additions: readonly Json[],
  rule: FieldRule,
  mode: MergeMode,
  at: Trail,
): { items: readonly Json[]; appended: readonly Json[] } {
  const { mergeKey } = rule
  const schema = itemSchema(rule, at)
  const items = [...base]
  const places = new Map(placesOf(base, mergeKey, at))
  for (const addition of additions) {
    const patch = requireObject(addition, at)
    const value = mergeValueOf(patch, mergeKey, at)
    const place = places.get(scalarKey(value))
    const target = place === undefined ? undefined : items[place]
    if (place === undefined || target === undefined) {
      places.set(scalarKey(value), items.length)
      items.push(patch)
    } else {
      items[place] = mergeMaps(requireObject(target, at), patch, schema, mode, below(at, itemStep(mergeKey, value)))
    }
  }
  return { items, appended: items.slice(base.length) }
}

/** Merges every list that has a `$setElementOrder` and puts it in order; takes both out of `todo`. (Go: mergePatchIntoOriginal.) */
function mergeOrderedLists(result: Draft, todo: Draft, schema: PatchSchema, mode: MergeMode, at: Trail): void {
  for (const [key, order] of [...todo]) {
    if (!key.startsWith(orderPrefix)) continue
    if (mode === 'combine') keepOrder(result, key, order, at)
    todo.delete(key)
    const field = parallelField(key, orderPrefix) ?? refuseDirective(key, at)
    const merged = orderedList(
      result.get(field),
      todo.get(field),
      requireList(order, below(at, key)),
      schema,
      field,
      mode,
      at,
    )
    if (merged === null) continue
    result.set(field, merged)
    todo.delete(field)
  }
}

function keepOrder(result: Draft, key: string, order: Json, at: Trail): void {
  const present = result.get(key)
  if (present !== undefined && !equalJson(present, order)) {
    refuse({ code: 'patch-list-order', detail: 'two patches order the list differently', path: pathOf(below(at, key)) })
  }
  result.set(key, order)
}

function orderedList(
  before: Json | undefined,
  patch: Json | undefined,
  order: readonly Json[],
  schema: PatchSchema,
  field: string,
  mode: MergeMode,
  up: Trail,
): readonly Json[] | null {
  const at = below(up, field)
  const present = before === undefined ? undefined : requireList(before, at)
  const additions = patch === undefined ? undefined : requireList(patch, at)
  const rule = requireRule(schema, field, order, up)
  requireOrder(additions ?? [], order, rule.mergeKey, at)
  const list = mergedForOrder(present, additions, rule, mode, at)
  if (list === null) return null
  itemKind(at, present ?? [], additions ?? [])
  const { mergeKey } = rule
  return interleaved(list.merged, placesOf(order, mergeKey, at), placesOf(list.serverOrder, mergeKey, at), mergeKey, at)
}

function mergedForOrder(
  before: readonly Json[] | undefined,
  patch: readonly Json[] | undefined,
  rule: FieldRule,
  mode: MergeMode,
  at: Trail,
): MergedList | null {
  if (patch === undefined) return before === undefined ? null : { merged: before, serverOrder: before }
  if (before !== undefined) return mergeListField(before, patch, rule, mode, at)
  const added = landed(patch, false)
  return { merged: isList(added) ? added : [], serverOrder: [] }
}

/** Refuses (`patch-list-order`) a patch list whose items are not in the order list, or in another order. (Go: validatePatchWithSetOrderList.) */
function requireOrder(patch: readonly Json[], order: readonly Json[], mergeKey: string, at: Trail): void {
  if (order.length === 0 || patch.length === 0) return
  const items = mergeKey === '' ? patch : patch.filter(item => !isDeletion(item))
  let next = 0
  for (let place = 0; next < items.length && place < order.length; ) {
    const item = items[next] ?? null
    if (isObject(item) && fieldOf(item, patchDirective) !== undefined) {
      next++
      continue
    }
    if (identityOf(item, mergeKey, at) === identityOf(order[place] ?? null, mergeKey, at)) next++
    place++
  }
  if (next < items.length) {
    refuse({ code: 'patch-list-order', detail: 'the items do not follow the order list', path: pathOf(at) })
  }
}
