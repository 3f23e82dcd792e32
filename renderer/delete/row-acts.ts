import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { useRouter } from '../app/router.ts'
import { rowObject } from '../browse/grid-row.tsx'
import { useListSelection } from '../browse/list-selection.ts'
import { useDelete } from './use-delete.ts'

/** Offers what makes and takes away objects of a list: deleting the selected ones, copying one, and a new one of the kind. */
export function RowActs({ filled, kind }: { readonly filled: boolean; readonly kind: string | null }) {
  const { t } = useTranslation(['delete', 'create', 'list'])
  const router = useRouter()
  const openDelete = useDelete()
  const selection = useListSelection()
  const { scope, count } = selection
  async function remove(): Promise<void> {
    const rows = await selection.rows()
    if (rows.length > 0) {
      openDelete(rows.map(row => ({ ...rowObject(scope, row), subresource: null, uid: row.uid || null })))
    }
  }
  async function copy(): Promise<void> {
    const [row] = await selection.rows()
    if (row !== undefined) router.showNew({ kind: 'new', from: { kind: 'copy', object: rowObject(scope, row) } })
  }
  const [context] = scope.contexts
  const { group, version, resource } = scope
  const [namespace = null, ...more] = scope.namespaces
  const of = { context: context ?? '', group, version, resource, namespace: more.length > 0 ? null : namespace }
  const common = { group: t('list:row.group'), within: '.grid' }
  useCommands([
    {
      ...common,
      id: 'row.copyTo',
      label: t('create:copyTo'),
      enabled: filled && count <= 1,
      run: () => void copy(),
      keys: [],
    },
    {
      ...common,
      id: 'rows.delete',
      label: t('commandSelected', { count: Math.max(count, 1) }),
      enabled: filled,
      run: () => void remove(),
      keys: ['Delete'],
    },
    {
      id: 'list.new',
      label: t('create:newOf', { kind }),
      group: t('list:row.group'),
      enabled: kind !== null && context !== undefined,
      run: () => router.showNew({ kind: 'new', from: { kind: 'kind', of } }),
      keys: ['Shift+C'],
    },
  ])
  return null
}
