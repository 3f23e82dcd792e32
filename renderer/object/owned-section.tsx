import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectTarget, OwnedNode, OwnedState, OwnerNode } from '../../contract/object.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useCommands } from '../app/commands.ts'
import { useStream } from '../app/use-host.ts'
import { cellTone } from '../browse/status-tone.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { Ago } from './ago.tsx'
import { Missed } from './missed.tsx'

/** What an object hangs on, and what hangs on it: found kind by kind, live from then on. */
export function OwnedSection({ target }: { readonly target: ObjectTarget }) {
  const { t } = useTranslation('object')
  const [everyKind, setEveryKind] = useState(false)
  const key = `owned ${everyKind} ${JSON.stringify(target)}`
  const { value } = useStream(key, (client, signal) => client.object.owned({ target, everyKind }, { signal }))
  const rest = value?.rest ?? 0
  useCommands([
    {
      id: 'object.ownedRest',
      label: t('owned.searchRest', { count: rest }),
      group: t('group'),
      enabled: rest > 0,
      run: () => setEveryKind(true),
      keys: [],
    },
  ])
  if (value === null) return null
  return (
    <div className="owned-section">
      {value.problem !== null && (
        <div className="notice bad" role="alert">
          <ProblemText problem={value.problem} />
        </div>
      )}
      <Owners owners={value.owners} />
      <section aria-label={t('owned.title')}>
        <h3>{t('owned.title')}</h3>
        <Owned state={value} />
      </section>
      <SearchLine state={value} onRest={() => setEveryKind(true)} />
      <Missed missed={value.missed} />
    </div>
  )
}

function Owners({ owners }: { readonly owners: readonly OwnerNode[] | null }) {
  const { t } = useTranslation('object')
  return (
    <section aria-label={t('owned.owners')}>
      <h3>{t('owned.owners')}</h3>
      {owners?.length === 0 && <p className="object-quiet">{t('owned.noOwners')}</p>}
      <ul className="owned-tree">
        {owners?.map(({ uid, kind, name, controller, depth, state, target, problem }) => (
          <li key={uid} className="owned-row" style={{ '--depth': depth - 1 } as Record<string, number>}>
            <span className="owned-name">
              <span className="owned-kind">{kind}</span>
              <PageLink target={target} name={name} />
              {controller && <small className="mark-word">{t('owners.controller')}</small>}
            </span>
            {state !== 'present' && (
              <span className="owned-trouble">
                {t(`owned.states.${state}`)}
                {problem !== null && <ProblemText problem={problem} />}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** An object's page by its name; the name alone where there is nothing to look at. */
export function PageLink({ target, name }: { readonly target: ObjectTarget | null; readonly name: string }) {
  if (target === null) return <span>{name}</span>
  return (
    <AddressLink className="name-link" to={{ kind: 'object', target, section: null }}>
      {name}
    </AddressLink>
  )
}

function Owned({ state: { owned, more, done } }: { readonly state: OwnedState }) {
  const { t } = useTranslation('object')
  if (owned.length === 0) return done ? <p className="object-quiet">{t('owned.none')}</p> : null
  return (
    <>
      <ul className="owned-tree">
        {owned.map(node => (
          <OwnedRow key={node.uid} node={node} />
        ))}
      </ul>
      {more > 0 && <p className="object-quiet">{t('owned.more', { count: more })}</p>}
    </>
  )
}

function OwnedRow({ node }: { readonly node: OwnedNode }) {
  const { t } = useTranslation('object')
  const { target, kind, depth, created, deleting, shared, columns } = node
  return (
    <li className="owned-row" style={{ '--depth': depth - 1 } as Record<string, number>}>
      <span className="owned-name">
        <span className="owned-kind">{kind}</span>
        <PageLink target={target} name={target.name} />
        {shared && (
          <small className="mark-word" title={t('owned.sharedNote')}>
            {t('owned.shared')}
          </small>
        )}
        {deleting && <small className="mark-word">{t('standing.deleting')}</small>}
      </span>
      <span className="owned-cells">
        {columns
          .filter(({ wide }) => !wide)
          .map(({ name, value }) => (
            <span key={name} title={name}>
              <span className="owned-column">{name}</span>{' '}
              <span className="cell-text" data-tone={cellTone(name, value) ?? undefined}>
                {value}
              </span>
            </span>
          ))}
      </span>
      {created !== null && <Ago time={created} />}
    </li>
  )
}

function SearchLine({ state, onRest }: { readonly state: OwnedState; readonly onRest: () => void }) {
  const { t } = useTranslation('object')
  const { searched, kinds, rest, done } = state
  return (
    <p className="search-line" role="status">
      {done ? t('owned.searched', { count: searched }) : t('owned.searching', { searched, kinds })}
      {rest > 0 && (
        <button type="button" className="button button-small" onClick={onRest}>
          {t('owned.searchRest', { count: rest })}
        </button>
      )}
    </p>
  )
}
