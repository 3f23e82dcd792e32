import { useTranslation } from 'react-i18next'
import { unlockMinutes } from '../../contract/guard.ts'
import { useCommands } from '../app/commands.ts'
import { useGuard, useGuardActs, useGuardDialog } from './use-guard.ts'

/** What keys and the palette can do about the guard of the context that is looked at; null for none or several. */
export function useGuardCommands(context: string | null): void {
  const { t } = useTranslation('guard')
  const guard = useGuard(context ?? '')
  const { lock, unlock } = useGuardActs()
  const openDialog = useGuardDialog()
  const name = context ?? ''
  const minutes = unlockMinutes
  const command = (id: string, label: string, enabled: boolean, run: () => unknown) => ({
    id: `guard.${id}`,
    label,
    group: t('group'),
    enabled: enabled && context !== null,
    keys: [],
    run: () => void run(),
  })
  const isLockable = guard.writes === 'after-unlock'
  useCommands([
    command('open', t('commands.open', { name }), openDialog !== null, () => openDialog?.(name)),
    command('unlock', t('commands.unlock', { name, minutes }), isLockable && guard.unlockedUntil === null, () =>
      unlock(name),
    ),
    command('lock', t('commands.lock', { name }), guard.unlockedUntil !== null, () => lock(name)),
  ])
}
