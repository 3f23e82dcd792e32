import { type IdentifiedItem, identifyItems, listRule } from '../identity.ts'
import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { nodeName } from '../owned-fields.ts'
import { entriesOf } from '../ownership.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { type ApplyAs, isOwn, ownEntry, serverGround } from './apply.ts'
import { attempt, refuse } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { type Draft, draftOf, finished, requireSound } from './values.ts'

/**
 * What live becomes when the manager applies the configuration: merged into it, without what the manager's last apply
 * owned and neither this one nor anybody else does. Owners' conflicts are not looked at: as if forced. `managedFields`
 * stay as they were. (Go: structured-merge-diff's `Updater.Apply`.)
 */
export function mergeApplyConfiguration(
  live: JsonObject,
  configuration: JsonObject,
  as: ApplyAs,
): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    requireSound(live, configuration)
    const merged = merge(live, configuration, as.schema)
    const last = ownEntry(live, as)?.fields
    const others = entriesOf(live).filter(({ owner }) => !isOwn(owner, as))
    if (last === undefined || !isObject(merged)) return isObject(merged) ? merged : live
    const owners = [setOf(configuration, as.schema), ...others.map(({ fields }) => fields)]
    return finished(pruneFields(merged, { schema: as.schema, last, owners }))
  })
}

function merge(left: Json | undefined, right: Json | undefined, schema: PatchSchema | null): Json {
  if (left === undefined || right === undefined) return right ?? left ?? null
  if (isObject(left) && isObject(right) && schema?.atomicMap !== true) {
    const merged = draftOf(left)
    for (const [key, value] of Object.entries(right)) {
      merged.set(key, merge(fieldOf(left, key), value, schema?.field(key) ?? null))
    }
    return finished(merged)
  }
  if (!isList(left) || !isList(right) || listRule(serverGround(schema)) === 'atomic') return right
  const items = [left, right].map(list => identifyItems(list, serverGround(schema)))
  const [before, after] = items
  if (!before || !after) return refuse({ code: 'patch-falls-short', paths: [], reaching: [] })
  return mergeItems(before, after, schema?.items() ?? null)
}

type Items = ReadonlyMap<string, IdentifiedItem>

/**
 * Shared items stand in the configuration's order; what only live has goes before them as it comes. (Go:
 * `mergingWalker.visitListItems`.)
 */
function mergeItems(left: Items, right: Items, schema: PatchSchema | null): readonly Json[] {
  const [ours, theirs] = [[...left.keys()], [...right.keys()]]
  const shared = theirs.filter(id => left.has(id))
  const merged: Json[] = []
  const taken = new Set<string>()
  const take = (id: string) => {
    merged.push(merge(left.get(id)?.value, right.get(id)?.value, schema))
    taken.add(id)
    if (shared[0] === id) shared.shift()
  }
  for (let l = 0, r = 0; l < ours.length || r < theirs.length; ) {
    const [mine, other] = [ours[l], theirs[r]]
    if (mine !== undefined && (taken.has(mine) || isLater(mine, other, right, shared))) l++
    else if (mine !== undefined && !right.has(mine)) {
      take(mine)
      l++
    } else if (other !== undefined) {
      take(other)
      r++
      if (mine === other) l++
    } else l++
  }
  return merged
}

/** A shared item, but not the one whose turn it is. */
function isLater(mine: string, other: string | undefined, right: Items, shared: readonly string[]): boolean {
  return other !== undefined && mine !== other && right.has(mine) && shared[0] !== undefined && shared[0] !== mine
}

/** A set of owned fields, as a managedFields entry or a configuration is one. */
type FieldSet = { readonly self: boolean; readonly child: (name: string) => FieldSet | undefined }

/** What a configuration owns once it is applied. */
function setOf(value: Json, schema: PatchSchema | null): FieldSet {
  const none = { self: true, child: () => undefined }
  if (isObject(value) && schema?.atomicMap !== true && Object.keys(value).length > 0) {
    const child = (name: string) => {
      const key = name.slice('f:'.length)
      const field = fieldOf(value, key)
      return field === undefined ? undefined : setOf(field, schema?.field(key) ?? null)
    }
    return { self: false, child }
  }
  const items = isList(value) && value.length > 0 ? identifyItems(value, serverGround(schema)) : null
  if (items === null) return none
  const byName = new Map([...items.values()].map(item => [nodeName(item.step), item.value]))
  const child = (name: string) => {
    const item = byName.get(name)
    return item === undefined ? undefined : { ...setOf(item, schema?.items() ?? null), self: true }
  }
  return { self: false, child }
}

/** Where a removal stands: what the last apply owned here, and what this one and all others own. */
type Pruning = {
  readonly schema: PatchSchema | null
  readonly last: FieldSet
  readonly owners: readonly FieldSet[]
}

function prune(value: Json, pruning: Pruning): Json | undefined {
  const { schema } = pruning
  if (isObject(value) && schema?.atomicMap !== true) return orGone(pruneFields(value, pruning), value)
  const items = isList(value) ? identifyItems(value, serverGround(schema)) : null
  if (items === null) return value
  const kept = [...items.values()].flatMap(item => {
    const part = prunePart(item.value, nodeName(item.step), { ...pruning, schema: schema?.items() ?? null }, false)
    return part === undefined ? [] : [part]
  })
  return kept.length === 0 && items.size > 0 ? undefined : kept
}

function orGone(fields: Draft, before: JsonObject): Json | undefined {
  return fields.size === 0 && Object.keys(before).length > 0 ? undefined : finished(fields)
}

function pruneFields(object: JsonObject, pruning: Pruning): Draft {
  const { schema } = pruning
  const kept: Draft = new Map()
  for (const [key, value] of Object.entries(object)) {
    const field = { ...pruning, schema: schema?.field(key) ?? null }
    const part = prunePart(value, `f:${key}`, field, schema?.struct === true)
    if (part !== undefined) kept.set(key, part)
  }
  return kept
}

/** A field or an item, without what is to go. A named field is owned with whatever is owned in it. */
function prunePart(value: Json, name: string, { schema, last, owners }: Pruning, named: boolean): Json | undefined {
  const mine = last.child(name)
  if (mine === undefined) return value
  const still = owners.flatMap(owner => owner.child(name) ?? [])
  const isMember = (set: FieldSet) => set.self || named
  if (isMember(mine) && !still.some(isMember)) return undefined
  return prune(value, { schema, last: mine, owners: still })
}
