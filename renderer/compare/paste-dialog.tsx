import { useTranslation } from 'react-i18next'
import { takeFocus } from '../parts/focus.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'

/** Takes a text that the person pastes, where the page may not read the clipboard by itself. */
export function PasteDialog({
  open,
  onText,
  onClose,
}: {
  readonly open: boolean
  readonly onText: (text: string) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('compare')
  return (
    <PanelDialog title={t('with.clipboard')} open={open} onClose={onClose}>
      <textarea
        className="compare-paste"
        aria-label={t('paste')}
        placeholder={t('paste')}
        rows={8}
        ref={takeFocus}
        onPaste={event => {
          event.preventDefault()
          onClose()
          onText(event.clipboardData.getData('text/plain'))
        }}
      />
    </PanelDialog>
  )
}
