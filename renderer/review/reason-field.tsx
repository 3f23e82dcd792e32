import { type KeyboardEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditWork } from '../edit/edit-work.ts'
import { isChoosing, type Reviewing } from '../edit/flow.ts'

/** What the host takes. */
const longest = 2_000

/** Whether what was typed is to go into the annotation too, but is not what was reviewed there. */
export function isCauseStale({ review, rechoice }: Reviewing, reason: string): boolean {
  const { changeCause } = rechoice?.choice ?? review.choice
  return changeCause !== null && changeCause !== reason.trim()
}

/**
 * Why: kept in the history with the submit, and by choice written into an annotation of the object. That makes it a part of
 * the change, so the review is made anew with it as soon as the field is left.
 */
export function ReasonField({
  reviewing,
  reason,
  annotatable,
  work,
}: {
  readonly reviewing: Reviewing
  readonly reason: string
  /** Whether the object's annotations are written here: not under a subresource. */
  readonly annotatable: boolean
  readonly work: EditWork
}) {
  const { t } = useTranslation('history')
  const field = useId()
  const note = useId()
  const { review, rechoice, submitting } = reviewing
  const choice = rechoice?.choice ?? review.choice
  const annotated = choice.changeCause !== null
  const said = reason.trim()
  const annotate = (cause: string | null) => void work.choose({ ...choice, changeCause: cause })
  const settle = () => {
    if (isCauseStale(reviewing, reason)) annotate(said === '' ? null : said)
  }
  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    settle()
  }
  return (
    <div className="reason">
      <label htmlFor={field}>{t('reason.label')}</label>
      <input
        id={field}
        className="field"
        value={reason}
        maxLength={longest}
        placeholder={t('reason.placeholder')}
        disabled={submitting}
        aria-describedby={note}
        onChange={event => work.giveReason(event.target.value)}
        onBlur={settle}
        onKeyDown={press}
      />
      {annotatable && (
        <label className="reason-annotate">
          <input
            type="checkbox"
            checked={annotated}
            disabled={submitting || (said === '' && !annotated)}
            onChange={event => annotate(event.target.checked ? said : null)}
          />
          <span>
            {t('reason.annotate')} <code>kubernetes.io/change-cause</code>
          </span>
        </label>
      )}
      <span id={note} className="reason-note" aria-live="polite">
        {annotated && (isCauseStale(reviewing, reason) || isChoosing(reviewing)) ? t('reason.again') : ''}
      </span>
    </div>
  )
}
