import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Review } from '../../contract/review.ts'
import type { WriteChoice } from '../../contract/strategy.ts'
import type { Problem } from '../../core/problem.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { TakeOver } from './take-over.tsx'
import { useLine } from './use-line.ts'

/** That another way of writing was refused, beside the review that still stands; an owner conflict leads on to force. */
export function RefusedChoice({
  review,
  refused: { choice, problem },
  onForce,
  onDismiss,
}: {
  readonly review: Review
  readonly refused: { readonly choice: WriteChoice; readonly problem: Problem }
  readonly onForce: () => void
  readonly onDismiss: () => void
}) {
  const { t } = useTranslation('strategy')
  const line = useLine()
  const shown = useRef<HTMLDivElement>(null)
  // The choice above it may be as high as the window.
  // Each refusal anew.
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  const name = t(`names.${choice.strategy ?? review.recommended?.strategy ?? review.strategy}`)
  return (
    <div className="notice bad" ref={shown}>
      <div role="alert">
        <p className="notice-lead">{t('refused', { name, line: line(review.strategy, review.guard) })}</p>
        {problem.code === 'owner-conflict' ? (
          <TakeOver owners={problem.owners} onTakeOver={onForce} />
        ) : (
          <ProblemText problem={problem} />
        )}
      </div>
      <Button className="button" onPress={onDismiss}>
        {t('dismiss')}
      </Button>
    </div>
  )
}
