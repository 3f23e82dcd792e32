import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Moment } from '../../core/moments.ts'
import { Ago } from './ago.tsx'

/** An object's life as it tells it itself, the newest first. Writes can be left out. */
export function TimelineSection({ moments }: { readonly moments: readonly Moment[] }) {
  const { t } = useTranslation('object')
  const [writes, setWrites] = useState(true)
  const shown = writes ? moments : moments.filter(({ kind }) => kind !== 'written')
  return (
    <div className="timeline-section">
      <div className="section-bar">
        <label>
          <input type="checkbox" checked={writes} onChange={event => setWrites(event.target.checked)} />{' '}
          {t('timeline.writes')}
        </label>
        <span className="object-quiet">{t('timeline.note')}</span>
      </div>
      <ol className="timeline" aria-label={t('sections.timeline')}>
        {shown.map((moment, index) => (
          // Several of one second may say the same.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew as a whole, and its rows keep nothing.
          <li key={index} className="moment" data-kind={moment.kind} data-status={statusOf(moment)}>
            <Ago time={moment.time} />
            <span className="moment-mark" aria-hidden="true" />
            <MomentWords moment={moment} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function statusOf(moment: Moment): string | undefined {
  return moment.kind === 'condition' ? moment.status : undefined
}

function MomentWords({ moment }: { readonly moment: Moment }) {
  const { t } = useTranslation('object')
  switch (moment.kind) {
    case 'created':
    case 'deletion':
      return <span>{t(`timeline.${moment.kind}`)}</span>
    case 'written': {
      const { manager, operation, subresource } = moment
      return (
        <span>
          {t(operation === 'Apply' ? 'timeline.applied' : 'timeline.written', { manager })}
          {subresource !== '' && <small> {t('timeline.through', { subresource })}</small>}
        </span>
      )
    }
    case 'condition': {
      const { type, status, reason, message } = moment
      return (
        <span>
          <strong>{type}</strong> {t('timeline.became', { status })}
          {reason !== '' && <span lang="en"> · {reason}</span>}
          {message !== '' && (
            <span className="condition-message" lang="en">
              {message}
            </span>
          )}
        </span>
      )
    }
  }
}
