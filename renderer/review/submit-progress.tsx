import { useTranslation } from 'react-i18next'
import type { Submitting } from '../../contract/edit.ts'
import { Waiting } from '../edit/waiting.tsx'

/** What a submit under way is doing; null where the host has not said yet. What waits can be stopped, what was sent cannot. */
export function SubmitProgress({
  progress,
  onStop,
}: {
  readonly progress: Submitting | null
  readonly onStop: () => void
}) {
  const { t } = useTranslation('review')
  if (progress === null || (progress.kind === 'sending' && progress.attempt === 1)) {
    return <Waiting text={t('submitting')} late={t('submittingLong')} />
  }
  const { kind, attempt } = progress
  if (kind === 'sending') return <Waiting text={t('progress.sending', { attempt })} late={t('submittingLong')} />
  const text =
    kind === 'waiting'
      ? t('progress.waiting', { count: Math.ceil(progress.seconds) })
      : t(`progress.${kind}`, { attempt: attempt + 1 })
  return <Waiting text={text} late="" cancel={t('progress.stop')} onCancel={onStop} />
}
