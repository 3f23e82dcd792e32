import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import {
  deleteListPrefix,
  deletionOf,
  orderPrefix,
  parallelKey,
  patchDirective,
  retainKeysDirective,
} from './directives.ts'
import { inOrder, itemKind, itemStep, mergeValueOf, orderEntry, placesOf, withoutRepeats } from './list-items.ts'
import { attempt, below, pathOf, refuse, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { type FieldRule, hasRule, itemSchema, requireRule } from './schema-lookup.ts'
import { compareText, type Draft, finished, kindsDiffer, requireObject, requireSound, scalarText } from './values.ts'

/** Which parts of a difference go into the patch. (Go: DiffOptions.) */
export type DiffMode = {
  /** Changes and additions. */
  readonly changes: boolean
  readonly deletions: boolean
  /** `$setElementOrder` lists. */
  readonly order: boolean
}

/**
 * The strategic merge patch that turns `from` into `to`, equal to Go's CreateTwoWayMergePatch. Empty when nothing
 * differs, but for fields whose strategy is `replace`: Go always repeats those. A null in `to` where `from` has
 * nothing is sent as a deletion.
 */
export function createStrategicPatch(
  from: JsonObject,
  to: JsonObject,
  schema: PatchSchema,
): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    requireSound(from, to)
    return finished(diffMaps(from, to, schema, { changes: true, deletions: true, order: true }, false, null))
  })
}

/** The difference of two maps as a patch. Refuses what `createStrategicPatch` fails with. (Go: diffMaps.) */
export function diffMaps(
  from: JsonObject,
  to: JsonObject,
  schema: PatchSchema,
  mode: DiffMode,
  retainKeys: boolean,
  at: Trail,
): Draft {
  const patch: Draft = new Map()
  for (const [key, after] of Object.entries(to)) {
    const before = fieldOf(from, key)
    if (before === undefined) {
      if (mode.changes) patch.set(key, after)
    } else if (key === patchDirective) {
      diffDirective(before, after, patch, at)
    } else if (isObject(before) && isObject(after)) {
      diffMapField(key, before, after, patch, schema, mode, at)
    } else if (isList(before) && isList(after)) {
      diffListField(key, before, after, patch, schema, mode, at)
    } else if (mode.changes && (kindsDiffer(before, after) || !equalJson(before, after))) {
      patch.set(key, after)
    }
  }
  const gone = Object.keys(from).filter(key => !Object.hasOwn(to, key))
  if (mode.deletions) for (const key of gone) patch.set(key, null)
  if (retainKeys) addRetainKeys(patch, from, to, gone)
  return patch
}

function diffDirective(before: Json, after: Json, patch: Draft, at: Trail): void {
  if (typeof before !== 'string' || typeof after !== 'string') {
    refuse({ code: 'patch-directive-unknown', directive: patchDirective, path: pathOf(below(at, patchDirective)) })
  }
  if (before !== after) patch.set(patchDirective, after)
}

/** Names every key to keep, if there is anything to change or to clear. */
function addRetainKeys(patch: Draft, from: JsonObject, to: JsonObject, gone: readonly string[]): void {
  const kept = Object.keys(to).filter(key => to[key] !== null)
  const clears = gone.some(key => from[key] !== null)
  if (kept.length > 0 && (patch.size > 0 || clears)) patch.set(retainKeysDirective, kept.sort(compareText))
}

function diffMapField(
  key: string,
  before: JsonObject,
  after: JsonObject,
  patch: Draft,
  schema: PatchSchema,
  mode: DiffMode,
  at: Trail,
): void {
  if (!hasRule(schema, key, after) && equalJson(before, after)) return
  const rule = requireRule(schema, key, after, at)
  if (rule.strategy === 'replace') {
    // Equal values too: Go repeats a map of this strategy in every patch.
    if (mode.changes) patch.set(key, after)
    return
  }
  const inner = diffMaps(before, after, rule.schema, mode, rule.retainKeys, below(at, key))
  if (inner.size > 0) patch.set(key, finished(inner))
}

function diffListField(
  key: string,
  before: readonly Json[],
  after: readonly Json[],
  patch: Draft,
  schema: PatchSchema,
  mode: DiffMode,
  at: Trail,
): void {
  if (!hasRule(schema, key, after) && equalJson(before, after)) return
  const rule = requireRule(schema, key, after, at)
  if (rule.strategy !== 'merge') {
    if (mode.changes && !equalJson(before, after)) patch.set(key, after)
    return
  }
  const { items, deletions, order } = diffLists(before, after, rule, mode, below(at, key))
  if (items.length > 0) patch.set(key, items)
  if (deletions.length > 0) patch.set(parallelKey(deleteListPrefix, key), deletions)
  if (order.length > 0) patch.set(parallelKey(orderPrefix, key), order)
}

