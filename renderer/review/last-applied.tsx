import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { LastApplied } from '../../contract/strategy.ts'
import { FieldValue } from '../edit/field-value.tsx'
import { isManifest, type Written } from './choice.ts'
import { Paths } from './paths.tsx'

/**
 * What `kubectl apply` remembers of this object: what its next run would do to my result, where live has left it, and
 * the choice to change it there too. The fields themselves are a click away: below stands what Submit does.
 */
export function LastAppliedRegion({
  lastApplied,
  written,
  chosen,
  disabled,
  onChosen,
}: {
  readonly lastApplied: LastApplied
  readonly written: Written
  readonly chosen: boolean
  readonly disabled: boolean
  readonly onChosen: (chosen: boolean) => void
}) {
  const { t } = useTranslation('strategy')
  const title = useId()
  const { drift, forecast } = lastApplied
  const back = forecast.filter(({ outcome }) => outcome !== 'kept').length
  const isSilent = lastApplied.trouble === null && lastApplied.holds.length + forecast.length + drift.length === 0
  if (isSilent && !isManifest(written) && written.strategy !== 'client-side-apply') return null
  return (
    <section className="review-block last-applied" aria-labelledby={title}>
      <header>
        <h3 id={title}>{t('lastApplied.title')}</h3>
        <p className="review-quiet" data-tone={back > 0 ? 'warn' : undefined}>
          {back > 0 ? t('lastApplied.back', { count: back }) : forecast.length > 0 && t('lastApplied.kept')}{' '}
          {drift.length > 0 && t('lastApplied.drift', { count: drift.length })}
        </p>
      </header>
      <Also lastApplied={lastApplied} written={written} chosen={chosen} disabled={disabled} onChosen={onChosen} />
      {forecast.length + drift.length > 0 && (
        <details>
          <summary>{t('lastApplied.fields')}</summary>
          {forecast.length > 0 && <Forecast forecast={forecast} />}
          {drift.length > 0 && <Drift drift={drift} />}
        </details>
      )}
    </section>
  )
}

function Also({
  lastApplied: { holds, trouble },
  written,
  chosen,
  disabled,
  onChosen,
}: Parameters<typeof LastAppliedRegion>[0]) {
  const { t } = useTranslation('strategy')
  const what = useId()
  if (trouble !== null) return <p className="masked">{t(`lastApplied.trouble.${trouble}`)}</p>
  const ofManifest = isManifest(written)
  if (written.strategy === 'client-side-apply') return <p className="review-quiet">{t('lastApplied.always')}</p>
  if (holds.length === 0 && !ofManifest) return null
  return (
    <div className="also">
      <label>
        <input
          type="checkbox"
          checked={chosen}
          disabled={disabled}
          aria-describedby={what}
          onChange={event => onChosen(event.target.checked)}
        />
        {t(ofManifest ? 'lastApplied.alsoManifest' : 'lastApplied.also')}
      </label>
      <p id={what} className="review-quiet">
        {ofManifest ? (
          t('lastApplied.alsoManifestWhat')
        ) : (
          <>
            {t('lastApplied.alsoWhat')} <Paths paths={holds} />
          </>
        )}
      </p>
    </div>
  )
}

function Forecast({ forecast }: Pick<LastApplied, 'forecast'>) {
  const { t } = useTranslation('strategy')
  const absent = t('lastApplied.absent')
  return (
    <table className="facts">
      <thead>
        <tr>
          <th scope="col">{t('lastApplied.field')}</th>
          <th scope="col">{t('lastApplied.outcome')}</th>
          <th scope="col">{t('lastApplied.mine')}</th>
          <th scope="col">{t('lastApplied.then')}</th>
        </tr>
      </thead>
      <tbody>
        {forecast.map(({ path, outcome, mine, next }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td>
              <span className="outcome" data-outcome={outcome}>
                {t(`lastApplied.outcomes.${outcome}`)}
              </span>
            </td>
            <td data-label={t('lastApplied.mine')}>
              <FieldValue value={mine} absent={absent} />
            </td>
            <td data-label={t('lastApplied.then')}>
              <FieldValue value={next} absent={absent} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Drift({ drift }: Pick<LastApplied, 'drift'>) {
  const { t } = useTranslation('strategy')
  const absent = t('lastApplied.absent')
  return (
    <table className="facts">
      <caption>{t('lastApplied.driftTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('lastApplied.field')}</th>
          <th scope="col">{t('lastApplied.applied')}</th>
          <th scope="col">{t('lastApplied.live')}</th>
        </tr>
      </thead>
      <tbody>
        {drift.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td data-label={t('lastApplied.applied')}>
              <FieldValue value={before} absent={absent} />
            </td>
            <td data-label={t('lastApplied.live')}>
              <FieldValue value={after} absent={absent} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
