import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SecretData } from '../../core/secret-data.ts'

/** The other way to show the values of a Secret. */
export function otherView(secretData: SecretData): SecretData {
  return secretData === 'decoded' ? 'encoded' : 'decoded'
}

/** Says how the values of a Secret are shown in its text, and shows them the other way. */
export function SecretToggle({
  secretData,
  onShow,
}: {
  readonly secretData: SecretData
  /** Null where it cannot be changed now. */
  readonly onShow: ((secretData: SecretData) => void) | null
}) {
  const { t } = useTranslation('edit')
  const other = otherView(secretData)
  return (
    <span className="edit-secret">
      <span>{t(`secretData.is.${secretData}`)}</span>
      <Button className="button button-small" isDisabled={onShow === null} onPress={() => onShow?.(other)}>
        {t(`secretData.to.${other}`)}
      </Button>
    </span>
  )
}
