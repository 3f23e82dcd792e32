import { useTranslation } from 'react-i18next'
import type { Cause, Problem } from '../../core/problem.ts'
import { stageOf } from '../../core/problem-stage.ts'
import { problemMessage } from './problem-message.ts'
import { causeWords, type ProblemWords, problemWords } from './problem-words.ts'

/** Says problems in the page's language. */
export function useProblemWords(): (problem: Problem) => ProblemWords {
  const { i18n } = useTranslation('problems')
  return problem => problemWords(i18n, problem)
}

/** Says one of a problem's causes: the server's words, or in the page's language what only the schema knew. */
export function useCauseWords(): (cause: Cause) => string {
  const { i18n } = useTranslation('app')
  return causeWords(i18n)
}

/** A problem as a sentence, the step that refused, the server's own words where they say more, and the next step. */
export function ProblemText({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation('app')
  const say = useProblemWords()
  const sayCause = useCauseWords()
  const stage = stageOf(problem)
  const { sentence, next } = say(problem)
  const { quote, causes } = problemMessage(problem)
  return (
    <div className="problem">
      <p className="problem-sentence">
        {sentence}{' '}
        {stage !== null && (
          <small className="problem-stage">{t('problem.refusedAt', { stage: t(`problem.stages.${stage}`) })}</small>
        )}
      </p>
      {quote !== null && (
        <blockquote className="problem-quote" lang="en">
          {quote}
        </blockquote>
      )}
      {causes.length > 0 && (
        <ul className="problem-causes">
          {causes.map(cause => (
            <li key={`${cause.field} ${cause.message}`} lang={cause.types === undefined ? 'en' : undefined}>
              {cause.field !== '' && <code>{cause.field}</code>} {sayCause(cause)}
            </li>
          ))}
        </ul>
      )}
      <p className="problem-next">{next}</p>
    </div>
  )
}
