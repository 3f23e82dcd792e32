import { ownChoice } from '../../../contract/own-choice.ts'
import type { Guard, Strategy, WriteChoice } from '../../../contract/strategy.ts'
import { withChangeCause } from '../../../core/change-cause.ts'
import { type Change, diffObjects } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { Branded, ObjectRef, ResourceType, Snapshot } from '../../../core/object.ts'
import type { LongMerge } from '../../../core/patch/index.ts'
import { type Path, valueAt } from '../../../core/path.ts'
import { fail, type IdentityProblem, ok, type Result } from '../../../core/problem.ts'
import type { EditSession } from '../../../core/session.ts'
import { viewObject } from '../../../core/view.ts'
import { planCreation } from './plan-creation.ts'
import { rememberChange } from './remembered.ts'
import { divide, type LaterStep, type Part } from './steps.ts'
import { applyManager } from './strategies/apply.ts'
import { chooseWrite, usualStrategy } from './strategies/choose.ts'
import { type ChosenManifestWrite, type ManifestTarget, writeManifest } from './strategies/manifest.ts'
import { emptyPatch } from './strategies/patches.ts'
import {
  type EditStrategy,
  type EditWays,
  mediaTypes,
  type WriteTarget,
  type WriteWays,
  waysAt,
} from './strategies/ways.ts'

export type PlanId = Branded<'plan'>

/** The request that a submit sends: made once, dry-run as it is, and sent as it is. */
export type WriteRequest = {
  readonly method: 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  readonly type: ResourceType
  readonly namespace: string | null
  readonly name: string
  readonly subresource: string | null
  readonly mediaType: string
  readonly fieldManager: string
  /** Server-side apply only: take over what other managers own with another value. */
  readonly force: boolean
  readonly body: string
}

/** A submit, planned. All objects are in the edit's view; `live` is the snapshot planned against, null for a creation. */
export type Plan = Planned & {
  /** What the whole text says: the places of the text are counted in it. */
  readonly whole: JsonObject
  readonly live: Snapshot | null
  readonly before: JsonObject
}

/** What planning adds to that which it began from. */
export type Planned = {
  readonly id: PlanId
  /** What is written: the object, or the subresource of it that takes this step. */
  readonly ref: ObjectRef
  readonly textVersion: number
  /** What is saved of the text once this is sent: all of it, or the base with the fields of this step. */
  readonly edited: JsonObject
  /** What else the text wants, of other endpoints; as a rule nothing. */
  readonly later: readonly LaterStep[]
  /** How the person wanted it written, and how it is. */
  readonly choice: WriteChoice
  readonly strategy: Strategy
  readonly guard: Guard
  /** What the kind's usual strategy cannot express; `strategy` is then another one. */
  readonly fallsShort: readonly Path[]
  /** What the kind's usual strategy would keep the server busy with; `strategy` is another one, unless the person chose it. */
  readonly slow: readonly LongMerge[]
  readonly merged: JsonObject
  /** My changes against live. */
  readonly mine: readonly Change[]
  /** Others' changes since the base, which the plan keeps. */
  readonly taken: readonly Change[]
  /** Others' changes since the base that this write takes back. */
  readonly overwrites: readonly Change[]
  /** How a manifest can be written; null for other edits. */
  readonly manifest: Pick<ChosenManifestWrite, 'offers' | 'recommended'> | null
  readonly request: WriteRequest
}

/** What a plan is made from, beside the edited object. */
export type PlanGround = Pick<EditSession, 'ref' | 'origin' | 'view' | 'textVersion' | 'live'>

/**
 * Plans the submit of an edited object against what is live: merges base, edited and live three ways, makes the
 * request that makes the result of live, as it was chosen, and guards it. Fails with `merge-conflict`, `object-gone`,
 * `object-replaced` and with what `chooseWrite` fails with.
 */
