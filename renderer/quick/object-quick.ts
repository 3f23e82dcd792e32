import { useTranslation } from 'react-i18next'
import type { ObjectSummary, ObjectTarget } from '../../contract/object.ts'
import { useCommands } from '../app/commands.ts'
import { menuForms, offeredForms, type QuickForm, restartNow } from './forms.ts'
import { useQuick } from './use-quick.ts'

/** Offers the quick edits of an object as commands, and gives those that its menu shows; none while nothing is known of it. */
export function useQuickItems(target: ObjectTarget, summary: ObjectSummary | null) {
  const { t } = useTranslation(['quick', 'object', 'fragment'])
  const quick = useQuick()
  const objects = [{ ...target, subresource: null, uid: summary?.uid ?? null }]
  const run = (form: QuickForm | null) => () =>
    form === 'restart' ? quick.apply({ ...target, subresource: null }, restartNow()) : quick.open(objects, form)
  const item = (form: QuickForm) => ({
    id: `quick.${form}`,
    label: t(`commands.${form}`, { count: 1 }),
    keys: [],
    run: run(form),
  })
  const forms = summary === null ? [] : offeredForms(target)
  useCommands(
    forms
      .filter(form => !menuForms.includes(form))
      .map(form => ({ ...item(form), id: `object.quick.${form}`, group: t('object:group'), enabled: true })),
  )
  if (summary === null) return []
  const merges = summary.containers.length > 0
  const merge = {
    id: 'fragment',
    label: t('fragment:command'),
    keys: [],
    run: () => quick.merge({ ...target, subresource: null }, ''),
  }
  const any = { id: 'quick', label: t('commands.any', { count: 1 }), keys: ['Q'], run: run(null) }
  return [any, ...forms.filter(form => menuForms.includes(form)).map(item), ...(merges ? [merge] : [])]
}
