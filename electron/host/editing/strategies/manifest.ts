import type { Recommendation, StrategyNote, StrategyOffer, WriteChoice } from '../../../../contract/strategy.ts'
import { annotationsFit, applyClientSide, readApplied, withApplied } from '../../../../core/client-side-apply.ts'
import { type JsonObject, printJson } from '../../../../core/json.ts'
import { configurationOf, givenIn } from '../../../../core/manifest.ts'
import { fieldOf, metadataOf, type ObjectRef, type Snapshot } from '../../../../core/object.ts'
import { type ApplyAs, conflictsOfApply, mergeApplyConfiguration } from '../../../../core/patch/index.ts'
import { formatPath } from '../../../../core/path.ts'
import { fail, ok, type PatchProblem, type Result } from '../../../../core/problem.ts'
import { lastApplied } from '../../../../core/secrets.ts'
import { type View, viewObject } from '../../../../core/view.ts'
import { applyManager } from './apply.ts'
import { usualStrategy } from './choose.ts'
import { guardMap } from './patches.ts'
import type { EditStrategy, WriteWays } from './ways.ts'

/** How a manifest is written to the object that it names; in the order in which they are offered. */
const manifestStrategies = ['client-side-apply', 'apply', 'replace'] as const
type ManifestStrategy = (typeof manifestStrategies)[number]

/** A manifest and the object that it names, in the edit's view. */
export type ManifestTarget = {
  readonly ref: ObjectRef
  readonly live: Snapshot
  readonly view: View
  readonly before: JsonObject
  readonly manifest: JsonObject
}

/** A request for a manifest: what it makes of live as far as can be told here, and its body. */
type ManifestWrite = { readonly merged: JsonObject; readonly body: string }

/** The write that was chosen, and what was to choose from. */
export type ChosenManifestWrite = ManifestWrite & {
  readonly strategy: ManifestStrategy
  readonly offers: readonly StrategyOffer[]
  readonly recommended: Recommendation
}

/**
 * The write of a manifest as it was chosen, always guarded by uid and version. Where nothing was chosen, as the object was
 * applied last: client-side where it carries the configuration of that, else server-side, unless that would take force.
 * `strategy-unserved`, `guard-unsupported`, and why a patch cannot be made.
 */
export function writeManifest(
  target: ManifestTarget,
  ways: WriteWays,
  choice: WriteChoice,
): Result<ChosenManifestWrite> {
  const served = manifestStrategies.filter(strategy => isServed(strategy, ways))
  const offers = manifestStrategies.map(one => offer(one, target, ways, choice))
  const recommended = recommend(target, offers)
  const strategy = choice.strategy === null ? recommended?.strategy : served.find(one => one === choice.strategy)
  if (strategy === undefined || recommended === null) {
    return fail({ code: 'strategy-unserved', strategy: choice.strategy ?? 'apply', served })
  }
  const { guard } = choice
  if (guard !== null && guard !== 'version') return fail({ code: 'guard-unsupported', strategy, guard, instead: [] })
  const write = attempts[strategy](target, ways, choice)
  if (!write.ok) return write
  return ok({ ...write.value, strategy, offers, recommended })
}

type Recommended = Recommendation & { readonly strategy: ManifestStrategy }

function recommend(target: ManifestTarget, offers: readonly ManifestOffer[]): Recommended | null {
  const [clientSide, serverSide] = ['client-side-apply', 'apply'].map(one =>
    offers.find(({ strategy, state }) => strategy === one && state === 'reaches'),
  )
  const wasApplied = readApplied(target.before).kind === 'present'
  const owners = serverSide?.notes.flatMap(note => (note.kind === 'owner-conflict' ? note.owners : [])) ?? []
  const usual = (wasApplied ? clientSide : serverSide) ?? serverSide ?? clientSide
  const first = usual ?? offers.find(({ state }) => state !== 'not-served')
  if (first === undefined) return null
  const plain = { guard: 'version', paths: [], managers: [] } as const
  if (first !== serverSide || clientSide === undefined || owners.length === 0) {
    return { ...plain, strategy: first.strategy, reason: 'manifest' }
  }
  const managers = [...new Set(owners.flatMap(owner => owner.managers))]
  const paths = owners.map(({ path }) => path)
  return { ...plain, strategy: clientSide.strategy, reason: 'owned', paths, managers }
}

