import { useTranslation } from 'react-i18next'
import type { KnownKeeper } from '../../contract/owners.ts'
import type { Review } from '../../contract/review.ts'
import type { Keeper } from '../../core/keepers.ts'
import { Note } from '../review/note.tsx'
import { KeeperPlaces } from './keeper-places.tsx'
import { isIgnored, isSomewhere, keeperOfField, sayKeeper } from './keeper-words.ts'

/** Who will put back what a review is about to change, and where each change belongs better. Nothing where nobody is known to. */
export function KeptChanges({
  review,
  keepers,
}: {
  readonly review: Review
  readonly keepers: readonly KnownKeeper[]
}) {
  const { t, i18n } = useTranslation('owners')
  const kept = keptBy(review, keepers)
  if (kept.length === 0) return null
  return (
    <Note title={t('review.title')} tone="warn">
      <ul className="kept-changes">
        {kept.map(({ keeper, manager, paths }) => {
          const { who, will, places } = sayKeeper(i18n, keeper, manager, keepers, paths)
          return (
            <li key={`${keeper} ${manager} ${paths[0]}`}>
              <strong>{who}</strong> {will}
              <ul className="kept-paths" aria-label={t('review.fields')}>
                {paths.map(path => (
                  <li key={path}>
                    <code>{path}</code>
                  </li>
                ))}
              </ul>
              {places.some(known => isSomewhere(i18n, known)) && (
                <p className="owner-places">
                  {t('place.better')}
                  {places.map(known => (
                    <KeeperPlaces key={`${known.by} ${known.object?.name}`} known={known} />
                  ))}
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </Note>
  )
}

type Kept = { readonly keeper: Keeper; readonly manager: string | null; readonly paths: readonly string[] }

/**
 * An autoscaler keeps the number of replicas whether or not it has set it yet. What the next `kubectl apply` does is
 * told field by field where it left its record.
 */
function keptBy({ owners, fates, lastApplied }: Review, known: readonly KnownKeeper[]): readonly Kept[] {
  const owned = owners.flatMap(({ path, keptBy }) =>
    keptBy
      .filter(({ keeper }) => keeper !== 'kubectl-apply' || lastApplied === null)
      .map(({ keeper, manager }) => ({ keeper: keeperOfField(keeper, known), manager, path })),
  )
  const kept = [
    ...Map.groupBy(
      owned,
      ({ keeper, manager, path }) => `${keeper} ${manager} ${isIgnored(keeper, known, path)}`,
    ).values(),
  ].flatMap(fields => {
    const [first] = fields
    return first === undefined ? [] : [{ ...first, paths: fields.map(({ path }) => path) }]
  })
  const scales =
    known.some(({ keeper }) => keeper === 'autoscaler') && fates.some(({ path }) => path === 'spec.replicas')
  if (!scales || kept.some(({ keeper }) => keeper === 'autoscaler')) return kept
  return [{ keeper: 'autoscaler', manager: null, paths: ['spec.replicas'] }, ...kept]
}
