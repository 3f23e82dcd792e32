import type { Review } from '../../contract/review.ts'
import type {
  Guard,
  Recommendation,
  Strategy,
  StrategyNote,
  StrategyOffer,
  WriteChoice,
} from '../../contract/strategy.ts'

/** What of a review a choice is made from. */
export type Written = Pick<Review, 'choice' | 'strategy' | 'guard' | 'strategies' | 'recommended'>

/** The guards that a strategy can carry: only a JSON Patch tests values, and always something; an apply (of either side) or a PUT always names the version. */
export function guardsOf(strategy: Strategy): readonly Guard[] {
  switch (strategy) {
    case 'json':
      return ['version', 'value']
    case 'strategic':
    case 'merge':
      return ['version', 'none']
    default:
      return ['version']
  }
}

/** The choice of another strategy. Force was decided for another request, so it is not carried over. */
export function withStrategy({ choice, recommended }: Written, strategy: Strategy): WriteChoice {
  if (strategy === 'create') return choice
  const next = { ...choice, strategy, guard: null, force: false }
  return strategy === recommended?.strategy ? { ...next, strategy: null } : next
}

/** The choice of another guard, on the strategy that is written now, or on the patch that carries it. */
export function withGuard({ choice, strategy, strategies, recommended }: Written, guard: Guard): WriteChoice {
  const carrier = guardsOf(strategy).includes(guard) ? strategy : carrierOf(guard, strategies)
  if (carrier === null || carrier === 'create') return choice
  const asRecommended = carrier === recommended?.strategy && guard === recommended.guard
  return {
    ...choice,
    ...(asRecommended ? { strategy: null, guard: null } : { strategy: carrier, guard }),
    force: false,
  }
}

/** The guards that can be chosen now: those of the strategy, and of a patch those that another patch could carry. */
export function guardChoices({ strategy, strategies }: Written): readonly Guard[] {
  const own = guardsOf(strategy)
  if (own.length === 1) return own
  const all = ['version', 'value', 'none'] as const
  return all.filter(guard => own.includes(guard) || carrierOf(guard, strategies) !== null)
}

/** The first patch that can write this edit so guarded; null where none can. */
function carrierOf(guard: Guard, strategies: readonly StrategyOffer[]): Strategy | null {
  const carrier = strategies.find(offer => canWrite(offer) && guardsOf(offer.strategy).includes(guard))
  return carrier?.strategy ?? null
}

/** Whether the person may choose this strategy for this edit. */
export function canWrite({ state }: StrategyOffer): boolean {
  return state === 'reaches'
}

/** What the app would choose, where the person chose something else; null where it is written so. */
export function recommendedInstead({ strategy, guard, recommended }: Written): Recommendation | null {
  if (recommended === null) return null
  return recommended.strategy === strategy && recommended.guard === guard ? null : recommended
}

/** The fields that a forced apply takes over, and from whom. */
export function takenOver({ strategies }: Written): Extract<StrategyNote, { kind: 'owner-conflict' }>['owners'] {
  const apply = strategies.find(({ strategy }) => strategy === 'apply')
  return (apply?.notes ?? []).flatMap(note => (note.kind === 'owner-conflict' ? note.owners : []))
}

/** Of the lists for which a strategic patch is not recommended, how long the longest is; 0 where there is none. */
export function longestList({ strategies }: Pick<Written, 'strategies'>): number {
  const notes = strategies.flatMap(offer => offer.notes)
  return Math.max(0, ...notes.flatMap(note => (note.kind === 'slow-merge' ? note.lists.map(({ items }) => items) : [])))
}

/** Whether what is written is a manifest: only that can be applied client-side. */
export function isManifest({ strategies }: Pick<Written, 'strategies'>): boolean {
  return strategies.some(({ strategy }) => strategy === 'client-side-apply')
}
