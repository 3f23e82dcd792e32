import { diffObjects } from '../../../core/diff.ts'
import { type Json, type JsonObject, printJson } from '../../../core/json.ts'
import { isObject, metadataOf, type Snapshot } from '../../../core/object.ts'
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  createJsonPatch,
  createMergePatch,
  createStrategicPatch,
  guardJsonPatch,
  printJsonPatch,
} from '../../../core/patch/index.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import type { Path } from '../../../core/path.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'

/** How the kind can be patched: what its OpenAPI says. */
export type PatchWays = { readonly schema: PatchSchema | null; readonly strategic: boolean }

/** A strategy that patches what is there. */
export type PatchStrategy = 'strategic' | 'merge' | 'json'

/** The body of a patch, guarded and as it is sent. `fallsShort` is what the kind's usual strategy could not express. */
export type MadePatch = {
  readonly strategy: PatchStrategy
  readonly body: string
  readonly fallsShort: readonly Path[]
}

export const mediaTypes: Readonly<Record<PatchStrategy, string>> = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
}

/** One try: the body, and where the object that it makes here is not the wanted one. */
type Try = { readonly strategy: PatchStrategy; readonly body: string; readonly missed: readonly Path[] }

/**
 * The patch from live to the merged object: by the kind's usual strategy where its patch, applied here, gives just that;
 * else by a guarded JSON Patch, which reaches any field of any item; else by a merge patch, which replaces lists whole.
 * All of them carry live's uid and version. Fails with `patch-falls-short` where none gives the merged object.
 */
export function makePatch(live: Snapshot, before: JsonObject, merged: JsonObject, ways: PatchWays): Result<MadePatch> {
  const usual = ways.strategic ? tryStrategic(live, before, merged, ways) : tryMerge(live, before, merged, ways)
  if (usual.missed.length === 0) return ok({ strategy: usual.strategy, body: usual.body, fallsShort: [] })
  for (const attempt of [tryJson, tryMerge]) {
    const { strategy, body, missed } = attempt(live, before, merged, ways)
    if (missed.length === 0) return ok({ strategy, body, fallsShort: usual.missed })
  }
  return fail({ code: 'patch-falls-short', paths: usual.missed })
}

/** The patch that changes nothing, guarded: its dry run shows what any write would cause. */
export function emptyPatch(strategy: PatchStrategy, live: Snapshot): string {
  return strategy === 'json' ? printJsonPatch(guardJsonPatch([], live)) : printJson(guarded({}, live))
}

function tryStrategic(live: Snapshot, before: JsonObject, merged: JsonObject, { schema }: PatchWays): Try {
  if (schema === null) throw new Error('a strategic patch needs a schema')
  const patch = createStrategicPatch(before, merged, schema)
  if (!patch.ok) return { strategy: 'strategic', body: '', missed: [patch.problem.path ?? []] }
  const missed = missedBy(applyStrategicPatch(before, patch.value, schema), merged, schema)
  return { strategy: 'strategic', body: printJson(guarded(patch.value, live)), missed }
}

function tryMerge(live: Snapshot, before: JsonObject, merged: JsonObject, { schema }: PatchWays): Try {
  const patch = createMergePatch(before, merged)
  if (!patch.ok) return { strategy: 'merge', body: '', missed: [patch.problem.path ?? []] }
  const missed = missedBy(applyMergePatch(before, patch.value), merged, schema)
  return { strategy: 'merge', body: printJson(guarded(patch.value, live)), missed }
}

function tryJson(live: Snapshot, before: JsonObject, merged: JsonObject, { schema }: PatchWays): Try {
  const operations = createJsonPatch(before, merged, { guarded: true, schema })
  if (!operations.ok) return { strategy: 'json', body: '', missed: [operations.problem.path ?? []] }
  const body = printJsonPatch(guardJsonPatch(operations.value, live))
  return { strategy: 'json', body, missed: missedBy(applyJsonPatch(before, operations.value), merged, schema) }
}

/** Where the patched object is not the merged one; everywhere, where the patch cannot be applied. */
function missedBy(applied: Result<Json>, merged: JsonObject, schema: PatchSchema | null): readonly Path[] {
  if (!applied.ok || !isObject(applied.value)) return [[]]
  return diffObjects(applied.value, merged, schema).map(change => change.path)
}

/** The patch with live's uid and resourceVersion: it then fails on another object (422) and on another version (409). */
function guarded(patch: JsonObject, live: Snapshot): JsonObject {
  return { ...patch, metadata: { ...metadataOf(patch), uid: live.uid, resourceVersion: live.resourceVersion } }
}
