import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import {
  deleteListPrefix,
  deletionOf,
  orderPrefix,
  parallelKey,
  patchDirective,
  refuseDirective,
  retainKeysDirective,
} from './directives.ts'
import { belowItem, itemKind, type Keyed, mergeValueOf, orderEntry, placesOf, withoutRepeats } from './list-items.ts'
import { inOrder } from './list-order.ts'
import { attempt, below, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { type FieldRule, hasRule, itemSchema, requireRule } from './schema-lookup.ts'
import { compareText, type Draft, finished, kindsDiffer, requireObject, requireSound, scalarText } from './values.ts'

/**
 * The strategic merge patch that turns `from` into `to`, equal to Go's CreateTwoWayMergePatch. Empty when nothing
 * differs, but for maps whose strategy is `replace` (Go repeats them) and unsorted merged lists of scalars (Go sends
 * their order). A null in `to` where `from` has nothing is sent as a deletion.
 */
export function createStrategicPatch(
  from: JsonObject,
  to: JsonObject,
  schema: PatchSchema,
): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    requireSound(from, to)
    return diff(from, to, schema, { changes: true, deletions: true, order: true })
  })
}

/** Which parts of a difference go into the patch. (Go: DiffOptions.) */
type Parts = {
  /** Changes and additions. */
  readonly changes: boolean
  readonly deletions: boolean
  /** `$setElementOrder` lists. */
  readonly order: boolean
}

/** Where a comparison stands, and what it is to yield. */
type Diff = {
  readonly schema: PatchSchema
  readonly parts: Parts
  readonly retainKeys: boolean
  readonly at: Trail
}

/** The chosen parts of a difference, as a patch. Refuses what `createStrategicPatch` fails with. */
export function diff(from: JsonObject, to: JsonObject, schema: PatchSchema, parts: Parts): JsonObject {
  return finished(diffMaps(from, to, { schema, parts, retainKeys: false, at: null }))
}

/** (Go: diffMaps.) */
function diffMaps(from: JsonObject, to: JsonObject, diff: Diff): Draft {
  const patch: Draft = new Map()
  const { changes, deletions } = diff.parts
  let common = 0
  for (const [key, after] of Object.entries(to)) {
    const before = fieldOf(from, key)
    if (before !== undefined) common++
    // Most fields: nothing else is asked of a scalar that stayed.
    if (before === after && typeof before !== 'object') continue
    if (before === undefined) {
      if (changes) patch.set(key, after)
    } else if (key === patchDirective) {
      diffDirective(before, after, patch, diff.at)
    } else if (isObject(before) && isObject(after)) {
      diffMapField(key, before, after, patch, diff)
    } else if (isList(before) && isList(after)) {
      diffListField(key, before, after, patch, diff)
    } else if (changes && (kindsDiffer(before, after) || !equalJson(before, after))) {
      patch.set(key, after)
    }
  }
  const keys = Object.keys(from)
  const gone = common === keys.length ? [] : keys.filter(key => !Object.hasOwn(to, key))
  if (deletions) for (const key of gone) patch.set(key, null)
  if (diff.retainKeys) addRetainKeys(patch, from, to, gone)
  return patch
}

/** The object itself may carry a `$patch`: then it is compared as a text. */
function diffDirective(before: Json, after: Json, patch: Draft, at: Trail): void {
  if (typeof before !== 'string' || typeof after !== 'string') refuseDirective(patchDirective, at)
  if (before !== after) patch.set(patchDirective, after)
}

/** Names every key to keep, if there is anything to change or to clear. */
function addRetainKeys(patch: Draft, from: JsonObject, to: JsonObject, gone: readonly string[]): void {
  const kept = Object.keys(to).filter(key => to[key] !== null)
  const clears = gone.some(key => from[key] !== null)
  if (kept.length > 0 && (patch.size > 0 || clears)) patch.set(retainKeysDirective, kept.sort(compareText))
}

function diffMapField(key: string, before: JsonObject, after: JsonObject, patch: Draft, diff: Diff): void {
  if (!hasRule(diff.schema, key, after) && equalJson(before, after)) return
  const rule = requireRule(diff.schema, key, after, diff.at)
  if (rule.strategy === 'replace') {
    // Equal maps too: so does Go.
    if (diff.parts.changes) patch.set(key, after)
    return
  }
  const inner = diffMaps(before, after, {
    ...diff,
    schema: rule.schema,
    retainKeys: rule.retainKeys,
    at: below(diff.at, key),
  })
  if (inner.size > 0) patch.set(key, finished(inner))
}