function isServed(strategy: ManifestStrategy, ways: WriteWays): boolean {
  const needed: EditStrategy = strategy === 'client-side-apply' ? usualStrategy(ways) : strategy
  return ways.served.includes(needed)
}

type ManifestOffer = StrategyOffer & { readonly strategy: ManifestStrategy }

function offer(
  strategy: ManifestStrategy,
  target: ManifestTarget,
  ways: WriteWays,
  choice: WriteChoice,
): ManifestOffer {
  if (!isServed(strategy, ways)) return { strategy, state: 'not-served', paths: [], notes: [] }
  const write = attempts[strategy](target, ways, choice)
  if (!write.ok) {
    const { path } = write.problem
    return { strategy, state: 'falls-short', paths: path === undefined ? [] : [formatPath(path)], notes: [] }
  }
  const { merged } = write.value
  const annotation = formatPath(['metadata', 'annotations', lastApplied])
  if (!annotationsFit(merged)) return { strategy, state: 'falls-short', paths: [annotation], notes: [] }
  return { strategy, state: 'reaches', paths: [], notes: strategy === 'apply' ? ownerNotes(target, merged, ways) : [] }
}

function ownerNotes({ live }: ManifestTarget, merged: JsonObject, ways: WriteWays): readonly StrategyNote[] {
  const conflicts = conflictsOfApply(live.object, merged, applyAs(ways))
  const owners = conflicts.map(({ path, managers }) => ({ path: formatPath(path), managers }))
  return owners.length === 0 ? [] : [{ kind: 'owner-conflict', owners }]
}

const attempts: Readonly<
  Record<
    ManifestStrategy,
    (target: ManifestTarget, ways: WriteWays, choice: WriteChoice) => Result<ManifestWrite, PatchProblem>
  >
> = { 'client-side-apply': tryClientSideApply, apply: tryServerSideApply, replace: tryReplace }

/** As `kubectl apply` does it, and with its bookkeeping: what was applied last is the origin of what was taken out since. */
function tryClientSideApply(
  { ref, live, before, manifest }: ManifestTarget,
  ways: WriteWays,
): Result<ManifestWrite, PatchProblem> {
  const applied = readApplied(before)
  // That of another object says nothing of this one. (kubectl would delete what it holds and the manifest does not.)
  const original = applied.kind === 'present' ? applied.configuration : null
  const made = applyClientSide(original, withApplied(configurationOf(ref, manifest)), before, ways)
  if (!made.ok) return made
  const { patch, object } = made.value
  return ok({
    merged: object,
    body: printJson(guardMap(patch, live, 'version')),
  })
}

/** What our last apply owned, and neither the manifest nor anybody else does, goes. */
function tryServerSideApply(
  target: ManifestTarget,
  ways: WriteWays,
  choice: WriteChoice,
): Result<ManifestWrite, PatchProblem> {
  const { live, view } = target
  const configuration = remembered(target, choice)
  const made = mergeApplyConfiguration(live.object, configuration, applyAs(ways))
  if (!made.ok) return made
  const body = printJson(guardMap(configuration, live, 'version'))
  return ok({ merged: viewObject(made.value, view), body })
}

function applyAs({ schema, fieldManager }: WriteWays): ApplyAs {
  return { manager: applyManager(fieldManager), subresource: null, schema }
}

/** A PUT of the manifest: what it does not say disappears, but for the status and what the server gives. */
function tryReplace(
  target: ManifestTarget,
  _ways: WriteWays,
  choice: WriteChoice,
): Result<ManifestWrite, PatchProblem> {
  const { live, before } = target
  const configuration = remembered(target, choice)
  const status = fieldOf(before, 'status')
  const kept = status === undefined ? {} : { status }
  return ok({
    merged: { ...kept, ...configuration, metadata: { ...metadataOf(configuration), ...givenIn(before) } },
    body: printJson(guardMap(configuration, live, 'version')),
  })
}

/** The configuration; by choice with itself as what was applied last, so that a later `kubectl apply` knows of it. */
function remembered({ ref, manifest }: ManifestTarget, choice: WriteChoice): JsonObject {
  const configuration = configurationOf(ref, manifest)
  return choice.lastApplied ? withApplied(configuration) : configuration
}
