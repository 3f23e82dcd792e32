import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { useContextActs } from './use-context-acts.ts'
import { useContextDialog } from './use-context-dialog.ts'

/** What keys and the palette can do about the context that is looked at; null for none or several. */
export function useContextCommands(context: string | null): void {
  const { t } = useTranslation('contexts')
  const open = useContextDialog()
  const { again } = useContextActs()
  const name = context ?? ''
  const command = (id: string, label: string, run: () => unknown) => ({
    id: `context.${id}`,
    label,
    group: t('group'),
    enabled: context !== null,
    keys: [],
    run: () => void run(),
  })
  useCommands([
    command('details', t('commands.details', { name }), () => open('details', name)),
    command('again', t('commands.again', { name }), () => again(name)),
    command('access', t('commands.access', { name }), () => open('access', name)),
    command('actAs', t('commands.actAs', { name }), () => open('actAs', name)),
  ])
}
