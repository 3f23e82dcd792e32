import { useTranslation } from 'react-i18next'
import type { Source } from '../../contract/browse.ts'
import { Icon } from '../parts/icon.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'

/** The contexts (and namespaces) that a list cannot show, each with the reason. The others are shown all the same. */
export function SourceStrip({
  sources,
  onRetry,
}: {
  readonly sources: readonly Source[]
  readonly onRetry: () => void
}) {
  const { t } = useTranslation('browse')
  const say = useProblemWords()
  const troubled = sources.filter(source => source.problem !== null)
  // Where nothing else is there to show, the whole page tells it.
  if (troubled.length === 0 || troubled.length === sources.length) return null
  return (
    <div className="source-strip" role="alert">
      <ul aria-label={t('sources.title')}>
        {troubled.map(source => (
          <li key={`${source.context}/${source.namespace}`} className="source">
            <Icon name="warning" />
            <strong>{source.namespace === null ? source.context : `${source.context} / ${source.namespace}`}</strong>
            <span>{source.problem !== null && say(source.problem).sentence}</span>
          </li>
        ))}
      </ul>
      <button type="button" className="text-button" onClick={onRetry}>
        {t('again')}
      </button>
    </div>
  )
}
