import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'

/** Asks before changes are thrown away. Escape keeps them. */
export function DiscardDialog({
  open,
  kind,
  name,
  onDiscard,
  onKeep,
}: {
  readonly open: boolean
  readonly kind: string
  readonly name: string
  readonly onDiscard: () => void
  readonly onKeep: () => void
}) {
  const { t } = useTranslation('edit')
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={now => !now && onKeep()}>
      <Modal className="panel discard-panel">
        <Dialog role="alertdialog" className="discard-dialog">
          <Heading slot="title">{t('discardQuestion.title')}</Heading>
          <p>{t('discardQuestion.text', { kind, name })}</p>
          <div className="edit-actions">
            <Button className="button" autoFocus onPress={onKeep}>
              {t('discardQuestion.no')}
            </Button>
            <Button className="button button-danger" onPress={onDiscard}>
              {t('discardQuestion.yes')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
