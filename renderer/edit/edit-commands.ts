import { useTranslation } from 'react-i18next'
import type { SecretData } from '../../core/secret-data.ts'
import { useCommands } from '../app/commands.ts'
import { goToNextChange } from './change-gutter.ts'
import type { EditStanding } from './edit-shared.ts'
import type { EditWork } from './edit-work.ts'
import type { Flow } from './flow.ts'
import { goToNextOther } from './others-marks.ts'
import { otherView } from './secret-toggle.tsx'
import type { Others } from './watching.ts'

/** What the keys and the palette can do with an edit while its text is on screen. */
export function useEditCommands(
  work: EditWork,
  here: {
    readonly shown: boolean
    readonly flow: Flow
    readonly live: EditStanding | null
    readonly changed: boolean
    readonly canReview: boolean
    readonly canMove: boolean
    readonly others: Others | null
    /** Opens the conflict view; null where there is nothing to decide. */
    readonly decide: (() => void) | null
    /** Whether what others change comes into the text by itself, and the other way of it. */
    readonly atOnce: boolean
    readonly switchAtOnce: () => void
    readonly discard: () => void
    /** How the values of a Secret are shown, and whether that can be changed now; null for any other kind. */
    readonly secretData: SecretData | null
    readonly canShow: boolean
    /** Shows the history of the object; null where it has no name yet. */
    readonly history: (() => void) | null
    /** To the next problem, or the previous one. */
    readonly walk: (step: 1 | -1) => void
  },
): void {
  const { t } = useTranslation(['edit', 'history'])
  const { flow, canMove, discard, walk, secretData } = here
  const group = t('commands.group')
  const command = (id: string, label: string, keys: readonly string[], enabled: boolean, run: () => unknown) => ({
    id: `edit.${id}`,
    label,
    group,
    enabled,
    keys,
    run: () => void run(),
  })
  useCommands(
    here.shown && flow.kind === 'editing'
      ? [
          command('review', t('review'), ['Mod+Enter'], here.canReview, work.review),
          command('discard', t('discard'), [], true, discard),
          // Vim's :q! has been asked already.
          { ...command('discardNow', t('discard'), [], true, work.discard), hidden: true },
          command('nextProblem', t('commands.nextProblem'), ['F8'], true, () => walk(1)),
          command('previousProblem', t('commands.previousProblem'), ['Shift+F8'], true, () => walk(-1)),
          command('nextChange', t('commands.nextChange'), ['Alt+F5'], here.changed, () => goToChange(work)),
          ...(secretData === null
            ? []
            : [
                command('secretData', t(`secretData.to.${otherView(secretData)}`), ['Alt+F8'], here.canShow, () =>
                  work.showSecretAs(otherView(secretData)),
                ),
              ]),
          command('takeIn', t('commands.takeIn'), [], canMove && (here.live?.others ?? []).length > 0, () =>
            work.settle([]),
          ),
          command('history', t('history:ofObject'), ['Alt+H'], here.history !== null, () => here.history?.()),
          command('nextOther', t('commands.nextOther'), ['Alt+F6'], here.others !== null, () => goToOther(work)),
          command('decide', t('conflict.open'), [], here.decide !== null, () => here.decide?.()),
          command('atOnce', here.atOnce ? t('commands.onRequest') : t('commands.atOnce'), [], true, here.switchAtOnce),
        ]
      : [],
  )
}

function goToChange(work: EditWork): void {
  const view = work.editor()?.view
  if (view !== undefined && goToNextChange(view)) view.focus()
}

function goToOther(work: EditWork): void {
  const view = work.editor()?.view
  if (view !== undefined && goToNextOther(view)) view.focus()
}
