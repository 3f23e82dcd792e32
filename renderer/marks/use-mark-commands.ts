import type { EditorView } from '@codemirror/view'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { showMarksHere } from './marks-card.ts'
import { goToMark } from './walk-marks.ts'

/** Offers to walk through the marks of the text that is on screen, to show those of a line, and to have them said or not. */
export function useMarkCommands(view: () => EditorView | null, shown: boolean): void {
  const { t } = useTranslation('marks')
  const { speakMarks } = useApp().settings
  const save = useSaveSettings()
  const group = t('commands.group')
  const withView = (run: (view: EditorView) => void) => () => {
    const now = view()
    if (now !== null) run(now)
  }
  const command = (name: 'next' | 'previous' | 'here', keys: string, run: (view: EditorView) => void) => ({
    id: `marks.${name}`,
    label: t(`commands.${name}`),
    group,
    enabled: true,
    keys: [keys],
    run: withView(run),
  })
  useCommands(
    shown
      ? [
          command('next', 'F9', now => goToMark(now, 1)),
          command('previous', 'Shift+F9', now => goToMark(now, -1)),
          command('here', 'Alt+F9', showMarksHere),
          {
            id: 'marks.speak',
            label: t(speakMarks ? 'commands.silent' : 'commands.speak'),
            group,
            enabled: true,
            keys: [],
            run: () => save({ speakMarks: !speakMarks }),
          },
        ]
      : [],
  )
}
