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
  const answer = useFound(text, query)
  if (answer === null) return null
  const { found } = answer
  if (found.length === 0) return <p className="side-message">{t('outline.nothing')}</p>
  return (
    <PickList
      // Enter means what is found of all that was typed, never what was found before.
      ref={answer.query === query ? ref : null}
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

type Answer = { readonly query: string; readonly found: readonly FoundField[] }

/** The answer to the newest query; null before the first. */
function useFound(text: Text, query: string): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    let dropped = false
    void doTextTask({ kind: 'fields', text: text.toString(), query }).then(found => {
      if (!dropped) setAnswer({ query, found })
    })
    return () => {
      dropped = true
    }
  }, [text, query])
  return answer
}
