import './converge.css'
import { useTranslation } from 'react-i18next'
import type { ConvergeState } from '../../contract/converge.ts'
import { humanAge } from '../browse/age.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { awaitedOf, useAwaitedWords } from './awaited-words.ts'
import { ConvergeDetails } from './converge-details.tsx'
import { outlookOf, toneOf } from './outlook.ts'
import { RevertedFields } from './reverted-fields.tsx'

/** What becomes of the last submit: one quiet line, its details on demand, and above them who changed a submitted field. */
export function ConvergeRegion({
  state,
  onEditAgain,
  onDismiss,
}: {
  readonly state: ConvergeState
  /** Brings what is live into the text and the person to it. */
  readonly onEditAgain: () => void
  readonly onDismiss: () => void
}) {
  const { t } = useTranslation('converge')
  const words = useWords(state)
  const outlook = outlookOf(state)
  const hasDetails = outlook !== 'nothing' && outlook !== 'gone' && outlook !== 'replaced'
  const troubled = outlook === 'settled' ? 0 : (state.pods?.troubled ?? 0)
  const reasons = [...new Set((state.pods?.trouble ?? []).map(({ reason }) => reason))].join(', ')
  const line = (
    <>
      <span className="converge-mark" />
      <span className="converge-line">
        {words.sentence} {troubled > 0 && t('trouble', { count: troubled, reasons })}
      </span>
    </>
  )
  return (
    <section className="converge" data-tone={toneOf(state)} data-outlook={outlook} aria-label={t('region')}>
      {/* Counts change often: only what they come to is announced. */}
      <p className="visually-hidden" role="status">
        {words.announced}
      </p>
      <div className="converge-body">
        {state.reverted.length > 0 && (
          <RevertedFields reverted={state.reverted} owners={state.owners} onEditAgain={onEditAgain} />
        )}
        {hasDetails ? (
          <details>
            <summary>{line}</summary>
            <ConvergeDetails state={state} />
          </details>
        ) : (
          <p className="converge-plain">{line}</p>
        )}
      </div>
      <IconButton icon="close" label={t('dismiss')} onPress={onDismiss} />
    </section>
  )
}

/** The line on screen, and what is announced of it. */
function useWords(state: ConvergeState): { readonly sentence: string; readonly announced: string } {
  const { t, i18n } = useTranslation('converge')
  const sayAwaited = useAwaitedWords()
  const { readiness, settledAfter, lateAfter } = state
  const outlook = outlookOf(state)
  // Chinese lists are not joined by a Latin comma.
  const comma = i18n.language.startsWith('zh') ? '，' : ', '
  const values = {
    awaited: awaitedOf(state).map(sayAwaited).join(comma),
    time: humanAge(Math.ceil(settledAfter ?? 0)),
    minutes: lateAfter ?? 0,
    hold: readiness.kind === 'held' ? t(`hold.${readiness.by}`) : '',
    type: readiness.kind === 'failed' ? readiness.because.type : '',
    reason: readiness.kind === 'failed' ? readiness.because.reason : '',
  }
  return { sentence: t(`sentence.${outlook}`, values), announced: t(`say.${outlook}`, values) }
}
