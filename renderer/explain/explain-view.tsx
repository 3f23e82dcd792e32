import './explain.css'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import type { IndexPath } from '../../core/path.ts'
import type { PickListHandle } from '../edit/side/pick-list.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { FieldDoc } from './field-doc.tsx'
import { type FoundKindField, fieldsOfKind, searchFields } from './field-list.ts'
import { FieldPath } from './field-path.tsx'
import { FieldTree } from './field-tree.tsx'
import { FoundKindFields } from './found-kind-fields.tsx'
import { UnknownField } from './unknown-field.tsx'
import type { SchemaSource } from './use-edit-schema.ts'
import type { VisitEvent, Visits } from './use-visits.ts'

/** The kind whose fields are explained; `others` are its other served versions. */
export type ExplainedKind = {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly others: readonly string[]
}

/** What can be done with a field in the text beside. Any item and any key mean the first one there is. */
export type TextBeside = {
  readonly has: (path: IndexPath) => boolean
  /** Whether the cursor stands there. */
  readonly isAt: (path: IndexPath) => boolean
  readonly goTo: (path: IndexPath, focus: boolean) => void
  /** Puts a field into the text; false where it cannot stand there. Null where nothing may be typed. */
  readonly insert: ((path: IndexPath) => boolean) | null
}

/** A kind's fields: the documentation of one, those below it, and a search over all. */
export function ExplainView({
  kind,
  source,
  root,
  visits,
  step,
  entered,
  text,
}: {
  readonly kind: ExplainedKind
  /** Where the schemas of its other versions are asked for. */
  readonly source: SchemaSource
  readonly root: FieldSchema
  readonly visits: Visits
  readonly step: (event: VisitEvent) => void
  /** Rises each time that the focus shall go to the documentation. */
  readonly entered: number
  /** The text whose cursor the documentation follows; null where there is none. */
  readonly text: TextBeside | null
}) {
  const { t } = useTranslation('explain')
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query)
  const results = useRef<PickListHandle>(null)
  const isSearching = asked.trim() !== ''
  const fields = useMemo(() => (isSearching ? fieldsOfKind(root) : []), [root, isSearching])
  const found = useMemo(() => searchFields(fields, asked), [fields, asked])
  const path = visits.places[visits.at] ?? []
  const field = fieldAt(root, path)
  const view = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (entered > 0) view.current?.querySelector<HTMLElement>('.explain-doc')?.focus()
  }, [entered])
  const show = (next: IndexPath) => step({ kind: 'show', path: next })

  function choose(one: FoundKindField): void {
    setQuery('')
    show(one.path)
    if (text?.has(one.path)) text.goTo(one.path, false)
  }
  function press(event: KeyboardEvent): void {
    if (event.key === 'Escape' && query !== '') {
      event.preventDefault()
      setQuery('')
    } else results.current?.press(event)
  }

  return (
    <div className="explain" ref={view}>
      <div className="explain-bar">
        <input
          className="field"
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={query}
          onChange={event => setQuery(event.target.value)}
          onKeyDown={press}
        />
        <IconButton
          icon="back"
          label={t('back')}
          isDisabled={visits.at === 0}
          onPress={() => step({ kind: 'step', by: -1 })}
        />
        <IconButton
          icon="forward"
          label={t('forward')}
          isDisabled={visits.at === visits.places.length - 1}
          onPress={() => step({ kind: 'step', by: 1 })}
        />
        {text !== null && (
          <IconButton
            icon="pin"
            label={t(visits.pinned ? 'unpin' : 'pin')}
            pressed={visits.pinned}
            onPress={() => step({ kind: 'pin' })}
          />
        )}
      </div>
      {!isSearching ? (
        <>
          <FieldPath kind={kind.kind} root={root} path={path} onShow={show} />
          {field === null ? (
            <UnknownField root={root} path={path} onShow={show} />
          ) : (
            <>
              <FieldDoc kind={kind} source={source} root={root} path={path} field={field} text={text} onShow={show} />
              <FieldTree path={path} field={field} text={text} onShow={show} />
            </>
          )}
        </>
      ) : (
        <FoundKindFields ref={results} found={found} total={fields.length} onChoose={choose} />
      )}
    </div>
  )
}
