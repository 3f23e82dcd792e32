import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeleteItem, DeleteState, Hanging } from '../../contract/delete.ts'
import { GuardedName } from '../guards/guard-mark.tsx'

/** What hangs on the objects that go, by kind, and what becomes of each. */
export function HangingList({ state }: { readonly state: DeleteState }) {
  const { t } = useTranslation('delete')
  const title = useId()
  const { hanging, search, missed } = state
  const several = new Set(hanging.map(({ context }) => context)).size > 1
  return (
    <section className="delete-hanging" aria-labelledby={title}>
      <header>
        <h3 id={title}>{t('hanging.title')}</h3>
        <p className="setting-note" role="status">
          {search.done ? '' : t('hanging.searching', { searched: search.searched, count: search.kinds })}
        </p>
      </header>
      {search.done && hanging.length === 0 && <p className="setting-note">{t('hanging.none')}</p>}
      {hanging.length > 0 && (
        <ul>
          {hanging.map(group => (
            <Group
              key={`${group.context} ${group.why} ${group.depth} ${group.group} ${group.resource}`}
              group={group}
              state={state}
              several={several}
            />
          ))}
        </ul>
      )}
      {missed.length > 0 && (
        <p className="setting-note" data-wrong>
          {t('hanging.missed', { kinds: missed.map(({ resource }) => resource).filter(Boolean) })}
        </p>
      )}
    </section>
  )
}

function Group({
  group,
  state,
  several,
}: {
  readonly group: Hanging
  readonly state: DeleteState
  readonly several: boolean
}) {
  const { t } = useTranslation('delete')
  const { kind, count, more, names, shared, context } = group
  const effect = effectOf(group, state)
  return (
    <li style={{ '--depth': Math.max(0, group.depth - 1) } as Record<string, number>}>
      <details>
        <summary>
          <span className="delete-count">{more ? t('hanging.atLeast', { count }) : count}</span>
          <span className="delete-hanging-kind">{kind}</span>
          {several && <GuardedName context={context} />}
          <span className="delete-effect" data-effect={effect}>
            {t(`effect.${effect}`)}
            {shared > 0 && ` · ${t('hanging.shared', { count: shared })}`}
          </span>
        </summary>
        <ul className="delete-names">
          {names.map(({ namespace, name }) => (
            <li key={`${namespace} ${name}`}>
              {group.why === 'instance' && namespace !== null ? `${namespace}/` : ''}
              {name}
            </li>
          ))}
          {count > names.length && <li>{t('hanging.others', { count: count - names.length })}</li>}
        </ul>
      </details>
    </li>
  )
}

type Effect = 'goes' | 'goesBefore' | 'goesAfter' | 'orphaned' | 'inherited' | 'stays' | 'users' | 'recycled'

/** What becomes of some objects that hang on others, with the options that are chosen. */
export function effectOf({ why, depth }: Hanging, { options, items }: DeleteState): Effect {
  const policy = (kind: 'volume' | 'claims') => policyOf(items, kind)
  switch (why) {
    case 'owned':
      if (options.propagation === 'Orphan') return depth === 1 ? 'orphaned' : 'inherited'
      return options.propagation === 'Foreground' ? 'goesBefore' : 'goesAfter'
    case 'inside':
    case 'instance':
      return 'goes'
    case 'claim':
      return policy('claims') === 'Delete' ? 'goes' : 'stays'
    case 'volume':
      return policy('volume') === 'Delete' ? 'goes' : policy('volume') === 'Recycle' ? 'recycled' : 'stays'
    case 'user':
      return 'users'
  }
}

function policyOf(items: readonly DeleteItem[], kind: 'volume' | 'claims'): string | undefined {
  const policies = items.flatMap(({ storage }) => (storage?.kind === kind ? [storage.policy] : []))
  return policies.find(policy => policy !== 'Retain') ?? policies[0]
}
