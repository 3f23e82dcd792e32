import { type Change, diffObjects } from '../../../core/diff.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { mergeThreeWay } from '../../../core/merge.ts'
import type { Branded, ObjectRef, ResourceType, Snapshot } from '../../../core/object.ts'
import { type Path, valueAt } from '../../../core/path.ts'
import { fail, type IdentityProblem, ok, type Result } from '../../../core/problem.ts'
import type { EditSession } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'
import { emptyPatch, makePatch, mediaTypes, type PatchStrategy, type PatchWays } from './strategy.ts'

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
  readonly strategy: PatchStrategy | 'create'
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
  const moved = checkPreconditions(before, merge.merged)
  if (moved !== null) return fail(moved)
  const made = makePatch(live.snapshot, before, merge.merged, ways)
  if (!made.ok) return made
  return ok({
    id,
    ref: session.ref,
    textVersion: session.textVersion,
    strategy: made.value.strategy,
    fallsShort: made.value.fallsShort,
    merged: merge.merged,
    mine: diffObjects(before, merge.merged, ways.schema),
    taken: merge.taken,
    request: patchRequest(session.ref, made.value.strategy, made.value.body),
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

const fixed = [
  { code: 'api-version-changed', path: ['apiVersion'] },
  { code: 'kind-changed', path: ['kind'] },
  { code: 'name-changed', path: ['metadata', 'name'] },
  { code: 'namespace-changed', path: ['metadata', 'namespace'] },
  { code: 'uid-changed', path: ['metadata', 'uid'] },
] as const

/**
 * The preconditions of kubectl edit, on what the patch will make: none of the fields that say which object this is may
 * differ from live. (A patch is only sent where it makes exactly the merged object.)
 */
export function checkPreconditions(live: JsonObject, merged: JsonObject): IdentityProblem | null {
  for (const { code, path } of fixed) {
    const [expected = null, found = null] = [valueAt(live, path), valueAt(merged, path)]
    if (expected !== found) return { code, path, expected, found }
  }
  return null
}

/** The request that changes nothing, null for a creation: its dry run shows what any write would cause. */
export function emptyRequest(plan: Plan): WriteRequest | null {
  if (plan.live === null || plan.strategy === 'create') return null
  return patchRequest(plan.ref, plan.strategy, emptyPatch(plan.strategy, plan.live))
}

/** True when there is something to send. */
export function changesAnything(plan: Plan): boolean {
  return plan.strategy === 'create' || plan.mine.length > 0
}

function patchRequest(ref: ObjectRef, strategy: PatchStrategy, body: string): WriteRequest {
  const { group, version, resource, namespace, name } = ref
  return {
    method: 'PATCH',
    type: { group, version, resource },
    namespace,
    name,
    subresource: ref.subresource ?? null,
    mediaType: mediaTypes[strategy],
    body,
  }
}
