import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../contract/browse.ts'
import { Icon } from '../parts/icon.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'

const patience = 3_000
const namesShown = 4

/**
 * The contexts (and namespaces) that a list cannot show, each with the reason, and those that have not answered for a
 * while, in one quiet line. The others are shown all the same.
 */
export function SourceStrip({
  sources,
  onRetry,
}: {
  readonly sources: readonly Source[]
  readonly onRetry: () => void
}) {
  const { t } = useTranslation(['list', 'browse'])
  const failed = sources.filter(source => source.problem !== null)
  const waiting = sources.filter(source => source.state === 'loading' && source.rows === 0 && source.problem === null)
  const isLong = useLasting(waiting.length > 0)
  const slow = isLong ? waiting : []
  // Where nothing else is there to show, the whole page tells it.
  if (failed.length + slow.length === 0 || failed.length + slow.length === sources.length) return null
  return (
    <div className="source-strip">
      {failed.length > 0 && <Failed failed={failed} all={sources.length} />}
      {slow.length > 0 && (
        <p className="source" role="status">
          <Icon name="clock" />
          <span>{t('sources.waiting', { names: namesOf(slow) })}</span>
        </p>
      )}
      {failed.length > 0 && (
        <button type="button" className="text-button" onClick={onRetry}>
          {t('browse:again')}
        </button>
      )}
    </div>
  )
}

function Failed({ failed, all }: { readonly failed: readonly Source[]; readonly all: number }) {
  const { t } = useTranslation(['list', 'browse'])
  const [only, ...more] = failed
  if (only !== undefined && more.length === 0) {
    return (
      <div className="source" role="alert">
        <Reason source={only} />
      </div>
    )
  }
  return (
    <div className="source-reasons" role="alert">
      <details>
        <summary>
          <Icon name="warning" />
          {t('sources.several', { count: failed.length, all, names: namesOf(failed) })}
        </summary>
        <ul aria-label={t('browse:sources.title')}>
          {failed.map(source => (
            <li key={nameOf(source)} className="source">
              <Reason source={source} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function Reason({ source }: { readonly source: Source }) {
  const say = useProblemWords()
  return (
    <>
      <Icon name="warning" />
      <strong>{nameOf(source)}</strong>
      <span>{source.problem !== null && say(source.problem).sentence}</span>
    </>
  )
}

function nameOf({ context, namespace }: Source): string {
  return namespace === null ? context : `${context} / ${namespace}`
}

function namesOf(sources: readonly Source[]): string {
  const names = sources.slice(0, namesShown).map(nameOf).join(', ')
  return sources.length > namesShown ? `${names}, …` : names
}

/** Whether something has held for so long that it is worth saying. */
function useLasting(holds: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!holds) return
    const timer = setTimeout(() => setLasting(true), patience)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [holds])
  return lasting
}
