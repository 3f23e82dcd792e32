import { type KeyboardEvent, useRef, useState } from 'react'
import { GridList, GridListItem, type Selection } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { usePlace, useRouter } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { listIn, placeScope, plainList, scopeContexts } from '../browse/scope.ts'
import { Icon } from '../parts/icon.tsx'
import { type ContextGroup, findContexts, groupContexts } from './context-groups.ts'
import { ContextRow } from './context-row.tsx'
import { GroupingMenu } from './grouping-menu.tsx'
import type { Standing } from './standing.ts'
import { useStandingWords } from './use-standing.ts'

/** From so many contexts on they are found by typing. */
const filterFrom = 8

/** The contexts of the kubeconfig, with what is known of their clusters. Ctrl or Cmd adds one to the list. */
export function ContextsPanel() {
  const { t } = useTranslation('contexts')
  const app = useApp()
  const router = useRouter()
  const scope = placeScope(usePlace())
  const standingOf = useStandingWords()
  const save = useSaveSettings()
  const [filter, setFilter] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const by = app.settings.contextsBy
  const several = app.contexts.length > 1
  const filtered = app.contexts.length >= filterFrom

  const placed = app.contexts.map(context => ({ context, standing: standingOf(context).standing }))
  const found = findContexts(placed, filtered ? filter : '', standing => t(`standing.${standing}`))
  const groups = groupContexts(found, by)
  const shown = scopeContexts(scope, app.contexts)
  const isAll = several && scope !== null && scope.contexts.length === 0

  function show(names: readonly string[]): void {
    const chosen = app.contexts.filter(({ name }) => names.includes(name))
    const list = listIn(app, scope, chosen)
    if (list !== null) router.showList(list)
  }
  function choose(keys: Selection): void {
    const visible = groups.filter(isOpen).flatMap(({ contexts }) => contexts.map(({ context }) => context.name))
    show(keys === 'all' ? visible : [...keys].map(String))
  }
  function showAll(): void {
    const first = listIn(app, scope, app.contexts)
    if (first !== null) router.showList(plainList({ ...first.scope, contexts: [] }))
  }
  const isOpen = ({ id }: ContextGroup) => id === null || !closed.has(id)
  function toggle(id: string): void {
    setClosed(before => (before.has(id) ? new Set([...before].filter(one => one !== id)) : new Set([...before, id])))
  }
  function onKey(event: KeyboardEvent): void {
    const first = found[0]?.context.name
    if (event.key === 'ArrowDown') list.current?.focus()
    else if (event.key === 'Enter' && first !== undefined) show([first])
    else if (event.key === 'Escape' && filter !== '') setFilter('')
    else return
    event.preventDefault()
  }

  useCommands([
    {
      id: 'contexts.find',
      label: t('find'),
      group: t('group'),
      enabled: app.contexts.length > 0,
      run: () => (filtered ? field : list).current?.focus(),
      keys: ['X'],
    },
    { id: 'contexts.all', label: t('showAll'), group: t('group'), enabled: several, run: showAll, keys: ['Shift+X'] },
    ...(['none', 'cluster', 'state'] as const).map(one => ({
      id: `contexts.by.${one}`,
      label: t(`by.${one}`),
      group: t('group'),
      enabled: several && one !== by,
      run: () => save({ contextsBy: one }),
      keys: [],
    })),
  ])

  const emptyNote = filter !== '' ? 'noneFound' : app.contexts.length === 0 ? 'none' : null
  const headingKeys = groups.flatMap(({ id }) => (id === null ? [] : [headingKey(id)]))
  return (
    <section className="side-section" aria-label={t('title')}>
      <header className="side-head">
        <h2 className="side-title">
          {t('title')} {filtered && <span className="side-count">{app.contexts.length}</span>}
        </h2>
        {several && (
          <button type="button" className="side-all" aria-pressed={isAll} title={t('showAll')} onClick={showAll}>
            {t('all')}
          </button>
        )}
        {several && <GroupingMenu by={by} onBy={contextsBy => save({ contextsBy })} />}
      </header>
      {filtered && (
        <input
          ref={field}
          type="search"
          className="field"
          aria-label={t('find')}
          placeholder={t('find')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
          onKeyDown={onKey}
        />
      )}
      <GridList
        ref={list}
        className="side-list contexts"
        data-many={filtered || undefined}
        aria-label={t('title')}
        selectionMode="multiple"
        selectionBehavior="replace"
        disallowEmptySelection
        disabledKeys={headingKeys}
        disabledBehavior="selection"
        selectedKeys={isAll ? [] : shown.map(context => context.name)}
        onSelectionChange={choose}
        // Also drawn for a moment before the rows are: that is no time to say that there are none.
        renderEmptyState={() => emptyNote !== null && <p className="side-note">{t(emptyNote)}</p>}
      >
        {groups.flatMap(group => {
          const { id, contexts } = group
          const rows = isOpen(group)
            ? contexts.map(({ context }) => <ContextRow key={context.name} context={context} />)
            : []
          if (id === null) return rows
          const name = by === 'state' ? t(`standing.${id as Standing}`) : id
          const heading = (
            <GroupHeading
              key={headingKey(id)}
              id={headingKey(id)}
              name={name}
              count={contexts.length}
              open={isOpen(group)}
              onToggle={() => toggle(id)}
            />
          )
          return [heading, ...rows]
        })}
      </GridList>
    </section>
  )
}

// No context is named so: a name of the kubeconfig holds no control character that a person could type.
function headingKey(id: string): string {
  return `\u0000${id}`
}

function GroupHeading({
  id,
  name,
  count,
  open,
  onToggle,
}: {
  readonly id: string
  readonly name: string
  readonly count: number
  readonly open: boolean
  readonly onToggle: () => void
}) {
  const { t } = useTranslation('contexts')
  const label = t(open ? 'groupOpen' : 'groupClosed', { name, count })
  return (
    <GridListItem id={id} textValue={label} className="side-row side-group" data-open={open} onAction={onToggle}>
      <Icon name="chevron" />
      <span className="side-name">{name}</span>
      <span className="side-mark">{count}</span>
    </GridListItem>
  )
}
