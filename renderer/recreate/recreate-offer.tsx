import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { Recreation } from '../../contract/recreation.ts'
import type { Problem } from '../../core/problem.ts'
import { refusesChange } from '../../core/recreation.ts'
import { useCommands } from '../app/commands.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { Notice } from '../edit/notice.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { RecreateForm } from './recreate-form.tsx'
import { RecreationNotice } from './recreation-notice.tsx'
import { useKeptFields } from './use-kept-fields.ts'

/**
 * Where the server refuses to change what is there: the offer to delete the object and create it again, which a command
 * offers too; and where that was begun and cut off, how far it came and what can be done about it.
 */
export function RecreateOffer({
  opened,
  work,
  problem,
  begun,
  changed,
  shown,
}: {
  readonly opened: OpenedEdit
  readonly work: EditWork
  /** What the last review or submit was refused for. */
  readonly problem: Problem | null
  /** What was begun and is not over; null as a rule. */
  readonly begun: Recreation | null
  /** Whether the text says something else than its object. */
  readonly changed: boolean
  /** Whether the edit's text is on screen. */
  readonly shown: boolean
}) {
  const { t } = useTranslation(['recreate', 'edit'])
  const [open, setOpen] = useState(false)
  const kept = useKeptFields(opened, problem)
  const fits = opened.origin === 'edit' && opened.ref.subresource === undefined
  const begin = () => {
    // What is created is the text that the host holds.
    void work.flush().then(() => setOpen(true))
  }
  useCommands(
    fits && shown && (changed || begun !== null)
      ? [
          {
            id: 'edit.instead',
            label: t('command'),
            group: t('edit:commands.group'),
            enabled: true,
            keys: [],
            run: begin,
          },
        ]
      : [],
  )
  return (
    <>
      {fits && begun === null && problem !== null && refusesChange(problem, kept) && (
        <Notice tone="info" action={{ label: t('command'), run: begin }}>
          <p>{t('offer')}</p>
        </Notice>
      )}
      {begun !== null && !open && <RecreationNotice opened={opened} begun={begun} work={work} onFinish={begin} />}
      <PanelDialog title={t('title', { name: opened.ref.name })} open={open} onClose={() => setOpen(false)}>
        {open && <RecreateForm opened={opened} work={work} onClose={() => setOpen(false)} />}
      </PanelDialog>
    </>
  )
}
