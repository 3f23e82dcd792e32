import { type Change, diffObjects, nullIsAbsent } from './diff.ts'
import {
  fieldGround,
  type Ground,
  type IdentifiedItem,
  identifyItems,
  itemGround,
  listRule,
  rootGround,
} from './identity.ts'
import { canonicalJson, equalJson, type Json, type JsonObject } from './json.ts'
import { fieldOf, isList, isObject, metadataOf } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'
import type { Path } from './path.ts'
import type { Conflict, PatchProblem } from './problem.ts'

type MergeConflict = Extract<PatchProblem, { code: 'merge-conflict' }>

/**
 * A three-way merge. `taken` is what came in from theirs: the difference from mine to `merged`. With conflicts,
 * `partial` is the merge with my side where both disagree.
 */
export type Merge =
  | { readonly ok: true; readonly merged: JsonObject; readonly taken: readonly Change[] }
  | { readonly ok: false; readonly problem: MergeConflict; readonly partial: JsonObject }

/** Whose value stands where both sides disagree. */
export type Side = 'mine' | 'theirs'

/**
 * What stands where both sides disagree: one side's value; of two lists, the items of `both`; or another `value`,
 * undefined for nothing. Where only the order of items is disputed it can be one side's: anything else is mine.
 */
export type Choice = Side | 'both' | { readonly value: Json | undefined }

/** Where both sides disagree: who decides, null for nobody yet; and what nobody decided. */
type Dispute = { readonly decide: (path: Path) => Choice | null; readonly conflicts: Conflict[] }

/**
 * Both sides' changes since `base` in one object, by structure: maps by key, lists by identity, atomic lists and maps
 * as one value. The same change on both sides is no conflict; a deletion against a change of the same thing is. A null
 * equals an absent field unless the place is nullable or unknown. `metadata.managedFields` is the server's: always theirs.
 * Where `decide` chooses for the path of a conflict, that is taken and there is none.
 */
export function mergeThreeWay(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  schema: PatchSchema | null,
  decide: (path: Path) => Choice | null = () => null,
): Merge {
  const sides = {
    base: withoutManagedFields(base),
    mine: withoutManagedFields(mine),
    theirs: withoutManagedFields(theirs),
  }
  const conflicts: Conflict[] = []
  const object = mergeMaps(sides, rootGround(schema, ...valuesOf(sides)), [], { decide, conflicts })
  const merged = withManagedFields(object, theirs)
  if (conflicts.length > 0) return { ok: false, problem: { code: 'merge-conflict', conflicts }, partial: merged }
  return { ok: true, merged, taken: diffObjects(sides.mine, object, schema) }
}

function withoutManagedFields(object: JsonObject): JsonObject {
  if (fieldOf(metadataOf(object), 'managedFields') === undefined) return object
  const { managedFields: _, ...metadata } = metadataOf(object)
  return { ...object, metadata }
}

function withManagedFields(object: JsonObject, source: JsonObject): JsonObject {
  const managedFields = fieldOf(metadataOf(source), 'managedFields')
  return managedFields === undefined ? object : { ...object, metadata: { ...metadataOf(object), managedFields } }
}

/** One place in the three versions; undefined where a version has nothing there. */
type Sides<T> = { readonly base: T; readonly mine: T; readonly theirs: T }

type Value = Json | undefined

function valuesOf<T>({ base, mine, theirs }: Sides<T>): readonly [T, T, T] {
  return [base, mine, theirs]
}

function merge(sides: Sides<Value>, ground: Ground, path: Path, dispute: Dispute): Value {
  const parts = mergeParts(sides, ground, path, dispute)
  if (parts !== undefined) return parts
  const settled = settle(sides, ground)
  if (settled !== null) return settled.value
  return mergeParts(filled(sides, ground), ground, path, dispute) ?? disagree(sides, path, dispute)
}

