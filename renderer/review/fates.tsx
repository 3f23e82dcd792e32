import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { FieldFate } from '../../contract/review.ts'
import { FieldValue } from '../edit/field-value.tsx'

/** Beyond this many fields the rest is shown on demand. */
const firstFields = 100

/** What became of each field that I edited, those that were not taken first. */
export function Fates({ fates }: { readonly fates: readonly FieldFate[] }) {
  const { t } = useTranslation('review')
  const title = useId()
  const [all, setAll] = useState(false)
  if (fates.length === 0) return null
  const ordered = [...fates].sort((a, b) => weight(b) - weight(a))
  const shown = all ? ordered : ordered.slice(0, firstFields)
  const absent = t('fates.absent')
  return (
    <section className="review-block" aria-labelledby={title}>
      <h3 id={title}>{t('fates.title')}</h3>
      {fates.every(({ fate }) => fate === 'taken') && (
        <p className="review-quiet">{t('fates.takenAll', { count: fates.length })}</p>
      )}
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('fates.field')}</th>
            <th scope="col">{t('fates.fate')}</th>
            <th scope="col">{t('fates.live')}</th>
            <th scope="col">{t('fates.mine')}</th>
            <th scope="col">{t('fates.answer')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ path, fate, live, mine, answer, subresource, line }) => (
            <tr key={path} data-fate={fate}>
              <th scope="row">
                <code>{path}</code>
                {line !== null && <small>{t('fates.line', { line })}</small>}
              </th>
              <td>
                <span className="fate" data-fate={fate}>
                  {t(`fates.${fate}`)}
                </span>
                {fate !== 'taken' && <small>{t(`fates.why.${fate}`)}</small>}
                {subresource !== null && <small>{t('fates.subresource', { subresource })}</small>}
              </td>
              <td data-label={t('fates.live')}>
                <FieldValue value={live} absent={absent} />
              </td>
              <td data-label={t('fates.mine')}>
                <FieldValue value={mine} absent={absent} />
              </td>
              <td data-label={t('fates.answer')}>
                <FieldValue value={answer} absent={absent} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < ordered.length && (
        <Button className="button" onPress={() => setAll(true)}>
          {t('fates.more', { count: ordered.length - shown.length })}
        </Button>
      )}
    </section>
  )
}

function weight({ fate }: FieldFate): number {
  return { overridden: 3, ignored: 2, normalised: 1, taken: 0 }[fate]
}
