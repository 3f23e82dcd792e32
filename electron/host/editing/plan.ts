import type { Strategy } from '../../../contract/edit.ts'
import { type Change, diffObjects } from '../../../core/diff.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { printJson } from '../../../core/json.ts'
import { mergeThreeWay } from '../../../core/merge.ts'
import { type Branded, metadataOf, type ObjectRef, type ResourceType, type Snapshot } from '../../../core/object.ts'
import {
  applyMergePatch,
  applyStrategicPatch,
  createMergePatch,
  createStrategicPatch,
} from '../../../core/patch/index.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import type { Path } from '../../../core/path.ts'
import { fail, type IdentityProblem, ok, type Result } from '../../../core/problem.ts'
import type { EditSession } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'

export type PlanId = Branded<'plan'>

/** The request that a submit sends: made once, dry-run as it is, and sent as it is. */
export type WriteRequest = {
  readonly method: 'PATCH' | 'POST'
  readonly type: ResourceType
  readonly namespace: string | null
  readonly name: string
  readonly subresource: string | null
  readonly mediaType: string
  readonly body: string
}

/** A submit, planned. All objects are in the edit's view; `live` is the snapshot planned against, null for a creation. */
export type Plan = Planned & {
  readonly edited: JsonObject
  readonly live: Snapshot | null
  readonly before: JsonObject
}

/** What planning adds to that which it began from. */
export type Planned = {
  readonly id: PlanId
  readonly ref: ObjectRef
  readonly textVersion: number
  readonly strategy: Strategy
  /** What the kind's usual strategy cannot express; `strategy` is then another one. */
  readonly fallsShort: readonly Path[]
  readonly merged: JsonObject
  /** My changes against live. */
  readonly mine: readonly Change[]
  /** Others' changes since the base, which the plan keeps. */
  readonly taken: readonly Change[]
  readonly request: WriteRequest
}

/** What a plan is made from, beside the edited object. */
export type PlanGround = Pick<EditSession, 'ref' | 'origin' | 'view' | 'textVersion' | 'live'>

/** How the kind can be patched: what its OpenAPI says. */
export type PatchWays = { readonly schema: PatchSchema | null; readonly strategic: boolean }

/**
 * Plans the submit of an edited object against what is live: merges base, edited and live three ways, makes the
 * patch from live to the result and guards it with live's uid and resourceVersion. Fails with `merge-conflict`,
 * `object-gone`, `object-replaced` and with `patch-falls-short` where no strategy expresses the edit.
 */
export function makePlan(id: PlanId, session: PlanGround, edited: JsonObject, ways: PatchWays): Result<Planned> {
  if (session.origin.kind === 'create') return ok(planCreation(id, session, edited))
  const live = session.live
  if (live.kind === 'gone') return fail({ code: 'object-gone' })
  if (live.kind === 'replaced') return fail({ code: 'object-replaced', uid: live.uid })
  if (live.kind === 'unreadable') return fail(live.problem)
  if (live.kind === 'unknown') throw new Error('a plan needs a live object: read it first')

  const base = viewObject(session.origin.base.object, session.view)
  const before = viewObject(live.snapshot.object, session.view)
  const merge = mergeThreeWay(base, edited, before, ways.schema)
  if (!merge.ok) return merge
  const made = chooseStrategy(before, merge.merged, ways)
  if (!made.ok) return made
  const kept = checkPreconditions(made.value.patch)
  if (kept !== null) return fail(kept)
  return ok({
    id,
    ref: session.ref,
    textVersion: session.textVersion,
    strategy: made.value.strategy,
    fallsShort: made.value.fallsShort,
    merged: merge.merged,
    mine: diffObjects(before, merge.merged, ways.schema),
    taken: merge.taken,
    request: patchRequest(session.ref, made.value.strategy, guard(made.value.patch, live.snapshot)),
  })
}

/** The plan with what it began from. A creation begins from nothing. */
export function completePlan(planned: Planned, { origin, live, view }: PlanGround, edited: JsonObject): Plan {
  if (origin.kind === 'create') return { ...planned, edited, live: null, before: {} }
  if (live.kind !== 'present') throw new Error(`planned against an object that is ${live.kind}`)
  return { ...planned, edited, live: live.snapshot, before: viewObject(live.snapshot.object, view) }
}