/** The merge of three maps or three identified lists, part by part; undefined where the value is merged as one. */
function mergeParts(sides: Sides<Value>, ground: Ground, path: Path, dispute: Dispute): Value {
  const { base, mine, theirs } = sides
  if (isObject(base) && isObject(mine) && isObject(theirs)) {
    const maps = { base, mine, theirs }
    return staysWhole(maps, ground) ? undefined : mergeMaps(maps, ground, path, dispute)
  }
  if (!isList(base) || !isList(mine) || !isList(theirs)) return undefined
  const items = [base, mine, theirs].map(list => identifyItems(list, ground))
  const [inBase, inMine, inTheirs] = items
  if (!inBase || !inMine || !inTheirs) return undefined
  return mergeItems({ base: inBase, mine: inMine, theirs: inTheirs }, ground, path, dispute)
}

/** The value when at most one side changed the place, or both alike; null when they disagree. */
function settle({ base, mine, theirs }: Sides<Value>, ground: Ground): { readonly value: Value } | null {
  // Exact equality first, so that mine is not preferred for its way to write "nothing" where I changed nothing.
  if (equalJson(mine, base)) return { value: theirs }
  if (sameHere(mine, theirs, ground)) return { value: mine }
  if (sameHere(mine, base, ground)) return { value: theirs }
  if (sameHere(theirs, base, ground)) return { value: mine }
  return null
}

function sameHere(a: Value, b: Value, ground: Ground): boolean {
  return equalJson(a, b) || ((a ?? null) === null && (b ?? null) === null && nullIsAbsent(ground))
}

/** The sides with an empty value where "nothing" says the same: both sides added a map or list, or one removed a plain map. */
function filled(sides: Sides<Value>, ground: Ground): Sides<Value> {
  const { base, mine, theirs } = sides
  if ((base ?? null) === null) return { ...sides, base: isList(mine) ? [] : {} }
  return isPlainMap(ground) ? { base, mine: mine ?? {}, theirs: theirs ?? {} } : sides
}

/** A map of any keys to scalars (labels, data): to remove it is to remove each of its keys. */
function isPlainMap({ schema }: Ground): boolean {
  return schema?.type === 'object' && !schema.struct && schema.field('')?.type === 'scalar'
}

/** Maps that mean something only as a whole: atomic ones, and unions that both sides turned into different members. */
function staysWhole({ base, mine, theirs }: Sides<JsonObject>, { schema, union }: Ground): boolean {
  if (schema?.atomicMap === true) return true
  const turned = (a: JsonObject, b: JsonObject) => !equalJson(Object.keys(a).sort(), Object.keys(b).sort())
  return union && turned(mine, base) && turned(theirs, base) && turned(mine, theirs)
}

function mergeMaps(sides: Sides<JsonObject>, ground: Ground, path: Path, dispute: Dispute): JsonObject {
  const entries: [string, Json][] = []
  for (const key of new Set([...Object.keys(sides.mine), ...Object.keys(sides.theirs)])) {
    const field = mapSides(sides, object => fieldOf(object, key))
    const value = merge(field, fieldGround(ground, key, ...valuesOf(field)), [...path, key], dispute)
    if (value !== undefined) entries.push([key, value])
  }
  return Object.fromEntries(entries)
}

type Items = ReadonlyMap<string, IdentifiedItem>

function mergeItems(sides: Sides<Items>, ground: Ground, path: Path, dispute: Dispute): readonly Json[] {
  const merged = new Map<string, Json>()
  for (const { id, step } of [...sides.mine.values(), ...sides.theirs.values()]) {
    if (merged.has(id)) continue
    const item = mapSides(sides, items => items.get(id)?.value)
    const value = merge(item, itemGround(ground, ...valuesOf(item)), [...path, step], dispute)
    if (value !== undefined) merged.set(id, value)
  }
  return orderItems(sides, ground, path, dispute)
    .map(id => merged.get(id))
    .filter(value => value !== undefined)
}

/** The items' ids in their merged order. */
function orderItems(sides: Sides<Items>, ground: Ground, path: Path, dispute: Dispute): readonly string[] {
  const ids = mapSides(sides, items => [...items.keys()])
  const order = mergeOrder(ids)
  if (!order.conflict || listRule(ground) === 'set') return order.ids
  const choice = dispute.decide(path)
  if (choice === null) dispute.conflicts.push(conflictOf(mapSides(sides, namesOf), path, { order: true }))
  return choice === 'theirs' ? weave(ids.theirs, ids.mine) : order.ids
}

