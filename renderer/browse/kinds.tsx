import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResourceKind, Scope } from '../../contract/browse.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useCommands } from '../app/commands.ts'
import { usePlace } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import {
  findKinds,
  groupKinds,
  type KindGroup,
  kindKey,
  listableKinds,
  pluralKind,
  toggleFavourite,
} from './kind-groups.ts'
import { placeScope, plainList, withKind } from './scope.ts'
import { useKinds } from './use-kinds.ts'

/** How many kinds of one heading are drawn; the rest is found by typing. */
const drawn = 200
const openAtFirst = new Set(['favourites', 'recents', 'group:', 'group:apps', 'group:batch'])

/** The kinds of the listed contexts: favourites, recents, then every API group; a text filters them. */
export function Kinds() {
  const { t } = useTranslation('browse')
  const { settings } = useApp()
  const scope = placeScope(usePlace())
  const { kinds, problem, sources, again } = useKinds()
  const failedGroups = [...new Set(sources.flatMap(source => source.failedGroups))]
  const [filter, setFilter] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const rows = useRef<HTMLDivElement>(null)

  useCommands([
    {
      id: 'kinds.filter',
      label: t('kinds.goTo'),
      group: t('groups.go'),
      enabled: scope !== null,
      run: () => field.current?.focus(),
      keys: ['K'],
    },
  ])

  const listable = kinds === null ? [] : listableKinds(kinds)
  const groups: readonly KindGroup[] =
    filter.trim() === ''
      ? groupKinds(listable, settings.favourites, settings.recents)
      : [{ id: 'found', group: null, kinds: findKinds(listable, filter, drawn) }]

  // A favourite stands in its API group as well; only the first of its places is marked as the current one.
  const marked = groups.find(group => group.kinds.some(kind => kindKey(kind) === `${scope?.group}/${scope?.resource}`))

  return (
    <section className="side-section kinds" aria-label={t('kinds.title')}>
      <h2 className="side-title">{t('kinds.title')}</h2>
      <input
        ref={field}
        type="search"
        className="field"
        aria-label={t('kinds.filter')}
        placeholder={t('kinds.filter')}
        value={filter}
        onChange={event => setFilter(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') links(rows.current)[0]?.focus()
          else if (event.key === 'Enter') links(rows.current)[0]?.click()
          else if (event.key === 'Escape' && filter !== '') setFilter('')
          else return
          event.preventDefault()
        }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links inside, which have the roles. */}
      <div className="kinds-rows" ref={rows} onKeyDown={event => moveAmongLinks(event, rows.current, field.current)}>
        {problem !== null && <ProblemText problem={problem} />}
        {scope !== null &&
          groups.map(group => (
            <Group
              key={group.id}
              group={group}
              scope={scope}
              marked={group === marked}
              filtered={filter.trim() !== ''}
            />
          ))}
        {kinds !== null && problem === null && groups.every(group => group.kinds.length === 0) && (
          <p className="side-note">{t('kinds.none')}</p>
        )}
        {kinds === null && problem === null && scope !== null && <KindsSkeleton />}
        {failedGroups.length > 0 && (
          <p className="side-note side-warning">
            <Icon name="warning" /> {t('kinds.failedGroups', { groups: failedGroups.join(', ') })}{' '}
            <button type="button" className="text-button" onClick={again}>
              {t('again')}
            </button>
          </p>
        )}
      </div>
    </section>
  )
}

