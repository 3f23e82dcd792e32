import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAddress } from '../../contract/address.ts'
import type { Row } from '../../contract/browse.ts'
import { type Command, useCommands } from '../app/commands.ts'
import { useRouter } from '../app/router.ts'
import { useClient } from '../app/use-host.ts'
import { rowObject, rowTarget } from './grid-row.tsx'
import type { GridColumn } from './list-columns.ts'
import type { ListSelection } from './list-selection.ts'
import type { GridHandle } from './object-grid.tsx'
import { type Copying, gather, shellForm } from './use-copying.ts'

/** How many objects the host makes commands for, told here so that the page need not load the parsers: `contract/share.ts`. */
const mostCommands = 1_000

/** Offers what can be done with the cursor's row and with the selected ones: by keys in the grid, in menus and the palette. */
export function useRowCommands({
  selection,
  columns,
  grid,
  view,
  copying,
  filled,
}: {
  readonly selection: ListSelection
  readonly columns: readonly GridColumn[]
  readonly grid: RefObject<GridHandle | null>
  readonly view: () => string
  readonly copying: Copying
  /** Whether there are rows. */
  readonly filled: boolean
}): void {
  const { t } = useTranslation('list')
  const client = useClient()
  const router = useRouter()
  const { scope, count } = selection
  const ids = columns.map(one => one.id)
  const many = Math.max(count, 1)

  const onRow = (act: (row: Row) => void) => () => {
    const row = grid.current?.row() ?? null
    if (row !== null) act(row)
  }
  const command = (id: string, label: string, run: () => void, keys: readonly string[] = []): Command => ({
    id,
    label,
    group: t('row.group'),
    enabled: filled,
    run,
    keys,
    within: '.grid',
  })
  const perObject = (one: Command): Command => ({ ...one, enabled: one.enabled && count <= mostCommands })
  const text = (format: 'csv' | 'json') => async () => {
    const keys = (await selection.rows()).map(row => row.key)
    return (await gather(await client.browse.export({ view: view(), keys, format, columns: ids }))).join('')
  }
  const commandText = (verb: 'get' | 'edit') => async () => {
    const targets = (await selection.rows()).map(row => rowObject(scope, row))
    return shellForm(await client.share.objectCommand({ targets, verb }))
  }
  const names = async () => (await selection.rows()).map(row => row.name).join('\n')
  const copy = (read: () => Promise<string>) => () => copying.copy(t('row.objects', { count: many }), read)
  function copyNames(): void {
    // Text that was marked in a cell is what Ctrl+C means everywhere.
    const marked = getSelection()?.toString() ?? ''
    if (marked === '') copy(names)()
    else copying.copy(marked, async () => marked)
  }
  const address = (row: Row) =>
    `${location.origin}${formatAddress({ kind: 'object', target: rowObject(scope, row), section: null })}`

  useCommands([
    command(
      'row.open',
      t('row.open'),
      onRow(row => router.showObject({ kind: 'object', target: rowObject(scope, row), section: null })),
    ),
    command(
      'row.edit',
      t('row.edit'),
      onRow(row => router.showEdit({ kind: 'edit', target: rowTarget(scope, row) })),
      ['E'],
    ),
    command('rows.copy.names', t('row.copyNames', { count: many }), copyNames, ['Mod+C']),
    command('rows.copy.csv', t('row.copyCsv'), copy(text('csv'))),
    command('rows.copy.json', t('row.copyJson'), copy(text('json'))),
    perObject(command('rows.copy.get', t('row.copyGet'), copy(commandText('get')), ['Y'])),
    perObject(command('rows.copy.edit', t('row.copyEdit'), copy(commandText('edit')))),
    command(
      'row.address',
      t('row.copyAddress'),
      onRow(row => copying.copy(row.name, async () => address(row))),
    ),
  ])
}
