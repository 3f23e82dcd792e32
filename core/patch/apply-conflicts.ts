import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldNode } from '../owned-fields.ts'
import { entriesOf } from '../ownership.ts'
import type { Path } from '../path.ts'
import { type ApplyAs, isOwn } from './apply.ts'
import { type FieldSet, fieldsOf, fieldsWithout, ownedFields, type Part, partsOf } from './field-set.ts'
import { attempt, below, pathOf, type Trail } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { requireSound } from './values.ts'

/** A field that an apply gives another value, and the managers who own it: the server refuses that unless it is forced. */
export type OwnerConflict = { readonly path: Path; readonly managers: readonly string[] }

// Nobody is ever recorded as their owner. (Go: stripMetaManager.)
const serversOwn = fieldNode({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': Object.fromEntries(
    ['.', 'f:name', 'f:namespace', 'f:creationTimestamp', 'f:selfLink', 'f:uid', 'f:generation']
      .concat('f:managedFields', 'f:resourceVersion')
      .map(name => [name, {}]),
  ),
})

type Claim = { readonly manager: string; readonly fields: FieldSet }

/** A place that both versions may have, and who owns something there. */
type Place = { readonly schema: PatchSchema | null; readonly claims: readonly Claim[]; readonly at: Trail }

/**
 * The conflicts with other owners, from live to what an apply makes of it: what is changed or added where they own it. What
 * the apply takes away conflicts with nobody, since it only takes what nobody else owns; only a part of what is owned as
 * one value changes that. (Go: `Updater.update`, `compareWalker`.)
 */
export function conflictsOfApply(live: JsonObject, applied: JsonObject, as: ApplyAs): readonly OwnerConflict[] {
  // What is too deep, or no object, cannot be applied either, and the other two functions say so.
  if (!attempt(() => requireSound(live, applied)).ok) return []
  const found: OwnerConflict[] = []
  compare(live, applied, { schema: as.schema, claims: claimsOn(live, as), at: null }, found)
  return found
}

function claimsOn(live: JsonObject, as: ApplyAs): readonly Claim[] {
  const entries = entriesOf(live)
  // The first apply to an object without any entry makes one for all that is there. (Go: skipNonAppliedManager.)
  if (entries.length === 0) {
    return [{ manager: 'before-first-apply', fields: fieldsWithout(fieldsOf(live, as.schema), [serversOwn]) }]
  }
  const others = entries.filter(({ owner }) => !isOwn(owner, as))
  return others.map(({ owner, fields }) => {
    return { manager: owner.manager, fields: ownedFields(fields, as.schema, false) }
  })
}

function compare(left: Json | undefined, right: Json | undefined, place: Place, found: OwnerConflict[]): void {
  if (left === right || place.claims.length === 0) return
  const [before, after] = [partsIn(left, place.schema), partsIn(right, place.schema)]
  if (before === null || after === null || before.length + after.length === 0) {
    if (right !== undefined && (left === undefined || !equalJson(left, right))) report(place, found)
    return
  }
  const [mine, theirs] = [byName(before), byName(after)]
  for (const name of new Set([...mine.keys(), ...theirs.keys()])) {
    compareParts(mine.get(name) ?? [], theirs.get(name) ?? [], name, place, found)
  }
  if (left === undefined) report(place, found)
}

function partsIn(value: Json | undefined, schema: PatchSchema | null): readonly Part[] | null {
  return value === undefined || value === null ? [] : partsOf(value, schema)
}

function byName(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const named = new Map<string, readonly Part[]>()
  for (const part of parts) named.set(part.name, [...(named.get(part.name) ?? []), part])
  return named
}

/** One part of each side, as a rule. Items that share a name are one value, all together. */
function compareParts(
  left: readonly Part[],
  right: readonly Part[],
  name: string,
  { claims, at }: Place,
  found: OwnerConflict[],
): void {
  const part = left[0] ?? right[0]
  if (part === undefined) return
  const inner = {
    schema: part.schema,
    claims: claims.flatMap(({ manager, fields }) => {
      const child = fields.child(name)
      return child === undefined ? [] : [{ manager, fields: child }]
    }),
    at: below(at, part.step),
  }
  if (left.length <= 1 && right.length <= 1) compare(left[0]?.value, right[0]?.value, inner, found)
  else if (left.length > 1 && right.length === 1) compare(undefined, right[0]?.value, inner, found)
  else if (right.length > 0 && !equalJson(valuesOf(left), valuesOf(right))) report(inner, found)
}

function valuesOf(parts: readonly Part[]): readonly Json[] {
  return parts.map(({ value }) => value)
}

function report({ claims, at }: Place, found: OwnerConflict[]): void {
  const managers = claims.filter(({ fields }) => fields.self).map(({ manager }) => manager)
  if (managers.length > 0) found.push({ path: pathOf(at), managers: [...new Set(managers)] })
}
