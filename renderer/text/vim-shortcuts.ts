import { useTranslation } from 'react-i18next'
import type { Command } from '../app/commands.ts'
import { useApp } from '../app/use-host.ts'

const shortcuts = [
  ['review', [':w', ':wq', ':x']],
  ['quit', [':q']],
  ['quitNow', [':q!']],
  ['reload', [':e']],
  ['startOver', [':e!']],
  ['wrap', [':set wrap', ':set nowrap']],
  ['clipboard', ['"+y', '"+p']],
  ['leave', ['F6']],
] as const

/** What Vim's keys do here beyond Vim, as the list of shortcuts shows it; nothing with the standard keys. */
export function useVimShortcuts(): readonly Command[] {
  const { t } = useTranslation('text')
  const { settings } = useApp()
  if (settings.editorKeys !== 'vim') return []
  const run = () => undefined
  const group = t('vimKeys.title')
  return shortcuts.map(([name, keys]) => ({ id: name, label: t(`vimKeys.${name}`), group, enabled: true, run, keys }))
}
