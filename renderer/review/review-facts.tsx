import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Review } from '../../contract/edit.ts'
import { FieldValue } from '../edit/field-value.tsx'

/** All else that the person should know before Submit: warnings, owners, others' changes, hidden characters, values chosen later. */
export function ReviewFacts({ review }: { readonly review: Review }) {
  const { t } = useTranslation('review')
  const { warnings, owners, others, hidden, chosenAtSubmit, fallsShort, strategy, size } = review
  return (
    <>
      <Block title={t('warnings.title')} tone="warn" count={warnings.length}>
        <ul lang="en">
          {warnings.map(warning => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      </Block>
      <Block title={t('owners.title')} tone="warn" count={owners.length}>
        <ul>
          {owners.map(({ path, managers }) => (
            <li key={path}>{t('owners.owned', { path, managers: [...managers] })}</li>
          ))}
        </ul>
        <p>{t('owners.text')}</p>
      </Block>
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
        <ul className="foreign">
          {others.map(({ path, before, after, manager }) => (
            <li key={path}>
              <code>{path}</code> <FieldValue value={before} absent={t('fates.absent')} /> →{' '}
              <FieldValue value={after} absent={t('fates.absent')} />{' '}
              <small>{t('others.by', { who: manager ?? t('others.unknownWriter') })}</small>
            </li>
          ))}
        </ul>
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

function Block({
  title,
  tone,
  count,
  children,
}: {
  readonly title: string
  readonly tone: 'warn' | 'info'
  readonly count: number
  readonly children: ReactNode
}) {
  const id = useId()
  if (count === 0) return null
  return (
    <section className={`review-block note ${tone}`} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}
