import type { Guard } from '../../../../contract/strategy.ts'
import { diffObjects } from '../../../../core/diff.ts'
import { type Json, type JsonObject, printJson } from '../../../../core/json.ts'
import { isObject, metadataOf, type Snapshot } from '../../../../core/object.ts'
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  createJsonPatch,
  createMergePatch,
  createStrategicPatch,
  guardJsonPatch,
  longMerges,
  printJsonPatch,
} from '../../../../core/patch/index.ts'
import type { PatchSchema } from '../../../../core/patch/schema.ts'
import type { Path } from '../../../../core/path.ts'
import type { PatchProblem, Result } from '../../../../core/problem.ts'
import type { Attempt, EditStrategy, PatchWays, WriteTarget } from './ways.ts'

/** The strategic merge patch from live to the merged object, which the kind must take. */
export function tryStrategic({ live, before, merged }: WriteTarget, { schema }: PatchWays): Attempt {
  if (schema === null) throw new Error('a strategic patch needs a schema')
  const patch = createStrategicPatch(before, merged, schema)
  if (!patch.ok) return impossible('strategic', patch.problem)
  return {
    strategy: 'strategic',
    missed: missedBy(applyStrategicPatch(before, patch.value, schema), merged, schema),
    slow: longMerges(before, patch.value, schema),
    body: guard => printJson(guardMap(patch.value, live, guard)),
  }
}

/** The JSON merge patch from live to the merged object. */
export function tryMerge({ live, before, merged }: WriteTarget, { schema }: PatchWays): Attempt {
  const patch = createMergePatch(before, merged)
  if (!patch.ok) return impossible('merge', patch.problem)
  return {
    strategy: 'merge',
    missed: missedBy(applyMergePatch(before, patch.value), merged, schema),
    body: guard => printJson(guardMap(patch.value, live, guard)),
  }
}

/** The JSON Patch from live to the merged object; it tests the old value of all that it changes, whatever else guards it. */
export function tryJson({ live, before, merged }: WriteTarget, { schema }: PatchWays): Attempt {
  const operations = createJsonPatch(before, merged, { guarded: true, schema })
  if (!operations.ok) return impossible('json', operations.problem)
  return {
    strategy: 'json',
    missed: missedBy(applyJsonPatch(before, operations.value), merged, schema),
    body: guard => printJsonPatch(guardJsonPatch(operations.value, jsonGuard(live, guard))),
  }
}

/** The patch that changes nothing, guarded: its dry run shows what any write would cause. */
export function emptyPatch(strategy: 'merge' | 'json', live: Snapshot, guard: Guard): string {
  return strategy === 'json'
    ? printJsonPatch(guardJsonPatch([], jsonGuard(live, guard)))
    : printJson(guardMap({}, live, guard))
}

/** A strategy that has no request for this edit. */
export function impossible(strategy: EditStrategy, problem: PatchProblem): Attempt {
  const body = () => {
    throw new Error(`${strategy} cannot express this edit`)
  }
  const missed = problem.code === 'patch-falls-short' ? problem.paths : [problem.path ?? []]
  return { strategy, missed, body }
}

/** Where the object that a request makes is not the wanted one; everywhere, where it makes none. */
export function missedBy(made: Result<Json>, wanted: JsonObject, schema: PatchSchema | null): readonly Path[] {
  if (!made.ok || !isObject(made.value)) return [[]]
  return diffObjects(made.value, wanted, schema).map(change => change.path)
}

/**
 * The body with live's uid, so that it fails on another object (422), and with its resourceVersion, so that it fails on
 * another version (409), unless there is to be no guard.
 */
export function guardMap(body: JsonObject, { uid, resourceVersion }: Snapshot, guard: Guard): JsonObject {
  const version = guard === 'none' ? {} : { resourceVersion }
  return { ...body, metadata: { ...metadataOf(body), uid, ...version } }
}

function jsonGuard({ uid, resourceVersion }: Snapshot, guard: Guard) {
  return { uid, resourceVersion: guard === 'value' ? null : resourceVersion }
}
