import './owners.css'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { useCommands } from '../app/commands.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp, useStream } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { ownerName } from './owner-look.ts'
import { showOwnerOfLine } from './owners-gutter.ts'

/** Tells the work of an edit who owns the object on the server and who keeps it; with the commands of owners while its text is on screen. */
export function useOwners(work: EditWork, opened: OpenedEdit, shown: boolean): void {
  const { value } = useStream(opened.edit, (client, signal) => client.edit.owners({ edit: opened.edit }, { signal }))
  useEffect(() => {
    if (value !== null) work.heardOwners(value)
  }, [work, value])
  const { t } = useTranslation('owners')
  const { ownersGutter } = useApp().settings
  const save = useSaveSettings()
  const group = t('commands.group')
  const sayOwners = () => {
    const view = work.editor()?.view
    if (view === undefined) return
    showOwnerOfLine(view, owners =>
      owners.length === 0 ? t('says.nobody') : t('says.owned', { owners: owners.map(ownerName) }),
    )
    view.focus()
  }
  useCommands(
    shown
      ? [
          {
            id: 'edit.ownersGutter',
            group,
            label: t(ownersGutter ? 'commands.hide' : 'commands.show'),
            enabled: true,
            keys: ['Alt+B'],
            run: () => save({ ownersGutter: !ownersGutter }),
          },
          {
            id: 'edit.ownerOfLine',
            group,
            label: t('commands.line'),
            enabled: ownersGutter,
            keys: ['Shift+Alt+B'],
            run: sayOwners,
          },
        ]
      : [],
  )
}
