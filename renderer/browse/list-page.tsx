import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask, ResourceKind, Row } from '../../contract/browse.ts'
import { useCommands } from '../app/commands.ts'
import { type ListAddress, usePlace, useRouter } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { gridColumns } from './grid-columns.ts'
import { rowTarget } from './grid-row.tsx'
import { pluralKind, withRecent } from './kind-groups.ts'
import { ListBar } from './list-bar.tsx'
import { ListBody } from './list-body.tsx'
import type { GridHandle } from './object-grid.tsx'
import { SourceStrip } from './source-strip.tsx'
import { useKinds } from './use-kinds.ts'
import { useList } from './use-list.ts'

const firstWindow = { start: 0, count: 80 }

/** The list of an address: its bar, its sources' troubles, its objects. */
export function ListPage({ address }: { readonly address: ListAddress }) {
  const { t } = useTranslation('browse')
  const router = useRouter()
  const { edit } = usePlace()
  const { kinds } = useKinds()
  const [window, setWindow] = useState<Ask['window']>(firstWindow)
  const [turn, setTurn] = useState(0)
  const grid = useRef<GridHandle>(null)
  const filterField = useRef<HTMLInputElement>(null)

  const { sort } = address
  const scopeKey = JSON.stringify(address.scope)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `scopeKey` is the scope by value.
  const scope = useMemo(() => address.scope, [scopeKey])
  const filter = useDeferredValue(address.filter)
  const stream = useList(scope, { filter, sort, labels: [], window }, turn)
  const list = stream.value

  const kind = kinds?.find(one => isKind(one, address)) ?? null
  const namespaced = kind?.namespaced ?? (scope.namespaces.length > 0 || list?.window.rows[0]?.namespace != null)
  const extrasKey = JSON.stringify(address.columns)
  const columnsKey = JSON.stringify(list?.columns ?? [])
  const columns = useMemo(
    () => gridColumns(JSON.parse(columnsKey), JSON.parse(extrasKey), scope, namespaced),
    [columnsKey, extrasKey, scope, namespaced],
  )
  useRecent(address)

  const change = (part: Partial<ListAddress>) => router.showList({ ...address, ...part }, 'replace')
  const retry = () => setTurn(n => n + 1)
  function sortBy(column: string): void {
    if (sort?.column !== column) change({ sort: { column, descending: false } })
    else change({ sort: sort.descending ? null : { column, descending: true } })
  }
  const open = (row: Row) => router.showEdit({ kind: 'edit', target: rowTarget(scope, row) })
  const showWindow = useCallback((next: Ask['window']) => {
    setWindow(before => (before.start === next.start && before.count === next.count ? before : next))
  }, [])

  const extras = (list?.columns ?? []).filter(column => column.priority > 0).map(column => column.name)
  const wide = extras.length > 0 && extras.every(name => address.columns?.includes(name))
  useCommands([
    {
      id: 'list.filter',
      label: t('commands.filter'),
      group: t('groups.list'),
      enabled: true,
      run: () => filterField.current?.select(),
      keys: ['/', 'Mod+F'],
    },
    {
      id: 'list.focus',
      label: t('commands.focusList'),
      group: t('groups.go'),
      enabled: list !== null,
      run: () => grid.current?.focus(),
      keys: ['L'],
    },
    {
      id: 'list.wide',
      label: t(wide ? 'commands.narrow' : 'commands.wide'),
      group: t('groups.list'),
      enabled: extras.length > 0,
      run: () => change({ columns: wide ? null : extras }),
      keys: ['W'],
    },
    ...columns.map(column => ({
      id: `list.sort.${column.id}`,
      label: t('commands.sortBy', { column: column.id }),
      group: t('groups.list'),
      enabled: true,
      run: () => sortBy(column.id),
      keys: [],
    })),
  ])

  return (
    <section className="list-page" aria-label={t('list.title')}>
      <ListBar
        address={address}
        title={kind === null ? address.scope.resource : pluralKind(kind)}
        versions={(kinds ?? []).filter(one => one.group === scope.group && one.resource === scope.resource)}
        stream={stream}
        filterField={filterField}
        onChange={change}
        onLeaveFilter={() => grid.current?.focus()}
      />
      {list !== null && <SourceStrip sources={list.sources} onRetry={retry} />}
      <ListBody
        key={`${turn} ${scopeKey}`}
        label={kind?.kind ?? address.scope.resource}
        title={kind === null ? address.scope.resource : pluralKind(kind)}
        address={address}
        scope={scope}
        list={list}
        columns={columns}
        namespaced={namespaced}
        handle={grid}
        openTarget={edit !== null && edit.kind !== 'create' && sameType(edit.target, scope) ? edit.target : null}
        onRetry={retry}
        onChange={change}
        onSort={sortBy}
        onWindow={showWindow}
        onOpen={open}
      />
    </section>
  )
}

function isKind(kind: ResourceKind, { scope }: ListAddress): boolean {
  return kind.group === scope.group && kind.version === scope.version && kind.resource === scope.resource
}

type Type = { readonly group: string; readonly resource: string }
function sameType(a: Type, b: Type): boolean {
  return a.group === b.group && a.resource === b.resource
}

/** Remembers the kind that is looked at, in the profile. */
function useRecent({ scope }: ListAddress): void {
  const save = useSaveSettings()
  const { settings } = useApp()
  const key = `${scope.group}/${scope.resource}`
  const recents = withRecent(settings.recents, key)
  const latest = recents === settings.recents
  // biome-ignore lint/correctness/useExhaustiveDependencies: only looking at another kind is worth remembering.
  useEffect(() => {
    if (!latest) save({ recents: [...recents] })
  }, [key])
}
