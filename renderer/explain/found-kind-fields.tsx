import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { PickList, type PickListHandle } from '../edit/side/pick-list.tsx'
import { Marked } from '../parts/marked.tsx'
import { firstSentence } from './description.ts'
import type { FoundKindField } from './field-list.ts'
import { typeWords } from './field-words.ts'

/** The fields of a kind that a search found. */
export function FoundKindFields({
  ref,
  found,
  total,
  onChoose,
}: {
  readonly ref: Ref<PickListHandle>
  readonly found: readonly FoundKindField[]
  /** How many were looked through. */
  readonly total: number
  readonly onChoose: (field: FoundKindField) => void
}) {
  const { t } = useTranslation('explain')
  if (found.length === 0) return <p className="side-message">{t('nothingFound', { count: total })}</p>
  return (
    <PickList ref={ref} label={t('found')} items={found} keyOf={({ label }) => label} onPick={onChoose}>
      {({ label, places, field }) => (
        <>
          <div className="found-field">
            <span className="row-key">
              <Marked text={label} places={places} />
            </span>
            <code className="explain-row-type">{typeWords(field)}</code>
          </div>
          <div className="found-words" lang="en">
            {firstSentence(field.description)}
          </div>
        </>
      )}
    </PickList>
  )
}
