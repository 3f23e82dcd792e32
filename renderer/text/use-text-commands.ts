import type { EditorView } from '@codemirror/view'
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

/** Offers what the keys and the palette can do with the text that is on screen; `startOver` where there is something to go back to. */
export function useTextCommands(
  shownView: () => EditorView | null,
  shown: boolean,
  startOver: (() => void) | null,
): void {
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
      const view = shownView()
      if (view === null) return
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
  const over = {
    id: 'text.startOver',
    label: t('commands.startOver'),
    group,
    enabled: startOver !== null,
    keys: [],
    run: () => startOver?.(),
  }
  useCommands(shown ? [...ofText, over, wrap, vim] : [])
}

/** What puts the text of the base in the place of what was typed, as one step that can be undone; null where there is no base. */
export function startingOver(work: EditWork): (() => void) | null {
  const { base } = work.state()
  if (base === null) return null
  return () => {
    const editor = work.editor()
    if (editor === null) return
    const after = printYaml(objectOfJson(base))
    const ranges = changedRanges(editor.view.state.doc.toString(), after)
    editor.change(
      ranges.map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: after.slice(fromB, toB) })),
    )
  }
}
