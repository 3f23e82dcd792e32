import './steps.css'
import { useTranslation } from 'react-i18next'
import type { ReviewSteps, StepTarget } from '../../contract/steps.ts'
import { Icon } from '../parts/icon.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { useStepWords } from './step-words.ts'

/** Whether a review is one step of several, or of another endpoint than the object's own. */
export function hasSteps({ done, now, later }: ReviewSteps): boolean {
  return done.length + later.length > 0 || now.subresource !== null
}

/** The steps of an edit in their order: what is saved, what this review is of, and what comes after it. */
export function StepsStrip({ steps }: { readonly steps: ReviewSteps }) {
  const { t } = useTranslation('steps')
  const words = useStepWords()
  const { done, now, later } = steps
  const of = done.length + 1 + later.length
  return (
    <section className="steps" aria-label={t('title')}>
      <ol>
        {done.map((step, index) => (
          <li key={step.version} data-state="done">
            <b className="step-number">
              <Icon name="check" /> {t('number', { number: index + 1, of })}
            </b>{' '}
            <StepName step={step} />
            <span className="review-quiet">{t('done', { version: step.version })}</span>
          </li>
        ))}
        <li data-state="now" aria-current="step">
          <b className="step-number">{t('number', { number: done.length + 1, of })}</b> <StepName step={now} />
          <span className="review-quiet">{t('now', { fields: words.fields(now) })}</span>
        </li>
        {later.map((step, index) => (
          <li key={step.subresource} data-state="later">
            <b className="step-number">{t('number', { number: done.length + 2 + index, of })}</b>{' '}
            <StepName step={step} />
            <span className="review-quiet">{t('later', { fields: words.fields(step) })}</span>
            {step.refusal !== null && (
              <div className="step-refusal">
                <b>{t('refusal')}</b>
                <ProblemText problem={step.refusal} />
              </div>
            )}
          </li>
        ))}
      </ol>
      <p className="review-quiet">{t(of > 1 ? 'note' : 'one', { step: words.name(now) })}</p>
    </section>
  )
}

function StepName({ step }: { readonly step: StepTarget }) {
  const words = useStepWords()
  return step.subresource === null ? <span>{words.name(step)}</span> : <code>{step.subresource}</code>
}
