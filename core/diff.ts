import { fieldGround, type Ground, type IdentifiedItem, identifyItems, itemGround, rootGround } from './identity.ts'
import { equalJson, type Json, type JsonObject } from './json.ts'
import { fieldOf, isList, isObject } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'
import type { ItemIdentity, Path } from './path.ts'

/**
 * One difference between two versions of an object. `moved` is at a list whose common items stand in another order:
 * their identities, before and after.
 */
export type Change =
  | { readonly kind: 'added'; readonly path: Path; readonly to: Json }
  | { readonly kind: 'removed'; readonly path: Path; readonly from: Json }
  | { readonly kind: 'changed'; readonly path: Path; readonly from: Json; readonly to: Json }
  | {
      readonly kind: 'moved'
      readonly path: Path
      readonly from: readonly ItemIdentity[]
      readonly to: readonly ItemIdentity[]
    }

/**
 * What differs, at the finest place that both versions have: fields of maps, items of lists by identity, atomic lists
 * as a whole. In order of the keys of `from`, then of `to`. A null where the other has nothing is no difference unless
 * the place is nullable or unknown. Nothing differs in effect when the answer is empty.
 */
export function diffObjects(from: JsonObject, to: JsonObject, schema: PatchSchema | null): readonly Change[] {
  return compareRoots(from, to, schema, false)
}

/**
 * As `diffObjects`, with what was added or removed as a whole taken apart into its single fields (an added container
 * gives its name, its image, each field of its ports), to judge the fate of each. Empty maps and lists stay fields.
 */
export function diffFields(from: JsonObject, to: JsonObject, schema: PatchSchema | null): readonly Change[] {
  return compareRoots(from, to, schema, true)
}

/** Whether null says the same as an absent field here: everywhere but at nullable fields, and where nothing is known. */
export function nullIsAbsent({ schema }: Ground): boolean {
  return schema !== null && schema.type !== 'unknown' && !schema.nullable
}

type Walk = { readonly apart: boolean; readonly changes: Change[] }

function compareRoots(from: JsonObject, to: JsonObject, schema: PatchSchema | null, apart: boolean): readonly Change[] {
  const walk: Walk = { apart, changes: [] }
  compareMaps(walk, from, to, rootGround(schema, from, to), [])
  return walk.changes
}

function compare(walk: Walk, from: Json | undefined, to: Json | undefined, ground: Ground, path: Path): void {
  if (from === to) return
  if (isObject(from) && isObject(to)) compareMaps(walk, from, to, ground, path)
  else if (isList(from) && isList(to)) compareLists(walk, from, to, ground, path)
  else if ((from ?? null) === null && (to ?? null) === null && nullIsAbsent(ground)) return
  else if (from === undefined && to !== undefined) added(walk, to, ground, path)
  else if (to === undefined && from !== undefined) removed(walk, from, ground, path)
  else if (from !== undefined && to !== undefined && !equalJson(from, to)) {
    walk.changes.push({ kind: 'changed', path, from, to })
  }
}

function compareMaps(walk: Walk, from: JsonObject, to: JsonObject, ground: Ground, path: Path): void {
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [fieldOf(from, key), fieldOf(to, key)]
    if (before === after) continue
    compare(walk, before, after, fieldGround(ground, key, before, after), [...path, key])
  }
}

function compareLists(walk: Walk, from: readonly Json[], to: readonly Json[], ground: Ground, path: Path): void {
  const before = identifyItems(from, ground)
  const after = identifyItems(to, ground)
  if (before === null || after === null) {
    if (!equalJson(from, to)) walk.changes.push({ kind: 'changed', path, from, to })
    return
  }
  for (const { id, step, value } of before.values()) {
    const other = after.get(id)?.value
    compare(walk, value, other, itemGround(ground, value, other), [...path, step])
  }
  for (const { id, step, value } of after.values()) {
    if (!before.has(id)) added(walk, value, itemGround(ground, value), [...path, step])
  }
  compareOrder(walk, before, after, path)
}

type Items = ReadonlyMap<string, IdentifiedItem>

function compareOrder(walk: Walk, before: Items, after: Items, path: Path): void {
  const from = [...before.values()].filter(item => after.has(item.id))
  const to = [...after.values()].filter(item => before.has(item.id))
  if (from.every((item, index) => item.id === to[index]?.id)) return
  walk.changes.push({ kind: 'moved', path, from: from.map(item => item.step), to: to.map(item => item.step) })
}

function added(walk: Walk, to: Json, ground: Ground, path: Path): void {
  if (walk.apart && hasParts(to, ground)) compare(walk, emptyLike(to), to, ground, path)
  else walk.changes.push({ kind: 'added', path, to })
}

function removed(walk: Walk, from: Json, ground: Ground, path: Path): void {
  if (walk.apart && hasParts(from, ground)) compare(walk, from, emptyLike(from), ground, path)
  else walk.changes.push({ kind: 'removed', path, from })
}

function hasParts(value: Json, ground: Ground): boolean {
  if (isList(value)) return value.length > 0 && identifyItems(value, ground) !== null
  return isObject(value) && Object.keys(value).length > 0
}

function emptyLike(value: Json): Json {
  return isList(value) ? [] : {}
}