function namesOf(items: Items): readonly Json[] {
  return [...items.values()].map(({ step }) => ('value' in step ? step.value : step.keys))
}

/**
 * The order of all items of both sides: theirs with my additions after the items that they follow in mine, or the
 * other way round when I moved items. A conflict when both sides moved items differently.
 */
function mergeOrder({ base, mine, theirs }: Sides<readonly string[]>): { ids: readonly string[]; conflict: boolean } {
  const [inBase, inMine, inTheirs] = [new Set(base), new Set(mine), new Set(theirs)]
  const order = (ids: readonly string[]) => ids.filter(id => inBase.has(id) && inMine.has(id) && inTheirs.has(id))
  const iMoved = !equalJson(order(mine), order(base))
  const theyMoved = !equalJson(order(theirs), order(base))
  return {
    ids: iMoved ? weave(mine, theirs) : weave(theirs, mine),
    conflict: iMoved && theyMoved && !equalJson(order(mine), order(theirs)),
  }
}

/** `main` with the items that only `other` has, each after the one it follows there and after what `main` alone has at that place. */
function weave(main: readonly string[], other: readonly string[]): readonly string[] {
  const inMain = new Set(main)
  const inOther = new Set(other)
  const following = new Map<string | null, string[]>()
  let anchor: string | null = null
  for (const id of other) {
    if (inMain.has(id)) anchor = id
    else following.set(anchor, [...(following.get(anchor) ?? []), id])
  }
  const result: string[] = []
  let waiting = following.get(null) ?? []
  for (const id of main) {
    if (inOther.has(id)) {
      result.push(...waiting)
      waiting = following.get(id) ?? []
    }
    result.push(id)
  }
  return [...result, ...waiting]
}

function mapSides<T, U>({ base, mine, theirs }: Sides<T>, change: (side: T) => U): Sides<U> {
  return { base: change(base), mine: change(mine), theirs: change(theirs) }
}

/** What was decided. Where nothing was, notes that both sides disagree and goes on with mine. */
function disagree(sides: Sides<Value>, path: Path, { decide, conflicts }: Dispute): Value {
  const choice = decide(path)
  if (choice === null) conflicts.push(conflictOf(sides, path))
  if (choice === 'theirs') return sides.theirs
  if (choice === 'both') return itemsOfBoth(sides)
  return choice === null || choice === 'mine' ? sides.mine : choice.value
}

function conflictOf({ base, mine, theirs }: Sides<Value>, path: Path, more: { readonly order?: true } = {}): Conflict {
  return {
    path,
    ...(base !== undefined && { base }),
    ...(mine !== undefined && { mine }),
    ...(theirs !== undefined && { theirs }),
    ...more,
  }
}

/**
 * The items of two lists in one, each known by its own value: theirs without what I removed, my additions after the
 * items that they follow in mine. Mine where they are not two lists.
 */
export function itemsOfBoth({ base, mine, theirs }: Sides<Value>): Value {
  if (!isList(mine) || !isList(theirs)) return mine
  const [inBase, inMine, inTheirs] = [isList(base) ? base : [], mine, theirs].map(countedItems)
  if (!inBase || !inMine || !inTheirs) return mine
  const isKept = (id: string) => !inBase.has(id) || (inMine.has(id) && inTheirs.has(id))
  return weave([...inTheirs.keys()], [...inMine.keys()])
    .filter(isKept)
    .map(id => inMine.get(id) ?? inTheirs.get(id) ?? null)
}

/** The items under their values; equal ones are told apart by counting them. */
function countedItems(list: readonly Json[]): ReadonlyMap<string, Json> {
  const seen = new Map<string, number>()
  return new Map(
    list.map(item => {
      const text = canonicalJson(item)
      const count = (seen.get(text) ?? 0) + 1
      seen.set(text, count)
      return [`${count} ${text}`, item]
    }),
  )
}
