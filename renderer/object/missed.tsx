import { useTranslation } from 'react-i18next'
import type { RelatedState } from '../../contract/object.ts'
import { ProblemText } from '../parts/problem-text.tsx'

/** The kinds that a search could not look through, each with its reason. */
export function Missed({ missed }: Pick<RelatedState, 'missed'>) {
  const { t } = useTranslation('object')
  if (missed.length === 0) return null
  return (
    <details className="missed">
      <summary>{t('missed.title', { count: missed.length })}</summary>
      <ul>
        {missed.map(({ resource, problem }) => (
          <li key={resource}>
            <strong>{resource}</strong> {problem === null ? t('missed.tooMany') : <ProblemText problem={problem} />}
          </li>
        ))}
      </ul>
    </details>
  )
}
