import type { EditorView } from '@codemirror/view'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { dangerMarks, everyHiddenCharacter } from './danger-marks.ts'

/** What the keys and the palette can do with the dangers of a text on screen. */
export function useDangerCommands(work: EditWork, shown: boolean, showImpact: () => void): void {
  const { t } = useTranslation('danger')
  const command = (id: string, label: string, keys: readonly string[], run: (view: EditorView) => void) => ({
    id: `danger.${id}`,
    label,
    group: t('commands.group'),
    enabled: true,
    keys,
    run: () => {
      const view = work.editor()?.view
      if (view !== undefined) run(view)
    },
  })
  useCommands(
    shown
      ? [
          command('next', t('commands.next'), ['Mod+F9'], goToNext),
          command('fix', t('commands.fix'), ['Mod+.'], view => act(view, 'fix')),
          command('turnOff', t('commands.turnOff'), [], view => act(view, 'turnOff')),
          command('impact', t('commands.impact'), [], showImpact),
          command('hidden', t('commands.hidden'), [], view =>
            view.dispatch({ effects: everyHiddenCharacter.of(null) }),
          ),
        ]
      : [],
  )
}

function goToNext(view: EditorView): void {
  const marks = dangerMarks(view)
  const next = marks.find(({ from }) => from > view.state.selection.main.head) ?? marks[0]
  if (next === undefined) return
  view.dispatch({ selection: { anchor: next.from }, scrollIntoView: true })
  view.focus()
}

/** Does to the danger at the cursor, else to one of its line, what its mark offers. */
function act(view: EditorView, what: 'fix' | 'turnOff'): void {
  const { head } = view.state.selection.main
  const line = view.state.doc.lineAt(head)
  const here = dangerMarks(view).filter(({ from, to }) => from <= line.to && to >= line.from)
  const usable = here.filter(mark => mark[what] !== null)
  const mark = usable.find(({ from, to }) => from <= head && head <= to) ?? usable[0]
  mark?.[what]?.()
}
