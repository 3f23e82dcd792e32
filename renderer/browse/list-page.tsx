import { useCallback, useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask, ResourceKind, Row } from '../../contract/browse.ts'
import type { Layout } from '../../contract/list-settings.ts'
import { type ListAddress, usePlace, useRouter } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp, useClient } from '../app/use-host.ts'
import { CompareRows } from '../compare/compare-rows.ts'
import { RowActs } from '../delete/row-acts.ts'
import { RowQuickEdits } from '../quick/row-quick.ts'
import { columnTitle } from './grid-head.tsx'
import { rowObject } from './grid-row.tsx'
import { pluralKind, withRecent } from './kind-groups.ts'
import { ListBar } from './list-bar.tsx'
import { ListBody } from './list-body.tsx'
import { type GridColumn, type ListShape, labelKeys, listColumns, mostLabels, withMoved } from './list-columns.ts'
import { useListCommands } from './list-commands.ts'
import { ListProgress } from './list-progress.tsx'
import { type ListSelection, ListSelectionContext } from './list-selection.ts'
import type { GridHandle, MenuPlace } from './object-grid.tsx'
import { useRowCommands } from './row-commands.ts'
import { RowMenu } from './row-menu.tsx'
import { SaveViewDialog } from './save-view-dialog.tsx'
import { SelectionStrip } from './selection-strip.tsx'
import { SourceStrip } from './source-strip.tsx'
import { useChosen } from './use-chosen.ts'
import { gather, useCopying } from './use-copying.ts'
import { useKinds } from './use-kinds.ts'
import { useList } from './use-list.ts'
import { useListLook } from './use-list-look.ts'
import { kindOf } from './views.ts'

const firstWindow = { start: 0, count: 80 }

/** The list of an address. Another scope is another list: its cursor, its selection and its place begin anew. */
export function ListPage({ address }: { readonly address: ListAddress }) {
  return <List key={JSON.stringify(address.scope)} address={address} />
}

