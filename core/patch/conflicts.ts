import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { Conflict } from '../problem.ts'
import { deleteListPrefix, patchDirective, retainKeysDirective } from './directives.ts'
import { belowItem, identityOf, type Keyed, mergeValueOf } from './list-items.ts'
import { below, pathOf, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { type FieldRule, itemSchema, requireRule } from './schema-lookup.ts'
import { compareText, kindOf, scalarText } from './values.ts'

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
    compareLists({ ...sides, patch, changed }, requireRule(schema, key, patch, at?.up ?? null), at, found)
  } else if (!equalJson(patch, changed)) report(sides, at, found)
}

/** (Go: slicesHaveConflicts.) Merged lists of scalars never conflict, nor do two emptied ones (Go fails on those). */
function compareLists(sides: Sides<readonly Json[]>, rule: FieldRule, at: Trail, found: Conflict[]): void {
  const kinds = new Set([...sides.patch, ...sides.changed].map(kindOf))
  const merged = rule.strategy === 'merge'
  if (kinds.size > 1) report(sides, at, found)
  else if (kinds.has('object') && merged) {
    compareItems(sides, { mergeKey: rule.mergeKey, at }, itemSchema(rule, at), found)
  } else if (kinds.has('object') ? !agreeInPlace(sides, itemSchema(rule, at), at) : !merged && !sameSet(sides)) {
    report(sides, at, found)
  }
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

/** Replaced lists agree when the items at each place do; as everywhere, keys that only one side has do not count. */
function agreeInPlace({ patch, changed }: Sides<readonly Json[]>, schema: PatchSchema, at: Trail): boolean {
  if (patch.length !== changed.length) return false
  const found: Conflict[] = []
  patch.forEach((item, index) => {
    const other = changed[index]
    if (!isObject(item) || !isObject(other)) return
    const here = { patch: item, changed: other, original: undefined, modified: undefined, current: undefined }
    if (sameDirective(item, other)) compareMaps(here, schema, below(at, index), found)
    else report(here, at, found)
  })
  return found.length === 0
}

function sameSet({ patch, changed }: Sides<readonly Json[]>): boolean {
  return patch.length === changed.length && equalJson(asSet(patch), asSet(changed))
}

function asSet(list: readonly Json[]): readonly Json[] {
  return [...new Set(list)].sort((a, b) => compareText(scalarText(a), scalarText(b)))
}

function compareItems(sides: Sides<readonly Json[]>, keyed: Keyed, schema: PatchSchema, found: Conflict[]): void {
  const changed = byKey(sides.changed, keyed)
  const objects = [sides.original, sides.modified, sides.current].map(list => byKey(list, keyed))
  for (const [identity, patch] of byKey(sides.patch, keyed)) {
    const other = changed.get(identity)
    if (other === undefined) continue
    const [original, modified, current] = objects.map(items => items.get(identity))
    const here = { patch, changed: other, original, modified, current }
    const step = belowItem(keyed, mergeValueOf(patch, keyed))
    if (sameDirective(patch, other)) compareMaps(here, schema, step, found)
    else report(here, step, found)
  }
}

function byKey(list: Json | undefined, keyed: Keyed): ReadonlyMap<string, JsonObject> {
  if (!isList(list)) return new Map()
  return new Map(list.filter(isObject).map(item => [identityOf(item, keyed), item]))
}
