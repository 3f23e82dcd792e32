import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAddress } from '../../contract/address.ts'
import type { ViewState } from '../../contract/browse.ts'
import type { Layout } from '../../contract/list-settings.ts'
import { type Command, useCommands } from '../app/commands.ts'
import { type ListAddress, useRouter } from '../app/router.ts'
import { useApp, useClient } from '../app/use-host.ts'
import { columnTitle } from './grid-head.tsx'
import { isRecent, lastHour, notRecent } from './last-hour.ts'
import { type GridColumn, isWide, type ListShape, labelKeys, withWide } from './list-columns.ts'
import { scopeContexts } from './scope.ts'
import { type Copying, gather, shellForm } from './use-copying.ts'
import { wholeList } from './views.ts'

/** What the commands of a list work on. */
export type ListInHand = {
  readonly address: ListAddress
  readonly shape: ListShape
  readonly list: ViewState | null
  readonly columns: readonly GridColumn[]
  /** The open list's id. */
  readonly view: () => string
  readonly copying: Copying
  /** Copies a column's values: of the chosen rows, else of all. */
  readonly copyColumn: (column: GridColumn) => void
  readonly focusFilter: () => void
  readonly focusGrid: () => void
  readonly onLayout: (layout: Layout | null) => void
  readonly onSort: (column: string) => void
  readonly onSave: () => void
}

/** Offers what can be done with a list as a whole. */
export function useListCommands(hand: ListInHand): void {
  useViewCommands(hand)
  useShareCommands(hand)
}

/** What changes how the list looks. */
function useViewCommands(hand: ListInHand): void {
  const { t } = useTranslation(['list', 'browse'])
  const router = useRouter()
  const { address, shape, list, columns } = hand
  const wide = isWide(shape.layout, shape.columns)
  const sortBefore = useRef<ListAddress['sort']>(null)
  const group = t('browse:groups.list')
  const command = (id: string, label: string, keys: readonly string[], run: () => void, enabled = true): Command => ({
    id: `list.${id}`,
    label,
    group,
    enabled,
    run,
    keys,
  })
  function toggleLastHour(): void {
    const recent = isRecent(address)
    router.showList(recent ? notRecent(address, sortBefore.current) : lastHour(address))
    if (!recent) sortBefore.current = address.sort
  }
  useCommands([
    command('filter', t('browse:commands.filter'), ['/', 'Mod+F'], hand.focusFilter),
    {
      ...command('focus', t('browse:commands.focusList'), ['L'], hand.focusGrid, list !== null),
      group: t('browse:groups.go'),
    },
    {
      // Where nothing has the focus, as after the palette has led here, the arrows are the list's.
      ...command('enter', t('browse:commands.enterList'), ['ArrowDown', 'ArrowUp'], hand.focusGrid, list !== null),
      within: 'body:not(:has(:focus))',
      hidden: true,
    },
    command(
      'wide',
      t(wide ? 'browse:commands.narrow' : 'browse:commands.wide'),
      ['W'],
      () => hand.onLayout(withWide(shape.layout, shape.columns, wide === false)),
      wide !== null,
    ),
    command('lastHour', t(isRecent(address) ? 'lastHour.back' : 'lastHour.command'), ['Shift+H'], toggleLastHour),
    ...columns.map(column =>
      command(`sort.${column.id}`, t('browse:commands.sortBy', { column: columnTitle(column, t) }), [], () =>
        hand.onSort(column.id),
      ),
    ),
    ...columns.map(column =>
      command(`column.${column.id}`, t('row.copyColumn', { column: columnTitle(column, t) }), [], () =>
        hand.copyColumn(column),
      ),
    ),
  ])
}

/** What takes the list elsewhere. */
function useShareCommands({ address, shape, list, columns, view, copying, onSave }: ListInHand): void {
  const { t } = useTranslation(['list', 'browse', 'explain'])
  const client = useClient()
  const router = useRouter()
  const { settings, contexts } = useApp()
  const { scope, filter, sort } = address
  const filled = list !== null && list.matched > 0
  const file = `${scope.resource}-${new Date().toISOString().slice(0, 10)}`
  const read = async (format: 'csv' | 'json') =>
    gather(await client.browse.export({ view: view(), keys: null, format, columns: columns.map(column => column.id) }))
  const command = (
    id: string,
    label: string,
    run: () => void,
    keys: readonly string[] = [],
    enabled = true,
  ): Command => ({
    id: `list.share.${id}`,
    label,
    group: t('browse:groups.list'),
    enabled,
    run,
    keys,
  })
  const what = t('share.list', { count: list?.matched ?? 0 })
  const copyCommand = async () => {
    const { layout, columns, namespaced } = shape
    const wide = isWide(layout, columns) === true
    return shellForm(
      await client.share.listCommand({ scope, namespaced, filter, sort, labels: labelKeys(shape), wide }),
    )
  }
  const [context] = scopeContexts(scope, contexts)
  function explain(): void {
    const { group, version, resource } = scope
    if (context === undefined) return
    router.showExplain({ kind: 'explain', of: { context: context.name, group, version, resource }, field: '' })
  }
  const copyAddress = async () => `${location.origin}${formatAddress(wholeList(address, settings.listLooks))}`
  useCommands([
    command('explain', t('explain:page.command'), explain, ['Shift+F1'], context !== undefined),
    command('saveView', t('views.save'), onSave, ['Shift+S']),
    command('command', t('share.command'), () => copying.copy(t('share.commandSaid'), copyCommand), ['Shift+K']),
    command('address', t('share.address'), () => copying.copy(t('share.addressSaid'), copyAddress), ['Shift+A']),
    command('csv', t('share.csv'), () => copying.copy(what, async () => (await read('csv')).join('')), [], filled),
    command('json', t('share.json'), () => copying.copy(what, async () => (await read('json')).join('')), [], filled),
    command(
      'saveCsv',
      t('share.saveCsv'),
      () => copying.save(what, `${file}.csv`, 'text/csv', () => read('csv')),
      [],
      filled,
    ),
    command(
      'saveJson',
      t('share.saveJson'),
      () => copying.save(what, `${file}.json`, 'application/json', () => read('json')),
      [],
      filled,
    ),
  ])
}