/** A list: its bar, its sources' troubles, its objects, and what is selected of them. */
function List({ address }: { readonly address: ListAddress }) {
  const { t } = useTranslation(['list', 'browse'])
  const router = useRouter()
  const client = useClient()
  const { edit } = usePlace()
  const kind = useKinds().kinds?.find(one => isKind(one, address)) ?? null
  const [window, setWindow] = useState<Ask['window']>(firstWindow)
  const [menu, setMenu] = useState<MenuPlace | null>(null)
  const [saving, setSaving] = useState(false)
  const grid = useRef<GridHandle>(null)
  const filterField = useRef<HTMLInputElement>(null)
  const look = useListLook(address)
  const copying = useCopying()
  useRecent(address)

  // The same for as long as the list lives.
  const [scope] = useState(address.scope)
  const { sort } = address
  const filter = useDeferredValue(address.filter)
  const labels = useLabels(labelKeys({ layout: look.layout, sort }))
  const stream = useList(scope, { filter, sort, labels, window })
  const { value: list, view } = stream
  const namespaced = kind?.namespaced ?? (scope.namespaces.length > 0 || list?.window.rows[0]?.namespace != null)
  const shape: ListShape = { columns: list?.columns ?? [], layout: look.layout, scope, namespaced, filter, sort }
  const columns = useColumns(shape, labels)

  const choosing = useChosen(list, () => client.browse.rows({ view: view(), keys: null }))
  const selection: ListSelection = {
    scope,
    count: choosing.keys.size,
    rows: async () => {
      const row = grid.current?.row() ?? null
      if (choosing.keys.size === 0) return row === null ? [] : [row]
      return (await gather(await client.browse.rows({ view: view(), keys: [...choosing.keys] }))).flat()
    },
    clear: choosing.clear,
  }

  const change = (part: Partial<ListAddress>) => router.showList({ ...address, ...part }, 'replace')
  function showLayout(layout: Layout | null): void {
    look.keepLayout(layout)
    change({ columns: layout === null ? null : [...layout] })
  }
  function sortBy(column: string): void {
    if (sort?.column !== column) change({ sort: { column, descending: false } })
    else change({ sort: sort.descending ? null : { column, descending: true } })
  }
  function copyColumn(column: GridColumn): void {
    const keys = choosing.keys.size === 0 ? null : [...choosing.keys]
    copying.copy(columnTitle(column, t), async () => {
      const pieces = await client.browse.export({ view: view(), keys, format: 'json', columns: [column.id] })
      // An array of objects with the one column, as the host has just made it.
      const rows = JSON.parse((await gather(pieces)).join('')) as Record<string, string | number | boolean | null>[]
      return rows.map(row => String(Object.values(row)[0] ?? '')).join('\n')
    })
  }
  const open = (row: Row) => router.showObject({ kind: 'object', target: rowObject(scope, row), section: null })
  const showWindow = useCallback((next: Ask['window']) => {
    setWindow(before => (before.start === next.start && before.count === next.count ? before : next))
  }, [])
  // While the host is gone the list is opened anew when it is back.
  const retry = () => void client.browse.retry({ view: view() }).catch(() => undefined)
  const focusGrid = () => grid.current?.focus()

  const filled = list !== null && list.matched > 0
  useRowCommands({ selection, columns, grid, view, copying, filled })
  useListCommands({
    address,
    shape,
    list,
    columns,
    view,
    copying,
    copyColumn,
    focusFilter: () => filterField.current?.select(),
    focusGrid,
    onLayout: showLayout,
    onSort: sortBy,
    onSave: () => setSaving(true),
  })

  const title = kind === null ? scope.resource : pluralKind(kind)
  return (
    <ListSelectionContext value={selection}>
      <RowQuickEdits filled={filled} />
      <CompareRows filled={filled} />
      <RowActs filled={filled} kind={kind?.kind ?? null} />
      <section className="list-page" aria-label={t('browse:list.title')}>
        <ListBar
          address={address}
          shape={shape}
          title={title}
          stream={stream}
          filterField={filterField}
          onChange={change}
          onLayout={showLayout}
          onLeaveFilter={focusGrid}
        />
        {list !== null && <ListProgress sources={list.sources} />}
        {list !== null && <SourceStrip sources={list.sources} onRetry={retry} />}
        <ListBody
          label={kind?.kind ?? scope.resource}
          title={title}
          address={address}
          scope={scope}
          list={list}
          columns={columns}
          widths={look.widths}
          namespaced={namespaced}
          choosing={choosing}
          handle={grid}
          openTarget={edit !== null && edit.kind !== 'create' && isSameType(edit.target, scope) ? edit.target : null}
          onRetry={retry}
          onChange={change}
          onSort={sortBy}
          onMove={(column, before) => showLayout(withMoved(shape, column, before))}
          onResize={look.resize}
          onWindow={showWindow}
          onOpen={open}
          onMenu={setMenu}
        />
        <SelectionStrip
          count={choosing.keys.size}
          matched={list?.matched ?? 0}
          onAll={choosing.all}
          onClear={choosing.clear}
        />
        <RowMenu
          place={menu}
          selection={selection}
          onCopyText={text => copying.copy(text, async () => text)}
          onCopyColumn={copyColumn}
          onClose={() => setMenu(null)}
        />
        <p className="list-said" role="status">
          {copying.said !== null && t(`said.${copying.said.how}`, { what: copying.said.what })}
        </p>
        <SaveViewDialog open={saving} list={address} onClose={() => setSaving(false)} />
      </section>
    </ListSelectionContext>
  )
}

function isKind(kind: ResourceKind, { scope }: ListAddress): boolean {
  return kind.group === scope.group && kind.version === scope.version && kind.resource === scope.resource
}

type Type = { readonly group: string; readonly resource: string }
function isSameType(a: Type, b: Type): boolean {
  return a.group === b.group && a.resource === b.resource
}

/** The columns of a list, the same value as long as they are equal: rows are drawn anew by it. */
function useColumns(shape: ListShape, labels: readonly string[]): readonly GridColumn[] {
  const key = JSON.stringify(listColumns(shape, labels))
  return useMemo(() => JSON.parse(key), [key])
}

/** The label keys to ask for. Those that were asked for before keep their places, as the rows on screen still have them there. */
function useLabels(wanted: readonly string[]): string[] {
  const asked = useRef<readonly string[]>([])
  const added = wanted.filter(key => !asked.current.includes(key))
  if (added.length > 0) {
    const all = [...asked.current, ...added]
    asked.current = all.length > mostLabels ? wanted : all
  }
  return [...asked.current]
}

/** Remembers the kind that is looked at, in the profile. */
function useRecent({ scope }: ListAddress): void {
  const save = useSaveSettings()
  const { settings } = useApp()
  const key = kindOf(scope)
  const recents = withRecent(settings.recents, key)
  const remember = useEffectEvent(() => {
    if (recents !== settings.recents) save({ recents: [...recents] })
  })
  // Only looking at another kind is worth remembering.
  useEffect(() => remember(), [key])
}
