import { nullIsAbsent } from '../diff.ts'
import { listRule } from '../identity.ts'
import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject, metadataOf } from '../object.ts'
import type { FieldNode } from '../owned-fields.ts'
import { type Entry, entriesOf } from '../ownership.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { type Part, partsOf, serverGround } from './field-set.ts'
import { attempt, below, pathOf, refuse, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { type Draft, finished, requireSound } from './values.ts'

/** As whom a configuration is applied, and to what: `subresource` is null for the main resource. */
export type ApplyAs = {
  readonly manager: string
  readonly subresource: string | null
  readonly schema: PatchSchema | null
}

/**
 * The configuration whose server-side apply by this manager makes `wanted` of `live`, as far as an apply can: what the
 * manager's last apply owns, with the values that are wanted, and what differs from live; list items with their keys,
 * atomic lists and maps whole. It names live's uid and version: without them an apply creates what was deleted.
 * `mergeApplyConfiguration` tells what it leaves undone. Fails with `patch-falls-short` where items cannot be told apart,
 * and (at `apiVersion`) where the last apply was made in another version: only the server can tell what its fields are in
 * this one, and would take away those that the configuration lacks.
 */
export function createApplyConfiguration(
  live: JsonObject,
  wanted: JsonObject,
  as: ApplyAs,
): Result<JsonObject, PatchProblem> {
  return attempt(() => {
    requireSound(live, wanted)
    const owned = lastApplied(live, as)?.fields
    const place = { schema: as.schema, owned, at: null }
    const chosen = chooseFields(withoutManagedFields(live), withoutManagedFields(wanted), place)
    return finished(identified(chosen, live))
  })
}

/** The entry of the manager's last apply to the same endpoint; refuses (`patch-falls-short`) one in another version. */
export function lastApplied(live: JsonObject, as: ApplyAs): Entry | undefined {
  const entry = entriesOf(live).find(({ owner }) => isOwn(owner, as))
  if (entry !== undefined && entry.owner.apiVersion !== live.apiVersion) {
    refuse({ code: 'patch-falls-short', paths: [['apiVersion']], reaching: [] })
  }
  return entry
}

/** Whether an entry is that of the manager's own applies. */
export function isOwn({ manager, operation, subresource }: Entry['owner'], as: ApplyAs): boolean {
  return manager === as.manager && operation === 'Apply' && (subresource ?? null) === as.subresource
}

/** A place in the walk: what its schema says, and what the manager owns of it. */
type Place = { readonly schema: PatchSchema | null; readonly owned: FieldNode | undefined; readonly at: Trail }

function identified(chosen: Draft, live: JsonObject): Draft {
  const { name, namespace, uid, resourceVersion } = metadataOf(live)
  const metadata = chosen.get('metadata')
  const place = Object.entries({ name, namespace, uid, resourceVersion }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  chosen.set('metadata', { ...(isObject(metadata) ? metadata : {}), ...Object.fromEntries(place) })
  for (const key of ['apiVersion', 'kind'] as const) chosen.set(key, live[key] ?? null)
  return chosen
}

function choose(from: Json | undefined, to: Json, place: Place): Json | undefined {
  const { schema, owned } = place
  if (to === null && nullIsAbsent(serverGround(schema))) return undefined
  if (from === undefined) return to
  if (isObject(from) && isObject(to) && schema?.atomicMap !== true && schema?.opaque !== true) {
    const fields = chooseFields(from, to, place)
    return fields.size === 0 && owned?.self !== true ? undefined : finished(fields)
  }
  if (isList(from) && isList(to) && listRule(serverGround(schema)) !== 'atomic') return chooseItems(from, to, place)
  return owned === undefined && equalJson(from, to) ? undefined : to
}

function chooseFields(from: JsonObject, to: JsonObject, { schema, owned, at }: Place): Draft {
  const chosen: Draft = new Map()
  for (const [key, value] of Object.entries(to)) {
    const place = { schema: schema?.field(key) ?? null, owned: owned?.child(`f:${key}`), at: below(at, key) }
    const part = choose(fieldOf(from, key), value, place)
    if (part !== undefined) chosen.set(key, part)
  }
  return chosen
}

function chooseItems(from: readonly Json[], to: readonly Json[], place: Place): Json | undefined {
  const { schema, owned, at } = place
  if (owned === undefined && equalJson(from, to)) return undefined
  const before = distinctItems(from, schema, at)
  const chosen = [...distinctItems(to, schema, at).values()].flatMap(item => {
    const here = { schema: item.schema, at: below(at, 0), owned: owned?.child(item.name) }
    return chooseItem(before.get(item.name), item, here) ?? []
  })
  return chosen.length === 0 && owned?.self !== true ? undefined : chosen
}

/** The items by name; refuses (`patch-falls-short`) those that cannot be told apart. */
function distinctItems(list: readonly Json[], schema: PatchSchema | null, at: Trail): ReadonlyMap<string, Part> {
  const items = partsOf(list, schema) ?? []
  const byName = new Map(items.map(item => [item.name, item]))
  if (byName.size < list.length) refuse({ code: 'patch-falls-short', paths: [pathOf(at)], reaching: [] })
  return byName
}

/** An item that is new as a whole, another with its keys and what is chosen of it. */
function chooseItem(from: Part | undefined, to: Part, place: Place): Json | undefined {
  if (from === undefined || typeof to.step !== 'object') return to.value
  if ('value' in to.step) return place.owned === undefined ? undefined : to.value
  const chosen = choose(from.value, to.value, place)
  return isObject(chosen) ? { ...to.step.keys, ...chosen } : undefined
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = metadataOf(object)
  return { ...object, metadata }
}
