import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditWork } from '../edit/edit-work.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { useDangerCommands } from './danger-commands.ts'
import { hasMissed, ImpactLines } from './impact-lines.tsx'
import { useImpact } from './use-impact.ts'

/** The commands about what may go wrong by an edit, and the dialog in which it is told what the text would do to other objects. */
export function DangerTools({
  edit,
  work,
  shown,
}: {
  readonly edit: string
  readonly work: EditWork
  /** Whether the text is on screen. */
  readonly shown: boolean
}) {
  const { t } = useTranslation('danger')
  const [open, setOpen] = useState(false)
  useDangerCommands(work, shown, () => setOpen(true))
  return (
    <PanelDialog title={t('before.impact')} open={open} onClose={() => setOpen(false)}>
      {open && <TextImpact edit={edit} work={work} />}
    </PanelDialog>
  )
}

function TextImpact({ edit, work }: { readonly edit: string; readonly work: EditWork }) {
  const { t } = useTranslation('danger')
  const { report } = useSyncExternalStore(work.subscribe, work.state)
  // The host is asked about the text that it holds.
  useEffect(() => {
    void work.flush()
  }, [work])
  const impact = useImpact(edit, report.kind === 'held' ? report.textVersion : null, '')
  const lines = impact?.ok ? impact.value.lines : []
  const isNothing = impact !== null && lines.length === 0 && !hasMissed(impact)
  return isNothing ? <p role="status">{t('before.nothing')}</p> : <ImpactLines impact={impact} lines={lines} />
}
