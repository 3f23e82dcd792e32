import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventLine } from '../../contract/converge.ts'
import type { ObjectTarget } from '../../contract/object.ts'
import { useStream } from '../app/use-host.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { Ago } from './ago.tsx'

/** The events about an object as they come, the newest first, or warnings before all others. */
export function EventsSection({ target }: { readonly target: ObjectTarget }) {
  const { t } = useTranslation('object')
  const [warnings, setWarnings] = useState(false)
  const { value } = useStream(`events ${JSON.stringify(target)}`, (client, signal) =>
    client.object.events({ target }, { signal }),
  )
  if (value === null || value.state === 'loading') {
    return (
      <p className="section-message section-waiting" role="status">
        {t('events.loading')}
      </p>
    )
  }
  const { events, problem } = value
  const warned = events.filter(({ type }) => type === 'Warning').length
  const shown = warnings ? events.toSorted((a, b) => Number(isWarning(b)) - Number(isWarning(a))) : events
  return (
    <div className="events-section">
      {problem !== null && (
        <div className="notice bad" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      {problem === null && (
        <div className="section-bar">
          <span role="status">
            {t('events.count', { count: events.length })}
            {warned > 0 && ` · ${t('events.warnings', { count: warned })}`}
          </span>
          <label>
            <input type="checkbox" checked={warnings} onChange={event => setWarnings(event.target.checked)} />{' '}
            {t('events.warningsFirst')}
          </label>
        </div>
      )}
      {events.length === 0 && problem === null && <p className="section-message">{t('events.none')}</p>}
      <ol className="event-list" aria-label={t('sections.events')}>
        {shown.map(event => (
          <li key={`${event.type} ${event.reason} ${event.message}`} className="event" data-type={event.type}>
            <Ago time={event.last} />
            <span className="event-reason">{event.reason}</span>
            <span className="event-message" lang="en">
              {event.message}
            </span>
            <span className="event-count">{event.count > 1 && t('events.times', { count: event.count })}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function isWarning({ type }: EventLine): boolean {
  return type === 'Warning'
}
