import { nullIsAbsent } from '../diff.ts'
import { listRule } from '../identity.ts'
import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { entriesOf } from '../ownership.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { type ApplyAs, isOwn, lastApplied } from './apply.ts'
import {
  fieldsOf,
  fieldsWithout,
  ownedFields,
  type Part,
  partsOf,
  serverGround,
  sharedFields,
  withoutFields,
} from './field-set.ts'
import { attempt, refuse } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { draftOf, finished, requireSound } from './values.ts'

/**
 * What live becomes when the manager applies the configuration: merged into it, without what the manager's last apply
 * owned and neither this one nor anybody else does. Owners' conflicts are not looked at: as if forced. `managedFields`
 * stay as they were. Fails with `patch-falls-short` where `createApplyConfiguration` does. (Go: structured-merge-diff's `Updater.Apply`.)
 */
export function mergeApplyConfiguration(
  live: JsonObject,
  configuration: JsonObject,
  as: ApplyAs,
): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    requireSound(live, configuration)
    const merged = merge(live, configuration, as.schema)
    const pruned = isObject(merged) ? prune(merged, live, configuration, as) : live
    return isObject(pruned) ? pruned : {}
  })
}

/**
 * Without what only the last apply owned. What others own comes back, and what nobody owns, with all that holds it.
 * (Go: `Updater.prune`, `addBackOwnedItems`, `addBackDanglingItems`.)
 */
function prune(merged: JsonObject, live: JsonObject, configuration: JsonObject, as: ApplyAs): Json | undefined {
  const { schema } = as
  const entry = lastApplied(live, as)
  if (entry === undefined) return merged
  const last = ownedFields(entry.fields, schema, true)
  const others = entriesOf(live).filter(({ owner }) => !isOwn(owner, as))
  const owners = [fieldsOf(configuration, schema), ...others.map(({ fields }) => ownedFields(fields, schema, true))]
  const all = fieldsOf(merged, schema)
  const left = (value: Json | undefined) => fieldsOf(value ?? null, schema)
  const mineGone = withoutFields(merged, last, schema)
  const onlyMineGone = withoutFields(merged, fieldsWithout(all, [left(mineGone), ...owners]), schema)
  const gone = sharedFields(fieldsWithout(all, [left(onlyMineGone)]), last)
  return withoutFields(merged, gone, schema, place => (nullIsAbsent(serverGround(place)) ? undefined : null))
}

function merge(left: Json | undefined, right: Json | undefined, schema: PatchSchema | null): Json {
  if (left === undefined || right === undefined) return right ?? left ?? null
  const parts = partsOf(left, schema)
  // Where parts are merged, null says as little as no parts at all.
  if (right === null && parts !== null && parts.length > 0) return left
  if (isObject(left) && isObject(right) && parts !== null) {
    const merged = draftOf(left)
    for (const [key, value] of Object.entries(right)) {
      merged.set(key, merge(fieldOf(left, key), value, schema?.field(key) ?? null))
    }
    return finished(merged)
  }
  if (!isList(left) || !isList(right) || listRule(serverGround(schema)) === 'atomic') return right
  return mergeItems(parts ?? refuseItems(), distinct(partsOf(right, schema) ?? refuseItems()))
}

function refuseItems(): never {
  return refuse({ code: 'patch-falls-short', paths: [], reaching: [] })
}

/** The items by name; refuses two of one name, as the server does in what is applied. */
function distinct(items: readonly Part[]): ReadonlyMap<string, Part> {
  const byName = new Map(items.map(item => [item.name, item]))
  return byName.size < items.length ? refuseItems() : byName
}

/**
 * Shared items stand in the configuration's order; what only live has goes before them as it comes. (Go:
 * `mergingWalker.visitListItems`.)
 */
function mergeItems(left: readonly Part[], right: ReadonlyMap<string, Part>): readonly Json[] {
  const ours = new Map<string, Part | undefined>()
  // Of live's items that share a name none is merged: the configuration's takes the place of all.
  for (const item of left) ours.set(item.name, ours.has(item.name) ? undefined : item)
  const theirs = [...right.values()]
  const shared = theirs.filter(({ name }) => ours.has(name)).map(({ name }) => name)
  const merged: Json[] = []
  const taken = new Set<string>()
  const take = (item: Part) => {
    merged.push(merge(ours.get(item.name)?.value, item.value, item.schema))
    taken.add(item.name)
    if (shared[0] === item.name) shared.shift()
  }
  for (let l = 0, r = 0; l < left.length || r < theirs.length; ) {
    const [mine, other] = [left[l], theirs[r]]
    const isShared = mine !== undefined && right.has(mine.name)
    if (mine !== undefined && !isShared) {
      merged.push(mine.value)
      l++
    } else if (mine !== undefined && (taken.has(mine.name) || isLater(mine, other, shared))) l++
    else if (other !== undefined) {
      take(other)
      r++
      if (mine?.name === other.name) l++
    } else l++
  }
  return merged
}

/** A shared item, but not the one whose turn it is. */
function isLater(mine: Part, other: Part | undefined, shared: readonly string[]): boolean {
  return other !== undefined && mine.name !== other.name && shared[0] !== undefined && shared[0] !== mine.name
}
