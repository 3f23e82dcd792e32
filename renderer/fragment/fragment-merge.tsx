import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { useCommands } from '../app/commands.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { FragmentForm } from './fragment-form.tsx'
import { useFragmentAsked } from './use-fragment-asked.ts'

/** Merges part of a PodSpec into an edit's text: offered by a command, in a dialog. */
export function FragmentMerge({
  opened,
  work,
  shown,
}: {
  readonly opened: OpenedEdit
  readonly work: EditWork
  /** Whether the edit's text is on screen. */
  readonly shown: boolean
}) {
  const { t } = useTranslation(['fragment', 'edit'])
  const [open, setOpen] = useState(false)
  const [begun, setBegun] = useState('')
  useFragmentAsked(opened, text => {
    setBegun(text)
    setOpen(true)
  })
  const close = () => {
    setOpen(false)
    setBegun('')
  }
  useCommands(
    shown && opened.readOnly === null && opened.ref.subresource === undefined
      ? [
          {
            id: 'edit.fragment',
            label: t('command'),
            group: t('edit:commands.group'),
            enabled: true,
            keys: [],
            run: () => setOpen(true),
          },
        ]
      : [],
  )
  return (
    <PanelDialog title={t('title', { name: opened.ref.name })} open={open} onClose={close}>
      {open && <FragmentForm opened={opened} work={work} begun={begun} onClose={close} />}
    </PanelDialog>
  )
}
