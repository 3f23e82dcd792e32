import './review.css'
import { type KeyboardEvent, useEffectEvent, useId, useLayoutEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Submitting } from '../../contract/edit.ts'
import { wantsAcknowledgement } from '../../core/dangers/find.ts'
import { useCommands } from '../app/commands.ts'
import { BeforeSubmit } from '../dangers/before-submit.tsx'
import { ProblemNotice } from '../edit/edit-notices.tsx'
import type { EditWork } from '../edit/edit-work.ts'
import { isChoosing, type Reviewing } from '../edit/flow.ts'
import { ConfirmationField, useConfirmation } from '../guards/confirmation-field.tsx'
import { scrolls } from '../parts/focus.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { ChangesRegion } from './changes-region.tsx'
import { Fates } from './fates.tsx'
import { LastAppliedRegion } from './last-applied.tsx'
import { isCauseStale, ReasonField } from './reason-field.tsx'
import { RequestRegion } from './request-region.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { useStepWords } from './step-words.ts'
import { hasSteps, StepsStrip } from './steps-strip.tsx'
import { SubmitProgress } from './submit-progress.tsx'
import { WritingRegion } from './writing-region.tsx'

/** Milliseconds in which nobody can have looked at a review that opened by itself. */
const firstLook = 600

/** What the server makes of the edit, before anything is sent. Escape goes back to the text. */
export function ReviewView({
  reviewing,
  context,
  active,
  canSubmit,
  reason,
  whole,
  progress,
  work,
  onExport,
}: {
  /** Opens what writes the change for Git. */
  readonly onExport: () => void
  readonly reviewing: Reviewing
  /** Where it will be submitted to. */
  readonly context: string
  readonly active: boolean
  /** What the submit under way is doing, as the host tells it. */
  readonly progress: Submitting | null
  readonly canSubmit: boolean
  /** Why the change is made, as typed so far. */
  readonly reason: string
  /** Whether the edit is of the whole object, not of one of its subresources alone. */
  readonly whole: boolean
  readonly work: EditWork
}) {
  const { t } = useTranslation(['review', 'strategy', 'steps', 'danger', 'export'])
  const { review, again, rechosen, rechoice, acknowledged, submitting, problem } = reviewing
  const choosing = isChoosing(reviewing)
  const stepWords = useStepWords()
  const title = useRef<HTMLHeadingElement>(null)
  const opened = useRef(0)
  const scroller = useRef<HTMLDivElement>(null)
  const box = useId()
  const untaken = review.fates.filter(({ fate }) => fate === 'ignored' || fate === 'overridden').length

  const begin = useEffectEvent(() => {
    opened.current = performance.now()
    if (rechosen) return
    if (active) title.current?.focus()
    scroller.current?.scrollTo(0, 0)
  })
  // A new review begins at its title, before the next key can go elsewhere.
  useLayoutEffect(() => begin(), [review.plan])

  const confirmation = useConfirmation(context, review.plan)
  const { done, now, later } = review.steps
  const [number, of] = [done.length + 1, done.length + 1 + later.length]
  const submitWords = of > 1 ? t('steps:submit', { number, of, step: stepWords.name(now) }) : t('submit')
  const mayBeSent = canSubmit && !isCauseStale(reviewing, reason)
  function submit(): void {
    if (confirmation.given) void work.submit(confirmation.typed)
    else confirmation.field.current?.focus()
  }
  // The review of a next step opens by itself: a second press of the key that sent the one before is not for it.
  function submitByKey(): void {
    if (done.length === 0 || performance.now() - opened.current > firstLook) submit()
  }
  useCommands(
    active
      ? [
          {
            id: 'review.submit',
            label: submitWords,
            group: t('title'),
            enabled: mayBeSent,
            keys: ['Mod+Enter'],
            run: submitByKey,
          },
        ]
      : [],
  )
  // A chosen radio keeps every Enter to itself.
  const submitFromChoice = (event: KeyboardEvent) => {
    const isRadio = event.target instanceof HTMLInputElement && event.target.type === 'radio'
    if (!isRadio || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    if (canSubmit) submitByKey()
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || submitting) return
    event.preventDefault()
    if (choosing) work.dropChoice()
    else work.back()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a second way of the button `Back to editing`.
    <div className="review" onKeyDown={leave} onKeyDownCapture={submitFromChoice}>
      <header className="review-bar">
        <h2 ref={title} tabIndex={-1}>
          {t('title')}
        </h2>
        <p className="review-quiet review-basis">
          {review.basis === 'server' && review.changesAnything && t('basis.server')}
        </p>
        <IconButton icon="upload" label={t('export:command')} onPress={onExport} />
        <Button className="button" isDisabled={submitting} onPress={work.back}>
          {t('back')}
        </Button>
        {review.changesAnything && (
          <Button
            className="button button-accent"
            isDisabled={!mayBeSent || !confirmation.given}
            {...(review.needsAcknowledgement ? { 'aria-describedby': box } : {})}
            onPress={submit}
          >
            {submitWords}
          </Button>
        )}
      </header>
      {confirmation.wanted && review.changesAnything && (
        <ConfirmationField context={context} confirmation={confirmation} disabled={submitting} onSubmit={submit} />
      )}
      {submitting && <SubmitProgress progress={progress} onStop={work.stopSubmit} />}
      <div className="review-scroll" ref={scroller} {...scrolls}>
        {whole && hasSteps(review.steps) && review.changesAnything && <StepsStrip steps={review.steps} />}
        {(review.changesAnything || review.strategies.length > 0) && (
          <WritingRegion reviewing={reviewing} active={active} work={work} />
        )}
        {review.changesAnything && (
          <ReasonField
            reviewing={reviewing}
            reason={reason}
            annotatable={whole && now.subresource === null}
            work={work}
          />
        )}
        {problem !== null && (
          <ProblemNotice
            problem={problem}
            work={work}
            choice={review.choice}
            onChoose={choice => void work.choose(choice)}
          />
        )}
        <div className="review-made" aria-busy={choosing}>
          {again !== null && (
            <p className="notice warn" role="status">
              {t(`againReason.${again.reason}`)}
            </p>
          )}
          {review.basis === 'prediction' && (
            <p className="notice warn" role="status">
              {t('basis.prediction')}
            </p>
          )}
          {!review.changesAnything && (
            <div className="review-nothing" role="status">
              <h3>{t('nothing.title')}</h3>
              <p>{t('nothing.text')}</p>
            </div>
          )}
          {review.changesAnything && <BeforeSubmit review={review} work={work} />}
          {review.needsAcknowledgement && (
            <div className="notice warn acknowledge">
              <label>
                <input
                  type="checkbox"
                  checked={acknowledged}
                  disabled={submitting || choosing}
                  onChange={event => work.acknowledge(event.target.checked)}
                />
                {untaken > 0 && t('fates.acknowledge', { count: untaken })} {review.size && t('acknowledgeSize')}{' '}
                {review.overwrites.length > 0 &&
                  t('strategy:overwrites.acknowledge', { count: review.overwrites.length })}{' '}
                {review.dangers.some(wantsAcknowledgement) && t('danger:before.acknowledge')}
              </label>
              <p id={box}>{t('fates.needed')}</p>
            </div>
          )}
          {untaken > 0 && <Fates fates={review.fates} />}
          <div className="review-notes">
            <ReviewFacts review={review} keepers={work.state().owners?.keepers ?? []} />
          </div>
          {review.lastApplied !== null && review.changesAnything && (
            <LastAppliedRegion
              lastApplied={review.lastApplied}
              written={review}
              chosen={(choosing ? rechoice?.choice : null)?.lastApplied ?? review.choice.lastApplied}
              disabled={submitting}
              onChosen={lastApplied => void work.choose({ ...review.choice, lastApplied })}
            />
          )}
          <ChangesRegion review={review} former={again?.former ?? null} scroller={scroller} revealed={review} />
          {untaken === 0 && <Fates fates={review.fates} />}
          {review.changesAnything && <RequestRegion review={review} revealed={review} />}
        </div>
      </div>
    </div>
  )
}
