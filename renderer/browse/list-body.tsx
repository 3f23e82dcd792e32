import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ViewState } from '../../contract/browse.ts'
import type { ListAddress } from '../app/router.ts'
import { Icon } from '../parts/icon.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ListableNamespaces } from './listable-namespaces.tsx'
import { ObjectGrid } from './object-grid.tsx'

type BodyProps = Omit<ComponentProps<typeof ObjectGrid>, 'list' | 'sort'> & {
  readonly list: ViewState | null
  readonly title: string
  readonly address: ListAddress
  readonly namespaced: boolean
  readonly onRetry: () => void
  readonly onChange: (part: Partial<ListAddress>) => void
}

/** The objects of a list, or why there are none and what to do next. */
export function ListBody({ list, title, address, namespaced, onRetry, onChange, ...grid }: BodyProps) {
  const { t } = useTranslation('browse')
  if (list === null) return <Loading />
  if (list.matched > 0) return <ObjectGrid {...grid} list={list} sort={address.sort} />
  const failures = list.sources.filter(source => source.problem !== null)
  if (failures.length > 0 && failures.length === list.sources.length) {
    return (
      <div className="list-empty" role="alert">
        {failures.slice(0, 5).map(({ context, namespace, problem }) => (
          <section key={`${context}/${namespace}`} className="failure">
            <h2>
              <Icon name="warning" /> {namespace === null ? context : `${context} / ${namespace}`}
            </h2>
            {problem !== null && <ProblemText problem={problem} />}
            {problem?.code === 'forbidden' && namespace === null && (
              <ListableNamespaces
                scope={address.scope}
                context={context}
                kind={title}
                onChoose={namespaces => onChange({ scope: { ...address.scope, contexts: [context], namespaces } })}
              />
            )}
          </section>
        ))}
        <button type="button" className="button" onClick={onRetry}>
          {t('again')}
        </button>
      </div>
    )
  }
  if (list.sources.some(source => source.state === 'loading')) return <Loading />
  if (list.total > 0 || address.filter !== '') {
    return (
      <Empty text={t('empty.filtered', { kind: title, filter: address.filter })}>
        <button type="button" className="button" onClick={() => onChange({ filter: '' })}>
          {t('empty.clearFilter')}
        </button>
      </Empty>
    )
  }
  const { namespaces } = address.scope
  if (!namespaced || namespaces.length === 0) return <Empty text={t('empty.everywhere', { kind: title })} />
  return (
    <Empty text={t('empty.inNamespaces', { kind: title, namespaces: namespaces.join(', ') })}>
      <button
        type="button"
        className="button"
        onClick={() => onChange({ scope: { ...address.scope, namespaces: [] } })}
      >
        {t('namespaces.showAll')}
      </button>
    </Empty>
  )
}

function Empty({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="list-empty" role="status">
      <Icon name="inbox" />
      <p>{text}</p>
      {children}
    </div>
  )
}

/** Lines where rows will be; shown only after a moment, so that a quick answer does not flicker. */
function Loading() {
  const { t } = useTranslation('browse')
  return (
    <div className="list-loading" role="status" aria-label={t('list.loading')}>
      {[34, 27, 41, 30, 37, 25, 33, 29].map(width => (
        <span key={width} className="skeleton" style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  )
}
