import { useTranslation } from 'react-i18next'
import type { Cause, Problem } from '../../core/problem.ts'
import { stageOf } from '../../core/problem-stage.ts'
import { problemMessage } from './problem-message.ts'

/** A problem in the page's language: what is wrong, and what to do next. */
export type ProblemWords = { readonly sentence: string; readonly next: string }

/** Says problems in the page's language. */
export function useProblemWords(): (problem: Problem) => ProblemWords {
  const { t } = useTranslation('problems')
  return problem => {
    const { sentence, next, values } = problemMessage(problem)
    // The keys are made from the closed set of codes; a test holds every one of them against both catalogues.
    const say = t as (key: string, values: Readonly<Record<string, unknown>>) => string
    return { sentence: say(sentence, values), next: say(next, values) }
  }
}

/** Says one of a problem's causes: the server's words, or in the page's language what only the schema knew. */
export function useCauseWords(): (cause: Cause) => string {
  const { t } = useTranslation('app')
  return ({ types, message }) => {
    if (types === undefined) return message
    const quote = types.expected === 'string' && scalars.has(types.found) ? { context: 'quote' } : {}
    return t('problem.types', {
      expected: t(`problem.expected.${types.expected}`),
      found: t(`problem.found.${types.found}`),
      ...quote,
    })
  }
}

const scalars: ReadonlySet<string> = new Set(['boolean', 'integer', 'number'])

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
