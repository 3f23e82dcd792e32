import type { WriteChoice } from '../../../../contract/strategy.ts'
import { type Change, diffObjects } from '../../../../core/diff.ts'
import { equalJson, type Json, type JsonObject } from '../../../../core/json.ts'
import { mergeThreeWay } from '../../../../core/merge.ts'
import { isObject, metadataOf } from '../../../../core/object.ts'
import type { PatchSchema } from '../../../../core/patch/schema.ts'
import { equalPath, valueAt } from '../../../../core/path.ts'
import { fail, ok, type Result } from '../../../../core/problem.ts'
import { isBookkeeping } from '../../../../core/view.ts'

/** The three versions that an edit is merged from, in its view. `before` is live. */
export type Sides = { readonly base: JsonObject; readonly edited: JsonObject; readonly before: JsonObject }

/** What a write is to make of live. `taken` came in from others since the base, `overwrites` is what of theirs is taken back. */
export type Wanted = {
  readonly merged: JsonObject
  readonly taken: readonly Change[]
  readonly overwrites: readonly Change[]
}

/**
 * The object that a write is to make. As a rule the three-way merge, `merge-conflict` where both sides changed a field.
 * Without a guard the last writer of a field wins, as with kubectl edit, but what others removed is not brought back in
 * part. A replace puts the text over everything.
 */
export function wantedObject(sides: Sides, choice: WriteChoice, schema: PatchSchema | null): Result<Wanted> {
  const { base, edited, before } = sides
  if (choice.strategy === 'replace') return ok(withOverwrites(sides, replacement(sides, schema), schema))
  const merge = mergeThreeWay(base, edited, before, schema)
  if (merge.ok) return ok({ merged: merge.merged, taken: merge.taken, overwrites: [] })
  if (choice.guard !== 'none') return merge
  const torsos = merge.problem.conflicts.filter(({ mine, theirs }) => theirs === undefined && isObject(mine))
  if (torsos.length > 0) return fail({ ...merge.problem, conflicts: torsos })
  return ok(withOverwrites(sides, merge.partial, schema))
}

/** The three-way merge with mine where both sides changed something. */
export function mergeMine({ base, edited, before }: Sides, schema: PatchSchema | null): JsonObject {
  const merge = mergeThreeWay(base, edited, before, schema, () => 'mine')
  return merge.ok ? merge.merged : merge.partial
}

function withOverwrites(sides: Sides, merged: JsonObject, schema: PatchSchema | null): Wanted {
  return { merged, taken: diffObjects(sides.edited, merged, schema), overwrites: overwritten(sides, merged, schema) }
}

/** What others changed since the base and the write takes back. */
function overwritten({ base, before }: Sides, merged: JsonObject, schema: PatchSchema | null): readonly Change[] {
  const theirs = diffObjects(base, before, schema).filter(change => !isBookkeeping(change.path))
  if (theirs.length === 0) return []
  const undone = diffObjects(before, merged, schema)
  return theirs.filter(change =>
    change.kind === 'moved'
      ? undone.some(other => other.kind === 'moved' && equalPath(other.path, change.path))
      : !sameValue(valueAt(before, change.path, schema), valueAt(merged, change.path, schema)),
  )
}

function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equalJson(a, b)
}

/** What the server keeps of live in any PUT; naming the old values would only look like taking them back. */
const serverKept = ['resourceVersion', 'generation', 'managedFields', 'deletionTimestamp', 'deletionGracePeriodSeconds']

/** The edited object as it is put over live: mine where both changed something, but for what a person does not mean. */
function replacement(sides: Sides, schema: PatchSchema | null): JsonObject {
  const { edited, before } = sides
  const { status } = mergeMine(sides, schema)
  const metadata = { ...pick(metadataOf(before), serverKept), ...omit(metadataOf(edited), serverKept) }
  return { ...omit(edited, ['status']), ...(status === undefined ? {} : { status }), metadata }
}

function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)))
}

function omit(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}
