import { ownChoice } from '../../../../contract/own-choice.ts'
import type { Review } from '../../../../contract/review.ts'
import type { StrategyNote, StrategyOffer } from '../../../../contract/strategy.ts'
import { type Change, diffObjects } from '../../../../core/diff.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { keeperOf } from '../../../../core/keepers.ts'
import { actsAgain, ownersOf } from '../../../../core/ownership.ts'
import { equalPath, formatPath } from '../../../../core/path.ts'
import { lastApplied } from '../../../../core/secrets.ts'
import type { View } from '../../../../core/view.ts'
import type { Plan } from '../plan.ts'
import { withWriters } from '../show.ts'
import { partOf } from '../steps.ts'
import { applyManager, tryApply } from './apply.ts'
import { attemptOf } from './choose.ts'
import { wholeLists } from './lists.ts'
import { mergeMine, wantedObject } from './wanted.ts'
import {
  type Attempt,
  type EditStrategy,
  type EditWays,
  editStrategies,
  type WriteTarget,
  type WriteWays,
} from './ways.ts'

/** What every strategy is tried on: the plan in its view, and what the edit began from, null where nobody else wrote since. */
export type OfferGround = {
  readonly plan: Plan
  readonly view: View
  readonly base: JsonObject | null
  readonly ways: EditWays
  /** False where this person may patch the object, but not put it. */
  readonly mayUpdate: boolean
  readonly secret: boolean
}

/** The wanted object, and what it changes of live. */
type OfferTarget = WriteTarget & { readonly mine: readonly Change[] }

/** What each strategy would do with this very edit. None for a creation, and where nothing changes. */
export function offerStrategies(ground: OfferGround): readonly StrategyOffer[] {
  const { plan, ways, mayUpdate } = ground
  const target = targetOf(ground)
  if (target === null || plan.mine.length === 0) return []
  return editStrategies.map(strategy => {
    const plain = { strategy, paths: [], notes: [] }
    if (!ways.served.includes(strategy)) return { ...plain, state: 'not-served' }
    if (strategy === 'replace' && !mayUpdate) return { ...plain, state: 'not-allowed' }
    return offer(strategy, target, ground)
  })
}

/** The object that patches and an apply would make, whatever the plan itself does. */
function targetOf({ plan, view, base, ways }: OfferGround): OfferTarget | null {
  const { ref, live, before, edited, strategy, guard } = plan
  if (live === null) return null
  const isMerge = base === null || (strategy !== 'replace' && guard !== 'none')
  const merged = isMerge ? plan.merged : mergeMine({ base, edited, before }, ways.schema)
  const mine = isMerge ? plan.mine : diffObjects(before, merged, ways.schema)
  return { ref, view, live, before, merged, mine }
}

function offer(strategy: EditStrategy, target: OfferTarget, ground: OfferGround): StrategyOffer {
  const { plan, ways } = ground
  if (strategy === 'apply') {
    const attempt = tryApply(target, ways)
    return withNotes(attempt, [
      ...ownerNotes(attempt.conflicts),
      ...listNotes('apply', target, ways),
      ...takenFields(target, ways),
    ])
  }
  // Tried already, when the plan was made.
  const known =
    plan.strategy === strategy ? { strategy, missed: [], slow: plan.slow } : attemptOf(strategy, target, ways)
  if (strategy === 'replace') return withNotes(known, overwriteNotes(ground))
  return withNotes(known, [...slowNotes(known), ...listNotes(strategy, target, ways)])
}

function withNotes({ strategy, missed }: Omit<Attempt, 'body'>, notes: readonly StrategyNote[]): StrategyOffer {
  if (missed.length > 0) return { strategy, state: 'falls-short', paths: missed.map(formatPath), notes: [] }
  return { strategy, state: 'reaches', paths: [], notes }
}

function slowNotes({ strategy, slow = [] }: Omit<Attempt, 'body'>): readonly StrategyNote[] {
  if (strategy !== 'strategic') return []
  const lists = slow.map(({ path, items }) => ({ path: formatPath(path), items }))
  return lists.length === 0 ? [] : [{ kind: 'slow-merge', lists }]
}

function listNotes(
  strategy: EditStrategy,
  { mine }: OfferTarget,
  { schema }: Pick<WriteWays, 'schema'>,
): readonly StrategyNote[] {
  const paths = wholeLists(strategy, mine, schema).map(formatPath)
  return paths.length === 0 ? [] : [{ kind: 'replaces-list', paths }]
}

function ownerNotes(conflicts: ReturnType<typeof tryApply>['conflicts']): readonly StrategyNote[] {
  const owners = conflicts.map(({ path, managers }) => ({ path: formatPath(path), managers }))
  return owners.length === 0 ? [] : [{ kind: 'owner-conflict', owners }]
}

/** What the manager of server-side apply would own from then on, and does not yet. */
function takenFields({ mine, live, ref }: OfferTarget, { fieldManager, schema }: WriteWays): readonly StrategyNote[] {
  const isOwned = ({ path }: Change) =>
    ownersOf(live.object, path, schema).some(
      owner =>
        owner.manager === applyManager(fieldManager) &&
        owner.operation === 'Apply' &&
        owner.subresource === ref.subresource,
    )
  const taken = mine.filter(change => (change.kind === 'added' || change.kind === 'changed') && !isOwned(change))
  return taken.length === 0 ? [] : [{ kind: 'takes-ownership', paths: taken.map(({ path }) => formatPath(path)) }]
}

function overwriteNotes({ plan, base, ways, secret }: OfferGround): readonly StrategyNote[] {
  const { live, edited, before } = plan
  if (base === null || live === null) return []
  const wanted = wantedObject({ base, edited, before }, { ...ownChoice, strategy: 'replace' }, ways.schema)
  if (!wanted.ok) return []
  const subresources = ways.parts.map(({ subresource }) => subresource)
  const part = subresources.find(subresource => subresource === plan.request.subresource) ?? null
  const { overwrites } = partOf(part, { base, edited, before }, wanted.value, subresources, ways.schema)
  if (overwrites.length === 0) return []
  const changes = withWriters(base, live.object, overwrites, { secret, schema: ways.schema })
  return [{ kind: 'overwrites', changes }]
}

/** Who owns what I change, as managedFields tells, and will write it again. What `kubectl apply` keeps for itself is no field of anybody's, and a client-side apply goes on where its last run was. */
export function ownersWhoAct(
  { live, mine, strategy }: Plan,
  { fieldManager, schema }: Pick<WriteWays, 'fieldManager' | 'schema'>,
): Review['owners'] {
  if (live === null) return []
  const goesOn = (manager: string) => strategy === 'client-side-apply' && manager === 'kubectl-client-side-apply'
  const fields = mine.filter(({ path }) => !equalPath(path, ['metadata', 'annotations', lastApplied]))
  return fields.flatMap(({ path }) => {
    const owners = ownersOf(live.object, path, schema).filter(
      owner => actsAgain(owner, fieldManager) && !goesOn(owner.manager),
    )
    const managers = [...new Set(owners.map(owner => owner.manager))]
    const keptBy = owners.flatMap(owner => {
      const keeper = keeperOf(owner, fieldManager)
      return keeper === null ? [] : [{ keeper, manager: owner.manager }]
    })
    return managers.length === 0 ? [] : [{ path: formatPath(path), managers, keptBy }]
  })
}