/** What a merged list contributes to a patch: its own items, values to delete from it, its order. */
type ListDiff = {
  readonly items: readonly Json[]
  readonly deletions: readonly Json[]
  readonly order: readonly Json[]
}

function diffLists(from: readonly Json[], to: readonly Json[], rule: FieldRule, mode: DiffMode, at: Trail): ListDiff {
  if (from.length === 0) return { items: mode.changes ? to : [], deletions: [], order: [] }
  return itemKind(at, from, to) === 'object'
    ? diffObjectLists(from, to, rule, mode, at)
    : diffScalarLists(from, to, mode, at)
}

function diffObjectLists(
  from: readonly Json[],
  to: readonly Json[],
  rule: FieldRule,
  mode: DiffMode,
  at: Trail,
): ListDiff {
  const { mergeKey } = rule
  const { changed, removed } = pairItems(from, to, rule, mode, at)
  const items = [...inOrder({ items: changed, order: placesOf(to, mergeKey, at) }, mergeKey, at), ...removed]
  const contentMoves = items.length > 0
  const orderMoves = mode.changes && !sameOrder(from, to, mergeKey, at)
  const ordered = mode.order && ((contentMoves && (mode.changes || mode.deletions)) || orderMoves)
  return { items, deletions: [], order: ordered ? to.map(item => orderEntry(item, mergeKey, at)) : [] }
}

function sameOrder(from: readonly Json[], to: readonly Json[], mergeKey: string, at: Trail): boolean {
  if (from.length !== to.length) return false
  return from.every((item, index) => {
    const other = to[index]
    return other !== undefined && equalJson(mergeValueOf(item, mergeKey, at), mergeValueOf(other, mergeKey, at))
  })
}

/** Walks both lists in the order of their merge keys and pairs what is equal. (Go: diffListsOfMaps.) */
function pairItems(
  from: readonly Json[],
  to: readonly Json[],
  rule: FieldRule,
  mode: DiffMode,
  at: Trail,
): { changed: Json[]; removed: Json[] } {
  const schema = itemSchema(rule, at)
  const left = sortedByKey(from, rule.mergeKey, at)
  const right = sortedByKey(to, rule.mergeKey, at)
  const changed: Json[] = []
  const removed: Json[] = []
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const before = left[i]
    const after = right[j]
    const side = before === undefined ? 1 : after === undefined ? -1 : compareText(before.text, after.text)
    if (side === 0 && before !== undefined && after !== undefined) {
      const step = below(at, itemStep(rule.mergeKey, after.value))
      const patch = diffMaps(before.item, after.item, schema, mode, rule.retainKeys, step)
      if (patch.size > 0) changed.push(finished(patch.set(rule.mergeKey, after.value)))
    } else if (side > 0 && after !== undefined) {
      if (mode.changes) changed.push(after.item)
    } else if (before !== undefined && mode.deletions) {
      removed.push(deletionOf(rule.mergeKey, before.value))
    }
    if (side <= 0) i++
    if (side >= 0) j++
  }
  return { changed, removed }
}

type KeyedItem = { readonly item: JsonObject; readonly value: Json; readonly text: string }

/**
 * The items by their merge keys. Items of one key come last first, since Go's sort takes "equal" for "less" and its
 * insertion sort (up to 12 items) turns them around. Which of them are paired beyond 12 is left to chance there.
 */
function sortedByKey(list: readonly Json[], mergeKey: string, at: Trail): readonly KeyedItem[] {
  const keyed = list.map(item => {
    const value = mergeValueOf(item, mergeKey, at)
    return { item: requireObject(item, at), value, text: scalarText(value) }
  })
  return keyed.reverse().sort((a, b) => compareText(a.text, b.text))
}

/** (Go: diffListsOfScalars.) */
function diffScalarLists(from: readonly Json[], to: readonly Json[], mode: DiffMode, at: Trail): ListDiff {
  const left = sortedScalars(from)
  const right = sortedScalars(to)
  const added: Json[] = []
  const removed: Json[] = []
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const before = left[i]
    const after = right[j]
    const side =
      before === undefined ? 1 : after === undefined ? -1 : compareText(scalarText(before), scalarText(after))
    if (side > 0 && after !== undefined && mode.changes) added.push(after)
    if (side < 0 && before !== undefined && mode.deletions) removed.push(before)
    if (side <= 0) i++
    if (side >= 0) j++
  }
  const items = inOrder({ items: added, order: placesOf(to, '', at) }, '', at)
  const deletions = withoutRepeats(removed)
  // Go sorts `from` in place and then compares it with `to`: an unsorted list sends its order even when unchanged.
  const ordered = mode.order && (deletions.length > 0 || (mode.changes && !equalJson(left, to)))
  return { items, deletions, order: ordered ? to : [] }
}

function sortedScalars(list: readonly Json[]): readonly Json[] {
  return [...list].sort((a, b) => compareText(scalarText(a), scalarText(b)))
}
