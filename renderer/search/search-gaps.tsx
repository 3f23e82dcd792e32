import { useTranslation } from 'react-i18next'
import type { SearchedContext, Unsearched } from '../../contract/search.ts'
import { ContextName } from '../browse/grid-row.tsx'
import { Icon } from '../parts/icon.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'

const kindsNamed = 12

/** What was not searched and why, context by context; nothing where all was. */
export function SearchGaps({ contexts }: { readonly contexts: readonly SearchedContext[] }) {
  const { t } = useTranslation('search')
  const incomplete = contexts.filter(hasGap)
  if (incomplete.length === 0) return null
  return (
    <details className="search-gaps">
      <summary>
        <Icon name="warning" /> {t('gaps.title', { count: incomplete.length })}
      </summary>
      <ul>
        {incomplete.map(context => (
          <li key={context.context}>
            <ContextName name={context.context} />
            <Gap context={context} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function hasGap({ state, partly, unsearched }: SearchedContext): boolean {
  return state === 'failed' || state === 'connecting' || partly !== null || unsearched.length > 0
}

function Gap({ context }: { readonly context: SearchedContext }) {
  const { t } = useTranslation('search')
  const say = useProblemWords()
  const { state, problem, partly, unsearched } = context
  const byReason = Map.groupBy(unsearched, one => one.problem.code)
  return (
    <div className="search-gap">
      {state === 'connecting' && <p>{t('gaps.connecting')}</p>}
      {problem !== null && (
        <p>
          {t('gaps.failed')} {say(problem).sentence}
        </p>
      )}
      {partly !== null && <p>{t('gaps.partly', { namespace: partly.namespace, count: partly.kinds })}</p>}
      {[...byReason].map(([code, some]) => (
        <p key={code}>
          {code === 'forbidden' ? t('gaps.forbidden') : some[0] !== undefined && say(some[0].problem).sentence}{' '}
          <span className="search-gap-kinds">{kindNames(some)}</span>
        </p>
      ))}
    </div>
  )
}

function kindNames(unsearched: readonly Unsearched[]): string {
  const names = unsearched.slice(0, kindsNamed).map(({ kind }) => {
    const [group = '', resource = ''] = kind.split('/')
    return group === '' ? resource : `${resource}.${group}`
  })
  return names.join(', ') + (unsearched.length > kindsNamed ? ` … (${unsearched.length})` : '')
}
