import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { useRouter } from '../app/router.ts'
import { rowObject } from '../browse/grid-row.tsx'
import { useListSelection } from '../browse/list-selection.ts'

/** Offers to compare two selected rows of a list, or one of them with another object. */
export function CompareRows({ filled }: { readonly filled: boolean }) {
  const { t } = useTranslation(['compare', 'list'])
  const router = useRouter()
  const selection = useListSelection()
  const { scope, count } = selection
  async function compare(): Promise<void> {
    const [left, right] = (await selection.rows()).map(row => rowObject(scope, row))
    if (left !== undefined) router.showCompare({ kind: 'compare', left, right: right ?? null })
  }
  useCommands([
    {
      id: 'rows.compare',
      label: t('page.rows', { count: Math.max(count, 1) }),
      group: t('list:row.group'),
      enabled: filled && count <= 2,
      within: '.grid',
      run: () => void compare(),
      keys: [],
    },
  ])
  return null
}
