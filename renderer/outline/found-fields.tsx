import type { Text } from '@codemirror/state'
import { type Ref, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PickList, type PickListHandle } from '../edit/side/pick-list.tsx'
import { doTextTask } from '../edit/text-worker.ts'
import { Marked } from '../parts/marked.tsx'
import type { FoundField } from './find-fields.ts'

/** The fields of a text that a query means, to go to. */
export function FoundFields({
  ref,
  text,
  query,
  onGo,
}: {
  readonly ref: Ref<PickListHandle>
  readonly text: Text
  readonly query: string
  readonly onGo: (offset: number) => void
}) {
  const { t } = useTranslation('side')
  const found = useFound(text, query)
  if (found === null) return null
  if (found.length === 0) return <p className="side-message">{t('outline.nothing')}</p>
  return (
    <PickList
      ref={ref}
      label={t('outline.found')}
      items={found}
      keyOf={({ from }) => from}
      onPick={({ from }) => onGo(from)}
    >
      {({ label, places, value }) => (
        <div className="found-field">
          <span className="row-key">
            <Marked text={label} places={places} />
          </span>
          <span className="row-value">{value}</span>
        </div>
      )}
    </PickList>
  )
}

/** The answer to the newest query; null before the first. */
function useFound(text: Text, query: string): readonly FoundField[] | null {
  const [found, setFound] = useState<readonly FoundField[] | null>(null)
  useEffect(() => {
    let dropped = false
    void doTextTask({ kind: 'fields', text: text.toString(), query }).then(answer => {
      if (!dropped) setFound(answer)
    })
    return () => {
      dropped = true
    }
  }, [text, query])
  return found
}
