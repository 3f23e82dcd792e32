import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../app/commands.ts'
import { rowObject } from '../browse/grid-row.tsx'
import { useListSelection } from '../browse/list-selection.ts'
import { menuForms, offeredForms, type QuickForm, restartNow } from './forms.ts'
import { useQuick } from './use-quick.ts'

/** More objects are not changed in one go, told here so that the page need not load the parsers: `contract/quick.ts`. */
const mostQuickEdited = 1_000

/** Offers the quick edits of a list's selected objects: by a key, in the row's menu, in the palette. */
export function RowQuickEdits({ filled }: { readonly filled: boolean }) {
  const { t } = useTranslation(['quick', 'list'])
  const quick = useQuick()
  const selection = useListSelection()
  const { scope, count } = selection
  async function open(form: QuickForm | null): Promise<void> {
    const rows = await selection.rows()
    const objects = rows.map(row => ({ ...rowObject(scope, row), subresource: null, uid: row.uid || null }))
    const [only, ...others] = objects
    if (only === undefined) return
    if (form !== 'restart' || others.length > 0) return quick.open(objects, form)
    const { uid: _, ...target } = only
    quick.apply(target, restartNow())
  }
  const common = { group: t('list:row.group'), within: '.grid', enabled: filled && count <= mostQuickEdited }
  const many = Math.max(count, 1)
  const command = (form: QuickForm): Command => ({
    ...common,
    // Of many only one button stands below the list, which leads to all of them.
    id: `${menuForms.includes(form) ? 'row' : 'quick'}.${form}`,
    label: t(`commands.${form}`, { count: many }),
    run: () => void open(form),
    keys: [],
  })
  useCommands([
    { ...common, id: 'rows.quick', label: t('commands.any', { count: many }), run: () => void open(null), keys: ['Q'] },
    ...offeredForms(scope).map(command),
  ])
  return null
}
