import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { IconButton } from './icon-button.tsx'

/** A dialog with a title and a close button. Escape and a click beside it close it. */
export function PanelDialog({
  title,
  open,
  wide = false,
  onClose,
  children,
}: {
  readonly title: string
  readonly open: boolean
  /** For a table. */
  readonly wide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('app')
  return (
    <ModalOverlay className="overlay" isDismissable isOpen={open} onOpenChange={now => !now && onClose()}>
      <Modal className="panel" data-wide={wide || undefined}>
        <Dialog className="panel-dialog">
          <header className="panel-head">
            <Heading slot="title">{title}</Heading>
            <IconButton icon="close" label={t('dialog.close')} onPress={onClose} />
          </header>
          <div className="panel-body">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
