import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { textCommands } from './text-commands.ts'

/** The part of the page where the text's keys count. */
const within = '.cm-content'

/** Offers what the keys and the palette can do with the text that is on screen. */
export function useTextCommands(work: EditWork, shown: boolean): void {
  const { t } = useTranslation('text')
  const { settings } = useApp()
  const save = useSaveSettings()
  const group = t('commands.group')
  const ofText = textCommands.map(({ name, keys, run }) => ({
    id: `text.${name}`,
    label: t(`commands.${name}`),
    group,
    enabled: true,
    keys,
    within,
    run: () => {
      const view = work.editor()?.view
      if (view === undefined) return
      view.focus()
      run(view)
    },
  }))
  const wrap = {
    id: 'text.wrap',
    label: t('commands.wrap'),
    group,
    enabled: true,
    keys: ['Alt+Z'],
    run: () => save({ softWrap: !settings.softWrap }),
  }
  const vim = {
    id: 'text.vim',
    label: t(settings.editorKeys === 'vim' ? 'commands.standardKeys' : 'commands.vimKeys'),
    group,
    enabled: true,
    keys: [],
    run: () => save({ editorKeys: settings.editorKeys === 'vim' ? 'standard' : 'vim' }),
  }
  useCommands(shown ? [...ofText, wrap, vim] : [])
}
