import { useTranslation } from 'react-i18next'
import type { Problem } from '../../core/problem.ts'
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

/** A problem as a sentence, the server's own words where they say more, and the next step. */
export function ProblemText({ problem }: { readonly problem: Problem }) {
  const say = useProblemWords()
  const { sentence, next } = say(problem)
  const { quote, causes } = problemMessage(problem)
  return (
    <div className="problem">
      <p className="problem-sentence">{sentence}</p>
      {quote !== null && (
        <blockquote className="problem-quote" lang="en">
          {quote}
        </blockquote>
      )}
      {causes.length > 0 && (
        <ul className="problem-causes" lang="en">
          {causes.map(cause => (
            <li key={`${cause.field} ${cause.message}`}>
              {cause.field !== '' && <code>{cause.field}</code>} {cause.message}
            </li>
          ))}
        </ul>
      )}
      <p className="problem-next">{next}</p>
    </div>
  )
}
