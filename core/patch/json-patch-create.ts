import { fieldGround, type Ground, identifyItems, rootGround } from '../identity.ts'
import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { type Operation, operationLimit, pointerTo } from './json-patch.ts'
import { addField, type PatchDraft, removeValue, replaceValue } from './json-patch-draft.ts'
import { changeItems } from './json-patch-items.ts'
import { changeSequence } from './json-patch-sequence.ts'
import { ValueTable } from './json-patch-table.ts'
import { attempt, refuse } from './refusal.ts'
import type { PatchSchema } from './schema.ts'
import { requireSound } from './values.ts'

// With room for the two operations of `guardJsonPatch`.
const limit = operationLimit - 2

/** How a JSON Patch is made. Without a schema only pod templates have lists whose items are told apart. */
export type JsonPatchOptions = { readonly guarded: boolean; readonly schema?: PatchSchema | null }

/**
 * The JSON Patch that turns `from` into `to`: fields of maps, items of lists by identity, other lists by their longest
 * common subsequence. Guarded, it tests what it replaces and which items it changes, and fails elsewhere than on `from`;
 * unguarded, indices mean what they meant in `from`: send it with the version. Problems: `json-patch-too-long`,
 * `json-patch-unguardable`, `patch-type-mismatch`, `too-deep`.
 */
export function createJsonPatch(
  from: JsonObject,
  to: JsonObject,
  { guarded, schema = null }: JsonPatchOptions,
): Result<readonly Operation[], PatchProblem> {
  return attempt(() => {
    requireSound(from, to)
    const draft: PatchDraft = { guarded, operations: [], table: new ValueTable(), change }
    changeMap(draft, from, to, rootGround(schema, from, to), '')
    const { operations } = draft
    if (operations.length > limit) refuse({ code: 'json-patch-too-long', operations: operations.length, limit })
    return operations
  })
}

function changeMap(draft: PatchDraft, from: JsonObject, to: JsonObject, ground: Ground, at: string): void {
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [fieldOf(from, key), fieldOf(to, key)]
    const field = pointerTo(at, key)
    if (before === undefined) addField(draft, field, after ?? null)
    else if (after === undefined) removeValue(draft, field, before)
    else change(draft, before, after, fieldGround(ground, key, before, after), field)
  }
}

function change(draft: PatchDraft, from: Json, to: Json, ground: Ground, at: string): void {
  if (from === to) return
  if (isObject(from) && isObject(to) && ground.schema?.atomicMap !== true) changeMap(draft, from, to, ground, at)
  else if (isList(from) && isList(to)) changeList(draft, from, to, ground, at)
  else replaceUnequal(draft, from, to, at)
}

function changeList(draft: PatchDraft, from: readonly Json[], to: readonly Json[], ground: Ground, at: string): void {
  const [before, after] = [identifyItems(from, ground), identifyItems(to, ground)]
  if (before === null || after === null) changeSequence(draft, from, to, ground, at)
  else if (!shareItems(before, after)) replaceUnequal(draft, from, to, at)
  else changeItems(draft, [...before.values()], [...after.values()], ground, at)
}

function shareItems(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return [...a.keys()].some(id => b.has(id))
}

function replaceUnequal(draft: PatchDraft, from: Json, to: Json, at: string): void {
  if (!equalJson(from, to)) replaceValue(draft, at, from, to)
}
