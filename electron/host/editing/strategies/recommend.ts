import type { Recommendation, StrategyOffer } from '../../../../contract/strategy.ts'
import { usualStrategy } from './choose.ts'
import { editStrategies, isPutOnly, type WriteWays } from './ways.ts'

/** Fields of the edit that somebody else will write again. */
type Owners = readonly { readonly path: string; readonly managers: readonly string[] }[]

/**
 * The strategy by who acts on the fields: the kind's usual patch, guarded, where it reaches the edit and the server is not
 * long at merging it; else the first that does. Null where there is nothing to write, and where no strategy can.
 */
export function recommend(
  offers: readonly StrategyOffer[],
  owners: Owners,
  ways: Pick<WriteWays, 'strategic' | 'served'>,
): Recommendation | null {
  const reaches = (strategy: string) => offers.some(one => one.strategy === strategy && one.state === 'reaches')
  const usual = usualStrategy(ways)
  const offered = offers.find(({ strategy }) => strategy === usual)
  const managers = [...new Set(owners.flatMap(owner => owner.managers))]
  const paths = owners.map(({ path }) => path)
  if (isPutOnly(ways) && reaches('replace')) {
    return { strategy: 'replace', guard: 'version', reason: 'put-only', paths, managers }
  }
  const slow = offered?.notes.flatMap(note => (note.kind === 'slow-merge' ? note.lists : [])) ?? []
  if (slow.length > 0 && reaches('json')) {
    const lists = slow.map(({ path }) => path)
    return { strategy: 'json', guard: 'version', reason: 'slow-merge', paths: lists, managers }
  }
  if (reaches(usual)) {
    const reason = managers.length > 0 ? 'co-owned' : 'usual'
    return { strategy: usual, guard: 'version', reason, paths, managers }
  }
  const next = ['json', 'merge', ...editStrategies].find(reaches)
  const strategy = editStrategies.find(one => one === next)
  if (strategy === undefined) return null
  return { strategy, guard: 'version', reason: 'falls-short', paths: offered?.paths ?? [], managers }
}
