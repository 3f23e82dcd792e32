import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { useAnswer } from '../app/use-host.ts'
import { targetOfEdit, useQuick } from '../quick/use-quick.ts'

/** Of a running Pod: its containers cannot become more. What makes it can, or it can be made anew. */
export function OwnerOffer({
  opened,
  text,
  onClose,
}: {
  readonly opened: OpenedEdit
  /** The fragment as far as it is chosen. */
  readonly text: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation('fragment')
  const { merge } = useQuick()
  const object = targetOfEdit(opened)
  const { result } = useAnswer(`owner ${opened.edit}`, (client, signal) =>
    client.fragments.owner({ object }, { signal }),
  )
  const owner = result?.ok === true ? result.value : null
  return (
    <div className="fragment-offer" role="note">
      <p>{owner === null ? t('pod.alone') : t('pod.owned', { kind: owner.kind, name: owner.target.name })}</p>
      {owner !== null && (
        <Button
          className="button button-small"
          onPress={() => {
            onClose()
            merge({ ...owner.target, subresource: null }, text)
          }}
        >
          {t('pod.there', { kind: owner.kind, name: owner.target.name })}
        </Button>
      )}
    </div>
  )
}
