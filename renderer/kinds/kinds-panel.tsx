import './kinds.css'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { usePlace } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import { findKinds, groupKinds, type KindGroup, kindKey, servedOnce } from '../browse/kind-groups.ts'
import { placeScope } from '../browse/scope.ts'
import { type KnownKinds, useKinds } from '../browse/use-kinds.ts'
import { Icon } from '../parts/icon.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { kindLines, markedLine } from './kind-lines.ts'
import { KindList, type KindListHandle } from './kind-list.tsx'

const foundAtMost = 500
const openAtFirst: ReadonlySet<string> = new Set(['favourites', 'recents', 'group:', 'group:apps', 'group:batch'])

/** The kinds of the listed contexts: favourites, recents, then every API group; a text filters them. */
export function KindsPanel() {
  const { t } = useTranslation('kinds')
  const { settings } = useApp()
  const scope = placeScope(usePlace())
  const known = useKinds()
  const { kinds, problem } = known
  const [filter, setFilter] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<KindListHandle>(null)

  useCommands([
    {
      id: 'kinds.filter',
      label: t('filter'),
      group: t('group'),
      enabled: scope !== null,
      run: () => field.current?.focus(),
      keys: ['K'],
    },
  ])

  // Typing goes before looking through thousands of kinds.
  const asked = useDeferredValue(filter.trim())
  const isFiltered = asked !== ''
  const { favourites, recents } = settings
  const groups = useMemo<readonly KindGroup[]>(() => {
    const served = servedOnce(kinds ?? [])
    if (asked === '') return groupKinds(served, favourites, recents)
    return [{ id: 'found', group: null, kinds: findKinds(served, asked, foundAtMost) }]
  }, [kinds, asked, favourites, recents])
  const isOpen = ({ id }: KindGroup) => isFiltered || openAtFirst.has(id) !== toggled.has(id)
  const lines = kindLines(groups, isOpen)
  const isNone = kinds !== null && problem === null && groups.every(group => group.kinds.length === 0)

  function toggle(id: string): void {
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }

  return (
    <section className="side-section kinds" aria-label={t('title')}>
      <h2 className="side-title">{t('title')}</h2>
      <input
        ref={field}
        type="search"
        className="field"
        aria-label={t('filter')}
        placeholder={t('filter')}
        value={filter}
        onChange={event => setFilter(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') list.current?.focusKind(0)
          else if (event.key === 'Enter') list.current?.openFirst()
          else if (event.key === 'Escape' && filter !== '') setFilter('')
          else return
          event.preventDefault()
        }}
      />
      {problem !== null && <ProblemText problem={problem} />}
      {isNone && <p className="side-note">{t('none')}</p>}
      {kinds === null && problem === null && scope !== null && <KindsSkeleton />}
      {scope !== null && (
        <KindList
          ref={list}
          scope={scope}
          lines={lines}
          marked={markedLine(lines, kindKey(scope))}
          onToggle={toggle}
          onLeave={() => field.current?.focus()}
        />
      )}
      <FailedGroups known={known} />
    </section>
  )
}

/** The API groups that do not answer, and where; the rest goes on without them. */
function FailedGroups({ known: { sources, again } }: { readonly known: KnownKinds }) {
  const { t } = useTranslation('kinds')
  const failed = sources.filter(source => source.failedGroups.length > 0)
  if (failed.length === 0) return null
  const groups = [...new Set(failed.flatMap(source => source.failedGroups))].join(', ')
  const contexts = failed.map(source => source.context).join(', ')
  return (
    <p className="side-note side-warning" role="status">
      <Icon name="warning" />{' '}
      {sources.length > 1 ? t('failedGroupsIn', { groups, contexts }) : t('failedGroups', { groups })}{' '}
      <button type="button" className="text-button" onClick={again}>
        {t('again')}
      </button>
    </p>
  )
}

function KindsSkeleton() {
  const { t } = useTranslation('kinds')
  return (
    <div className="skeleton-lines" role="status" aria-label={t('loading')}>
      {[62, 48, 71, 55, 66, 44].map(width => (
        <span key={width} className="skeleton" style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  )
}
