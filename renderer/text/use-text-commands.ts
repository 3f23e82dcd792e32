import { useTranslation } from 'react-i18next'
import { changedRanges } from '../../core/text-diff.ts'
import { printYaml } from '../../core/yaml.ts'
import { useCommands } from '../app/commands.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { objectOfJson } from '../edit/text-objects.ts'
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
  const startOver = {
    id: 'text.startOver',
    label: t('commands.startOver'),
    group,
    enabled: work.state().base !== null,
    keys: [],
    run: () => putBaseBack(work),
  }
  useCommands(shown ? [...ofText, startOver, wrap, vim] : [])
}

/** Puts the text of the base in the place of what was typed, as one step that can be undone. */
function putBaseBack(work: EditWork): void {
  const { base } = work.state()
  const editor = work.editor()
  if (base === null || editor === null) return
  const after = printYaml(objectOfJson(base))
  const ranges = changedRanges(editor.view.state.doc.toString(), after)
  editor.change(ranges.map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: after.slice(fromB, toB) })))
}