function diffListField(key: string, before: readonly Json[], after: readonly Json[], patch: Draft, diff: Diff): void {
  if (!hasRule(diff.schema, key, after) && equalJson(before, after)) return
  const rule = requireRule(diff.schema, key, after, diff.at)
  if (rule.strategy !== 'merge') {
    if (diff.parts.changes && !equalJson(before, after)) patch.set(key, after)
    return
  }
  const { items, deletions, order } = diffLists(before, after, rule, diff.parts, below(diff.at, key))
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

function diffLists(from: readonly Json[], to: readonly Json[], rule: FieldRule, parts: Parts, at: Trail): ListDiff {
  if (from.length === 0) return { items: parts.changes ? to : [], deletions: [], order: [] }
  if (itemKind(at, from, to) !== 'object') return diffScalarLists(from, to, parts, at)
  return diffObjectLists(from, to, rule, parts, at)
}

function diffObjectLists(
  from: readonly Json[],
  to: readonly Json[],
  rule: FieldRule,
  parts: Parts,
  at: Trail,
): ListDiff {
  const keyed = { mergeKey: rule.mergeKey, at }
  const diff = { schema: itemSchema(rule, at), retainKeys: rule.retainKeys, parts, at }
  const { changed, removed } = pairItems(from, to, keyed, diff)
  const items = changed.length === 0 ? removed : [...inOrder(changed, placesOf(to, keyed), keyed), ...removed]
  const moved = parts.changes && !sameOrder(from, to, keyed)
  const ordered = parts.order && (items.length > 0 || moved)
  const order = ordered ? to.map(item => orderEntry(rule.mergeKey, mergeValueOf(item, keyed))) : []
  return { items, deletions: [], order }
}

function sameOrder(from: readonly Json[], to: readonly Json[], keyed: Keyed): boolean {
  if (from.length !== to.length) return false
  return from.every((item, index) => equalJson(mergeValueOf(item, keyed), mergeValueOf(to[index] ?? null, keyed)))
}

/** Walks both lists in the order of their merge keys and pairs what is equal. (Go: diffListsOfMaps.) */
function pairItems(
  from: readonly Json[],
  to: readonly Json[],
  keyed: Keyed,
  diff: Diff,
): { changed: readonly Json[]; removed: readonly Json[] } {
  const changed: Json[] = []
  const removed: Json[] = []
  for (const [before, after] of paired(sortedByKey(from, keyed), sortedByKey(to, keyed))) {
    if (before !== null && after !== null) {
      const patch = diffMaps(before.item, after.item, { ...diff, at: belowItem(keyed, after.value) })
      if (patch.size > 0) changed.push(finished(patch.set(keyed.mergeKey, after.value)))
    } else if (after !== null) {
      if (diff.parts.changes) changed.push(after.item)
    } else if (before !== null && diff.parts.deletions) {
      removed.push(deletionOf(keyed.mergeKey, before.value))
    }
  }
  return { changed, removed }
}

/** An item with the text that it is sorted and paired by: its merge key, or the scalar itself, as Go prints it. */
type Sortable = { readonly text: string }

/** The items of two sorted lists side by side: those of one text together, null where the other list has none. */
function paired<T extends Sortable>(
  left: readonly T[],
  right: readonly T[],
): readonly (readonly [T | null, T | null])[] {
  const pairs: [T | null, T | null][] = []
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const before = left[i]
    const after = right[j]
    const side = before === undefined ? 1 : after === undefined ? -1 : compareText(before.text, after.text)
    pairs.push([side <= 0 ? (before ?? null) : null, side >= 0 ? (after ?? null) : null])
    if (side <= 0) i++
    if (side >= 0) j++
  }
  return pairs
}

type KeyedItem = Sortable & { readonly item: JsonObject; readonly value: Json }

/**
 * The items by their merge keys. Items of one key come last first: Go's sort takes "equal" for "less", and its
 * insertion sort (up to 12 items) turns them around. Which of them it pairs in longer lists is left to its quicksort.
 */
function sortedByKey(list: readonly Json[], keyed: Keyed): readonly KeyedItem[] {
  const items = list.map(item => {
    const value = mergeValueOf(item, keyed)
    return { item: requireObject(item, keyed.at), value, text: scalarText(value) }
  })
  return items.reverse().sort((a, b) => compareText(a.text, b.text))
}

/** (Go: diffListsOfScalars.) */
function diffScalarLists(from: readonly Json[], to: readonly Json[], parts: Parts, at: Trail): ListDiff {
  const keyed = { mergeKey: '', at }
  const left = sortedScalars(from)
  const pairs = paired(left, sortedScalars(to))
  const added = pairs.flatMap(([before, after]) => (before === null && after !== null ? [after.value] : []))
  const removed = pairs.flatMap(([before, after]) => (after === null && before !== null ? [before.value] : []))
  const deletions = parts.deletions ? withoutRepeats(removed) : []
  // Go sorts `from` in place before it compares: an unsorted list sends its order even when nothing has changed.
  const unsorted = !equalJson(
    left.map(({ value }) => value),
    to,
  )
  const ordered = parts.order && (deletions.length > 0 || (parts.changes && unsorted))
  const items = parts.changes ? inOrder(added, placesOf(to, keyed), keyed) : []
  return { items, deletions, order: ordered ? to : [] }
}

function sortedScalars(list: readonly Json[]): readonly (Sortable & { readonly value: Json })[] {
  const items = list.map(value => ({ value, text: scalarText(value) }))
  return items.sort((a, b) => compareText(a.text, b.text))
}