function planCreation(id: PlanId, session: PlanGround, edited: JsonObject): Planned {
  const { group, version, resource, namespace, name } = session.ref
  return {
    id,
    ref: session.ref,
    textVersion: session.textVersion,
    strategy: 'create',
    fallsShort: [],
    merged: edited,
    mine: diffObjects({}, edited, null),
    taken: [],
    request: {
      method: 'POST',
      type: { group, version, resource },
      namespace,
      name,
      subresource: null,
      mediaType: 'application/json',
      body: printJson(edited),
    },
  }
}

type Made = {
  readonly strategy: 'strategic' | 'merge'
  readonly patch: JsonObject
  readonly fallsShort: readonly Path[]
}

/**
 * The kind's usual strategy where its patch, applied here, gives the merged object; else a merge patch, which
 * replaces lists whole and is safe only because every patch carries the version it was made against.
 */
function chooseStrategy(before: JsonObject, merged: JsonObject, ways: PatchWays): Result<Made> {
  if (!ways.strategic) return byMergePatch(before, merged, ways.schema, [])
  if (ways.schema === null) throw new Error('a strategic patch needs a schema')
  const patch = createStrategicPatch(before, merged, ways.schema)
  const applied = patch.ok ? applyStrategicPatch(before, patch.value, ways.schema) : patch
  if (!patch.ok || !applied.ok) return byMergePatch(before, merged, ways.schema, [[]])
  const short = missed(applied.value, merged, ways.schema)
  if (short.length > 0) return byMergePatch(before, merged, ways.schema, short)
  return ok({ strategy: 'strategic', patch: patch.value, fallsShort: [] })
}

function byMergePatch(
  before: JsonObject,
  merged: JsonObject,
  schema: PatchSchema | null,
  fallsShort: readonly Path[],
): Result<Made> {
  const patch = createMergePatch(before, merged)
  if (!patch.ok) return patch
  const applied = applyMergePatch(before, patch.value)
  if (!applied.ok) return applied
  const paths = missed(applied.value, merged, schema)
  if (paths.length > 0) return fail({ code: 'patch-falls-short', paths })
  return ok({ strategy: 'merge', patch: asObject(patch.value), fallsShort })
}

/** Where the patched object is not the merged one. */
function missed(applied: Json, merged: JsonObject, schema: PatchSchema | null): readonly Path[] {
  return diffObjects(asObject(applied), merged, schema).map(change => change.path)
}

function asObject(value: Json): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('an object was expected')
  // Array.isArray does not narrow readonly lists away.
  return value as JsonObject
}

const fixed = [
  { code: 'api-version-changed', path: ['apiVersion'] },
  { code: 'kind-changed', path: ['kind'] },
  { code: 'name-changed', path: ['metadata', 'name'] },
  { code: 'namespace-changed', path: ['metadata', 'namespace'] },
  { code: 'uid-changed', path: ['metadata', 'uid'] },
] as const

/** The preconditions of kubectl edit, on the finished patch: none of the fields that say which object this is may be in it. */
export function checkPreconditions(patch: JsonObject): IdentityProblem | null {
  for (const { code, path } of fixed) {
    const holder = path.length === 1 ? patch : metadataOf(patch)
    const key = path[path.length - 1] ?? ''
    if (key in holder) return { code, path, expected: null, found: holder[key] ?? null }
  }
  return null
}

/** The patch with live's uid and resourceVersion: it then fails on another object (422) and on another version (409). */
function guard(patch: JsonObject, live: Snapshot): JsonObject {
  if (Object.keys(patch).length === 0) return patch
  return { ...patch, metadata: { ...metadataOf(patch), uid: live.uid, resourceVersion: live.resourceVersion } }
}

/** The patch that changes nothing: its dry run shows what any write would cause. */
export function emptyRequest(plan: Plan): WriteRequest | null {
  if (plan.live === null || plan.strategy === 'create') return null
  return patchRequest(plan.ref, plan.strategy, {
    metadata: { uid: plan.live.uid, resourceVersion: plan.live.resourceVersion },
  })
}

/** True when there is something to send. */
export function changesAnything(plan: Plan): boolean {
  return plan.strategy === 'create' || plan.mine.length > 0
}

function patchRequest(ref: ObjectRef, strategy: 'strategic' | 'merge', patch: JsonObject): WriteRequest {
  const { group, version, resource, namespace, name } = ref
  return {
    method: 'PATCH',
    type: { group, version, resource },
    namespace,
    name,
    subresource: ref.subresource ?? null,
    mediaType: strategy === 'strategic' ? 'application/strategic-merge-patch+json' : 'application/merge-patch+json',
    body: printJson(patch),
  }
}
