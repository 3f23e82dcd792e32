import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useCauseWords, useProblemWords } from '../parts/problem-text.tsx'
import { placedWords } from './editor-words.ts'
import type { PlacedProblem } from './placed-problems.ts'

/** All problems of the text with their lines; each goes to its place. Nothing is drawn when there are none. */
export function ProblemsPanel({
  problems,
  lineOf,
  onGo,
}: {
  readonly problems: readonly PlacedProblem[]
  readonly lineOf: (problem: PlacedProblem) => number | null
  readonly onGo: (problem: PlacedProblem) => void
}) {
  const { t } = useTranslation('edit')
  const say = useProblemWords()
  const sayCause = useCauseWords()
  const title = useId()
  if (problems.length === 0) return null
  return (
    <section className="problems" aria-labelledby={title}>
      <header>
        <h3 id={title}>{t('problems.title')}</h3>
        <span className="count">{problems.length}</span>
        <small>{t('problems.hint')}</small>
      </header>
      <ol aria-labelledby={title}>
        {problems.map((problem, index) => {
          const line = lineOf(problem)
          const { next } = say(problem.problem)
          // The same advice once: a slip in YAML makes several problems of one kind.
          const said = problems.findIndex(other => other.problem.code === problem.problem.code) < index
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be equal in all they say; their order is theirs.
            <li key={index}>
              <button type="button" disabled={line === null} onClick={() => onGo(problem)}>
                <span className="problems-line">
                  {line === null ? t('problems.noLine') : t('problems.line', { line })}
                </span>
                <span className="problems-words">
                  {placedWords(problem, { say, sayCause })} {!said && <small>{next}</small>}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
