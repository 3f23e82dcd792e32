import { useTranslation } from 'react-i18next'
import type { ObjectState, ObjectTarget } from '../../contract/object.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { Ago } from './ago.tsx'
import { VersionNotice } from './version-notice.tsx'

/** What must be known of an object before anything that its page says: that it is gone, another one, or not seen now. */
export function ObjectNotices({
  target,
  state,
}: {
  readonly target: ObjectTarget
  readonly state: ObjectState | null
}) {
  const { t } = useTranslation('object')
  if (state === null || state.summary === null) return null
  const { live, recreated, summary } = state
  return (
    <div className="object-notices" role="status">
      {live.kind === 'gone' && <p className="notice warn">{t('live.gone')}</p>}
      {live.kind === 'unknown' && <p className="notice warn">{t('live.unknown')}</p>}
      {live.kind === 'unreadable' && (
        <div className="notice bad">
          <ProblemText problem={live.problem} />
        </div>
      )}
      {recreated && live.kind === 'present' && <p className="notice warn">{t('live.recreated')}</p>}
      {summary.deletion !== null && live.kind === 'present' && (
        <p className="notice warn">
          {t('deleting.since')} <Ago time={summary.deletion.since} />.{' '}
          {summary.finalizers.length > 0
            ? t('deleting.held', { finalizers: summary.finalizers.join(', ') })
            : summary.deletion.gracePeriod !== null && summary.deletion.gracePeriod > 0
              ? t('deleting.grace', { seconds: summary.deletion.gracePeriod })
              : ''}
        </p>
      )}
      <VersionNotice target={target} state={state} />
    </div>
  )
}
