import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Owner, RevertedField } from '../../contract/converge.ts'
import { AddressLink } from '../app/address-link.tsx'

const mostTold = 3

/** Who has changed what was submitted, and what can be done: look at what writes the object, or edit again. */
export function RevertedFields({
  reverted,
  owners,
  onEditAgain,
}: {
  readonly reverted: readonly RevertedField[]
  readonly owners: readonly Owner[]
  readonly onEditAgain: () => void
}) {
  const { t } = useTranslation('converge')
  const say = useRevertedWords()
  const rest = reverted.length - mostTold
  return (
    <div className="converge-reverted">
      <div role="status">
        {reverted.slice(0, mostTold).map(field => (
          <p key={field.path}>{say(field)}</p>
        ))}
        {rest > 0 && <p>{t('reverted.more', { count: rest })}</p>}
        {owners.map(
          ({ kind, name, target }) =>
            target === null && <p key={`${kind} ${name}`}>{t('reverted.owner', { kind, name })}</p>,
        )}
      </div>
      {owners.map(
        ({ kind, name, target }) =>
          target !== null && (
            <AddressLink key={`${kind} ${name}`} className="button button-small" to={{ kind: 'edit', target }}>
              {t('reverted.open', { kind, name })}
            </AddressLink>
          ),
      )}
      <Button className="button button-small" onPress={onEditAgain}>
        {t('reverted.again')}
      </Button>
    </div>
  )
}

function useRevertedWords(): (field: RevertedField) => string {
  const { t } = useTranslation('converge')
  return ({ path, after, manager, back }) => {
    const who = manager ?? t('reverted.unknown')
    if (after === null) return t('reverted.removed', { who, path })
    // One line: the whole value stands in the text once it is taken in.
    const value = after.length > 60 ? `${after.slice(0, 60)}…` : after
    return back ? t('reverted.back', { who, path, value }) : t('reverted.changed', { who, path, value })
  }
}
