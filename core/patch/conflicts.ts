import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { Conflict } from '../problem.ts'
import { deleteListPrefix, patchDirective, retainKeysDirective } from './directives.ts'
import { identityOf, itemKind, itemStep, mergeValueOf } from './list-items.ts'
import { below, pathOf, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { itemSchema, requireRule } from './schema-lookup.ts'
import { compareText, scalarText } from './values.ts'

/** One place of two patches and of the three objects that they come from. */
type Sides<T> = {
  readonly patch: T
  readonly changed: T
  readonly original: Json | undefined
  readonly modified: Json | undefined
  readonly current: Json | undefined
}

/** Where two strategic patches set one field to different values. (Go: MergingMapsHaveConflicts, which only says whether.) */
export function conflictsBetween(sides: Sides<JsonObject>, schema: PatchSchema): readonly Conflict[] {
  const found: Conflict[] = []
  compareMaps(sides, schema, null, found)
  return found
}

function compareMaps(sides: Sides<JsonObject>, schema: PatchSchema, at: Trail, found: Conflict[]): void {
  for (const [key, patch] of Object.entries(sides.patch)) {
    const changed = fieldOf(sides.changed, key)
    // Two lists of values to delete never disagree; Go looks them up as fields and fails.
    const skipped = key === patchDirective || key === retainKeysDirective || key.startsWith(deleteListPrefix)
    if (changed === undefined || skipped) continue
    const inner = {
      patch,
      changed,
      original: childOf(sides.original, key),
      modified: childOf(sides.modified, key),
      current: childOf(sides.current, key),
    }
    compareField(inner, key, schema, below(at, key), found)
  }
}

function childOf(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? fieldOf(value, key) : undefined
}

function compareField(sides: Sides<Json>, key: string, schema: PatchSchema, at: Trail, found: Conflict[]): void {
  const { patch, changed } = sides
  if (isObject(patch) && isObject(changed)) {
    const rule = requireRule(schema, key, patch, at?.up ?? null)
    if (!sameDirective(patch, changed)) report(sides, at, found)
    else if (rule.strategy !== 'replace') compareMaps({ ...sides, patch, changed }, rule.schema, at, found)
  } else if (isList(patch) && isList(changed)) {
    const rule = requireRule(schema, key, patch, at?.up ?? null)
    if (rule.strategy !== 'merge') {
      if (!sameList(patch, changed)) report(sides, at, found)
    } else if (itemKind(at, patch, changed) === 'object') {
      compareItems({ ...sides, patch, changed }, rule.mergeKey, itemSchema(rule, at), at, found)
    }
  } else if (!equalJson(patch, changed)) report(sides, at, found)
}

function sameDirective(a: JsonObject, b: JsonObject): boolean {
  return equalJson(fieldOf(a, patchDirective), fieldOf(b, patchDirective))
}

function report({ original, modified, current }: Sides<Json>, at: Trail, found: Conflict[]): void {
  found.push({
    path: pathOf(at),
    ...(original !== undefined && { base: original }),
    ...(modified !== undefined && { mine: modified }),
    ...(current !== undefined && { theirs: current }),
  })
}

/** Lists that are replaced: equal item by item, lists of scalars as sets. (Go: slicesHaveConflicts.) */
function sameList(a: readonly Json[], b: readonly Json[]): boolean {
  if (a.length !== b.length) return false
  return equalJson(a, b) || equalJson(asSet(a), asSet(b))
}

function asSet(list: readonly Json[]): readonly Json[] {
  if (list.some(item => typeof item === 'object')) return list
  return [...new Set(list)].sort((a, b) => compareText(scalarText(a), scalarText(b)))
}

function compareItems(
  sides: Sides<readonly Json[]>,
  mergeKey: string,
  schema: PatchSchema,
  at: Trail,
  found: Conflict[],
): void {
  const changed = byKey(sides.changed, mergeKey, at)
  const objects = [sides.original, sides.modified, sides.current].map(list => byKey(list, mergeKey, at))
  for (const [identity, patch] of byKey(sides.patch, mergeKey, at)) {
    const other = changed.get(identity)
    if (other === undefined) continue
    const [original, modified, current] = objects.map(items => items.get(identity))
    const here = { patch, changed: other, original, modified, current }
    const step = below(at, itemStep(mergeKey, mergeValueOf(patch, mergeKey, at)))
    if (sameDirective(patch, other)) compareMaps(here, schema, step, found)
    else report(here, step, found)
  }
}

function byKey(list: Json | undefined, mergeKey: string, at: Trail): ReadonlyMap<string, JsonObject> {
  if (!isList(list)) return new Map()
  return new Map(list.filter(isObject).map(item => [identityOf(item, mergeKey, at), item]))
}