function Group({
  group,
  scope,
  marked,
  filtered,
}: {
  readonly group: KindGroup
  readonly scope: Scope
  readonly marked: boolean
  readonly filtered: boolean
}) {
  const { t } = useTranslation('browse')
  const [open, setOpen] = useState(openAtFirst.has(group.id))
  const heading =
    group.id === 'favourites'
      ? t('kinds.favourites')
      : group.id === 'recents'
        ? t('kinds.recents')
        : group.group || 'core'
  const shown = filtered || open
  const withGroup = filtered || group.group === null
  return (
    <div className="kind-group">
      {!filtered && (
        <h3>
          <button
            type="button"
            className="kind-heading"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            tabIndex={-1}
            data-arrow
          >
            <Icon name="chevron" />
            {heading}
          </button>
        </h3>
      )}
      {shown && (
        <ul>
          {group.kinds.slice(0, drawn).map(kind => (
            <KindRow key={kindKey(kind)} kind={kind} scope={scope} marked={marked} withGroup={withGroup} />
          ))}
        </ul>
      )}
      {shown && group.kinds.length > drawn && (
        <p className="side-note">{t('kinds.more', { count: group.kinds.length - drawn })}</p>
      )}
    </div>
  )
}

function KindRow({
  kind,
  scope,
  marked,
  withGroup,
}: {
  readonly kind: ResourceKind
  readonly scope: Scope
  /** Whether the current kind is shown as such in this place. */
  readonly marked: boolean
  readonly withGroup: boolean
}) {
  const { t } = useTranslation('browse')
  const { settings } = useApp()
  const save = useSaveSettings()
  const key = kindKey(kind)
  const favourite = settings.favourites.includes(key)
  const current = marked && scope.group === kind.group && scope.resource === kind.resource
  const name = pluralKind(kind)
  const foreign = withGroup && kind.group.includes('.') && !kind.group.endsWith('.k8s.io')
  function toggle(): void {
    save({ favourites: toggleFavourite(settings.favourites, key) })
  }
  return (
    <li className="kind-row" data-current={current || undefined}>
      <AddressLink
        className="kind-link"
        to={plainList(withKind(scope, kind))}
        {...(current ? { 'aria-current': 'page' as const } : {})}
        title={`${kind.resource}${kind.group === '' ? '' : `.${kind.group}`} ${kind.version}`}
        tabIndex={current ? 0 : -1}
        data-arrow
        onKeyDown={event => {
          if (event.key !== '*') return
          event.preventDefault()
          toggle()
        }}
      >
        <span className="side-name">{name}</span>
        {foreign && <span className="side-mark">{kind.group}</span>}
      </AddressLink>
      <IconButton
        icon="star"
        label={t(favourite ? 'kinds.unfavour' : 'kinds.favour', { kind: name })}
        keys="*"
        pressed={favourite}
        onPress={toggle}
        excludeFromTabOrder
      />
    </li>
  )
}

function KindsSkeleton() {
  const { t } = useTranslation('browse')
  return (
    <div className="skeleton-lines" role="status" aria-label={t('kinds.loading')}>
      {[62, 48, 71, 55, 66, 44].map(width => (
        <span key={width} className="skeleton" style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  )
}

function links(rows: HTMLElement | null): HTMLElement[] {
  return rows === null ? [] : [...rows.querySelectorAll<HTMLElement>('.kind-link')]
}

/** Up and Down go through headings and links; Left and Right close and open a heading's group. */
function moveAmongLinks(event: KeyboardEvent, rows: HTMLElement | null, field: HTMLElement | null): void {
  const stops = rows === null ? [] : [...rows.querySelectorAll<HTMLElement>('[data-arrow]')]
  const at = stops.findIndex(stop => stop.contains(document.activeElement))
  const here = stops[at]
  if (here === undefined) return
  const expanded = here.getAttribute('aria-expanded')
  const next: Record<string, HTMLElement | null | undefined> = {
    ArrowDown: stops[at + 1],
    ArrowUp: at === 0 ? field : stops[at - 1],
    Home: stops[0],
    End: stops.at(-1),
  }
  if (event.key === 'ArrowRight' && expanded === 'false') here.click()
  else if (event.key === 'ArrowLeft' && expanded === 'true') here.click()
  else if (next[event.key]) next[event.key]?.focus()
  else return
  event.preventDefault()
}
