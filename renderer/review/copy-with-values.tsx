import { useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Review } from '../../contract/review.ts'
import { answer } from '../app/client.ts'
import { useHost } from '../app/use-host.ts'

/** Copies the command of a Secret with its values in it, after a question: they are then in the clipboard. */
export function CopyWithValues({
  review: { edit, plan },
  shell,
  onCopied,
}: {
  readonly review: Review
  readonly shell: 'posix' | 'powershell'
  /** `gone` where the review is not the host's any more. */
  readonly onCopied: (how: 'copiedWithValues' | 'failed' | 'gone') => void
}) {
  const { t } = useTranslation('review')
  const { client } = useHost()
  const [asking, setAsking] = useState(false)
  const copy = async () => {
    setAsking(false)
    const command = await answer(client.edit.revealCommand({ edit, plan }))
    if (!command.ok) return onCopied('gone')
    await navigator.clipboard.writeText(command.value[shell]).then(
      () => onCopied('copiedWithValues'),
      // Refused by the browser: nothing of it is shown instead.
      () => onCopied('failed'),
    )
  }
  return (
    <>
      <Button className="button" onPress={() => setAsking(true)}>
        {t('command.copyWithValues')}
      </Button>
      <ModalOverlay className="overlay" isOpen={asking} onOpenChange={setAsking}>
        <Modal className="panel discard-panel">
          <Dialog role="alertdialog" className="discard-dialog">
            <Heading slot="title">{t('command.valuesQuestion.title')}</Heading>
            <p>{t('command.valuesQuestion.text')}</p>
            <div className="edit-actions">
              <Button className="button" autoFocus onPress={() => setAsking(false)}>
                {t('command.valuesQuestion.no')}
              </Button>
              <Button className="button button-danger" onPress={() => void copy()}>
                {t('command.valuesQuestion.yes')}
              </Button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  )
}
