import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import { ExportDialog, type ExportSubject } from './export-dialog.tsx'

/** Offers to export something for Git, as a command and by `open`; `subject` gives it when it is asked for, null for nothing. */
export function useExport(
  id: string,
  group: string,
  shown: boolean,
  subject: () => ExportSubject | null | Promise<ExportSubject | null>,
): { readonly open: () => void; readonly label: string; readonly dialog: ReactNode } {
  const { t } = useTranslation('export')
  const [exporting, setExporting] = useState<ExportSubject | null>(null)
  const open = () => void Promise.resolve(subject()).then(setExporting)
  const label = t('command')
  useCommands(shown ? [{ id, label, group, enabled: true, keys: [], run: open }] : [])
  const dialog = exporting !== null && <ExportDialog subject={exporting} onClose={() => setExporting(null)} />
  return { open, label, dialog }
}
