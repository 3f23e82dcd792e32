import { useTranslation } from 'react-i18next'
import type { KnownKeeper } from '../../contract/owners.ts'
import type { Review } from '../../contract/review.ts'
import { KeptChanges } from '../owners/kept-changes.tsx'
import { isManifest, takenOver } from './choice.ts'
import { ForeignChanges, Note } from './note.tsx'
import { Owned } from './strategy-chooser.tsx'

/** All else that the person should know before Submit: warnings, owners, others' changes, hidden characters, values chosen later. */
export function ReviewFacts({
  review,
  keepers,
}: {
  readonly review: Review
  /** Who is known to keep the object. */
  readonly keepers: readonly KnownKeeper[]
}) {
  const { t } = useTranslation('review')
  const { warnings, owners, others, hidden, chosenAtSubmit, fallsShort, strategy, size } = review
  // Of whom nobody knows what they are: what the others do is said by who they are.
  const unknown = owners.filter(({ keptBy }) => keptBy.length === 0)
  return (
    <>
      <WritingFacts review={review} />
      <Block title={t('warnings.title')} tone="warn" count={warnings.length}>
        <ul lang="en">
          {warnings.map(({ message, range }) => (
            <li key={message}>
              {message} {range !== undefined && <small>{t('fates.line', { line: range.line })}</small>}
            </li>
          ))}
        </ul>
      </Block>
      <Block title={t('owners.title')} tone="warn" count={unknown.length}>
        <ul>
          {unknown.map(({ path, managers }) => (
            <li key={path}>{t('owners.owned', { path, managers: [...managers] })}</li>
          ))}
        </ul>
        <p>{t('owners.text')}</p>
      </Block>
      <KeptChanges review={review} keepers={keepers} />
      <Block title={t('size.title')} tone="warn" count={size ? 1 : 0}>
        <p>{size && t('size.text', size)}</p>
      </Block>
      <Block title={t('hidden.title')} tone="warn" count={hidden.length}>
        <ul>
          {hidden.map(({ range: { from, line, column }, name }) => (
            <li key={from}>{t('hidden.at', { line, column, name })}</li>
          ))}
        </ul>
      </Block>
      <Block title={t('fallsShort.title')} tone="info" count={fallsShort.length}>
        <p>{t('fallsShort.text', { paths: [...fallsShort], strategy: t(`strategy.${strategy}`) })}</p>
      </Block>
      <Block title={t('others.title')} tone="info" count={others.length}>
        <p>{t('others.text')}</p>
        <ForeignChanges changes={others} />
      </Block>
      <Block title={t('chosen.title')} tone="info" count={chosenAtSubmit.length}>
        <p>{t('chosen.text')}</p>
        <ul>
          {chosenAtSubmit.map(path => (
            <li key={path}>
              <code>{path}</code>
            </li>
          ))}
        </ul>
      </Block>
    </>
  )
}

/** What the way of writing does to others: changes taken back, fields taken over, and no guard. */
function WritingFacts({ review }: { readonly review: Review }) {
  const { t } = useTranslation('strategy')
  const { overwrites, guard, choice, strategy } = review
  const forced = choice.force && strategy === 'apply' ? takenOver(review) : []
  return (
    <>
      <Block title={t('overwrites.title')} tone="warn" count={overwrites.length}>
        <p>{t(isManifest(review) ? 'overwrites.manifest' : 'overwrites.text')}</p>
        <ForeignChanges changes={overwrites} />
      </Block>
      <Block title={t('forced.title')} tone="warn" count={forced.length}>
        <Owned owners={forced} />
        <p>{t('forced.text')}</p>
      </Block>
      <Block title={t('unguarded.title')} tone="warn" count={guard === 'none' && strategy !== 'create' ? 1 : 0}>
        <p>{t('unguarded.text')}</p>
      </Block>
    </>
  )
}

function Block({ count, ...note }: Parameters<typeof Note>[0] & { readonly count: number }) {
  return count === 0 ? null : <Note {...note} />
}