export function makePlan(
  id: PlanId,
  session: PlanGround,
  edited: JsonObject,
  choice: WriteChoice,
  ways: EditWays,
): Result<Planned> {
  // Annotations are the object's own: what a subresource serves has none that last.
  const cause = session.ref.subresource === undefined ? choice.changeCause : null
  if (session.origin.kind === 'create') {
    return ok(planCreation(id, session, withChangeCause(edited, cause), choice, ways))
  }
  const live = session.live
  if (live.kind === 'gone') return fail({ code: 'object-gone' })
  if (live.kind === 'replaced') return fail({ code: 'object-replaced', uid: live.uid })
  if (live.kind === 'unreadable') return fail(live.problem)
  if (live.kind === 'unknown') throw new Error('a plan needs a live object: read it first')

  const before = viewObject(live.snapshot.object, session.view)
  if (session.origin.kind === 'manifest') {
    const target = {
      ref: session.ref,
      live: live.snapshot,
      view: session.view,
      before,
      manifest: withChangeCause(edited, cause),
    }
    return planManifest(id, session, edited, target, choice, ways)
  }
  const base = viewObject(session.origin.base.object, session.view)
  const subresources = ways.parts.map(({ subresource }) => subresource)
  const parts = divide({ base, edited, before }, choice, subresources, ways.schema)
  if (!parts.ok) return parts
  const [part, ...rest] = parts.value
  const merged = part.subresource === null ? withNotes(before, part.merged, choice, cause, ways) : part.merged
  const moved = checkPreconditions(before, merged)
  if (moved !== null) return fail(moved)
  const target = { ref: refOf(session.ref, part), view: session.view, live: live.snapshot, before, merged }
  const write = chooseWrite(target, waysAt(ways, part.subresource), choice)
  if (!write.ok) return write
  const { strategy, guard, fallsShort, slow, body } = write.value
  const { taken, overwrites } = part
  return ok({
    id,
    ref: target.ref,
    textVersion: session.textVersion,
    edited: part.edited,
    later: rest.map(later => planLater(later, { ...target, ref: refOf(session.ref, later) }, ways)),
    choice,
    strategy,
    guard,
    fallsShort,
    slow,
    merged,
    mine: diffObjects(before, merged, ways.schema),
    taken,
    overwrites,
    manifest: null,
    request: writeRequest(target.ref, strategy, body, choice, ways),
  })
}

function refOf(ref: ObjectRef, { subresource }: Pick<Part, 'subresource'>): ObjectRef {
  return subresource === null ? ref : { ...ref, subresource }
}

/** What is noted of a change in the object's own annotations, by choice. */
function withNotes(
  before: JsonObject,
  merged: JsonObject,
  { lastApplied }: WriteChoice,
  cause: string | null,
  { schema }: Pick<WriteWays, 'schema'>,
): JsonObject {
  return withChangeCause(lastApplied ? rememberChange(before, merged, schema) : merged, cause)
}

/** How a later step would be sent now, as the app would choose. */
function planLater({ subresource, changes, merged }: Part, target: WriteTarget, ways: EditWays): LaterStep {
  const write = chooseWrite({ ...target, merged }, waysAt(ways, subresource), ownChoice)
  const request = write.ok
    ? ok(writeRequest(target.ref, write.value.strategy, write.value.body, ownChoice, ways))
    : write
  return { subresource, changes, request }
}

/** Plans the write of a manifest. It has no base: what others changed is in live, and only what it says is put over that. */
function planManifest(
  id: PlanId,
  { ref, textVersion }: PlanGround,
  edited: JsonObject,
  target: ManifestTarget,
  choice: WriteChoice,
  ways: WriteWays,
): Result<Planned> {
  const write = writeManifest(target, ways, choice)
  if (!write.ok) return write
  const { strategy, merged, body, offers, recommended } = write.value
  const sentAs = strategy === 'client-side-apply' ? usualStrategy(ways) : strategy
  return ok({
    id,
    ref,
    textVersion,
    edited,
    later: [],
    choice,
    strategy,
    guard: 'version',
    fallsShort: [],
    slow: [],
    merged,
    mine: diffObjects(target.before, merged, ways.schema),
    taken: [],
    overwrites: [],
    manifest: { offers, recommended },
    request: writeRequest(ref, sentAs, body, choice, ways),
  })
}

/** The plan with what it began from. A creation begins from nothing. */
export function completePlan(planned: Planned, { origin, live, view }: PlanGround, whole: JsonObject): Plan {
  if (origin.kind === 'create') return { ...planned, whole, live: null, before: {} }
  if (live.kind !== 'present') throw new Error(`planned against an object that is ${live.kind}`)
  return { ...planned, whole, live: live.snapshot, before: viewObject(live.snapshot.object, view) }
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

/** The patch that changes nothing, null for a creation: its dry run shows what any write would cause. */
export function emptyRequest({ live, strategy, guard, request }: Plan): WriteRequest | null {
  if (live === null) return null
  const way = strategy === 'json' ? 'json' : 'merge'
  return { ...request, method: 'PATCH', mediaType: mediaTypes[way], force: false, body: emptyPatch(way, live, guard) }
}

/** Whether the app guarded by value of itself: the object kept moving while the plan was made. */
export function isMoving({ guard, choice }: Plan): boolean {
  return guard === 'value' && choice.guard === null
}

/** True when there is something to send. */
export function changesAnything(plan: Plan): boolean {
  return plan.strategy === 'create' || plan.mine.length > 0
}

function writeRequest(
  ref: ObjectRef,
  strategy: EditStrategy,
  body: string,
  choice: WriteChoice,
  { fieldManager }: WriteWays,
): WriteRequest {
  const { group, version, resource, namespace, name } = ref
  return {
    method: strategy === 'replace' ? 'PUT' : 'PATCH',
    type: { group, version, resource },
    namespace,
    name,
    subresource: ref.subresource ?? null,
    mediaType: mediaTypes[strategy],
    fieldManager: strategy === 'apply' ? applyManager(fieldManager) : fieldManager,
    force: strategy === 'apply' && choice.force,
    body,
  }
}
