import type { Text } from '@codemirror/state'
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { doTextTask } from '../edit/text-worker.ts'
import { Marked } from '../parts/marked.tsx'
import type { FoundField } from './find-fields.ts'

/** What the field above the list does with it by its keys. */
export type FoundFieldsHandle = { readonly press: (event: KeyboardEvent) => void }

/** The fields of a text that a query means: a list in which Up, Down and Enter choose. */
export function FoundFields({
  ref,
  text,
  query,
  label,
  onGo,
}: {
  readonly ref?: Ref<FoundFieldsHandle>
  readonly text: Text
  readonly query: string
  readonly label: string
  readonly onGo: (offset: number) => void
}) {
  const { t } = useTranslation('side')
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const found = useFound(text, query)
  const [at, setAt] = useState(0)
  const active = Math.min(at, (found?.length ?? 1) - 1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at its best answer.
  useEffect(() => setAt(0), [query])

  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const field = found?.[active]
    if (by !== 0 && found !== null) {
      const next = Math.min(found.length - 1, Math.max(0, active + by))
      setAt(next)
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && field !== undefined) onGo(field.from)
    else return
    event.preventDefault()
  }
  function click({ target }: MouseEvent): void {
    const option = target instanceof Element ? target.closest('[data-option]') : null
    const field = option === null ? undefined : found?.[Number(option.getAttribute('data-option'))]
    if (field !== undefined) onGo(field.from)
  }
  useImperativeHandle(ref, () => ({ press }))

  if (found === null) return null
  if (found.length === 0) return <p className="side-message">{t('outline.nothing')}</p>
  return (
    <div
      className="found-fields"
      role="listbox"
      aria-label={label}
      aria-activedescendant={`${id}-${active}`}
      tabIndex={0}
      ref={list}
      onKeyDown={press}
      onClick={click}
    >
      {found.map((field, index) => (
        <div
          key={field.from}
          id={`${id}-${index}`}
          className="found-field"
          role="option"
          aria-selected={index === active}
          // The list has the focus and tells its active option.
          tabIndex={-1}
          data-option={index}
        >
          <span className="found-path">
            <Marked text={field.label} places={field.places} />
          </span>
          <span className="outline-value">{field.value}</span>
        </div>
      ))}
    </div>
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
