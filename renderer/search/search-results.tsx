import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Found } from '../../contract/search.ts'
import { type ObjectAddress, useRouter } from '../app/router.ts'
import { ageAt } from '../browse/age.ts'
import { ContextName } from '../browse/grid-row.tsx'
import { indexAfterKey } from '../browse/selection.ts'
import { Marked, placesOf } from '../parts/marked.tsx'
import { useNow } from '../parts/use-now.ts'

const rowHeight = 30

/** What the search field can do with the results while it keeps the focus. */
export type ResultsHandle = {
  /** Walks and opens by keys; false for a key that means nothing here. */
  readonly press: (key: string) => boolean
}

/** The objects that were found, best first. The field above keeps the focus; here is what its arrows walk through. */
export function SearchResults({
  ref,
  id,
  found,
  words,
  isCurrent,
  onCurrent,
}: {
  readonly ref: Ref<ResultsHandle>
  /** Of the list; each row's is made from it. */
  readonly id: string
  readonly found: readonly Found[]
  readonly words: readonly string[]
  /** False while these are the results of what was typed before. */
  readonly isCurrent: boolean
  /** Told the id of the row that the keys are at. */
  readonly onCurrent: (id: string) => void
}) {
  const { t } = useTranslation('search')
  const router = useRouter()
  const scroller = useRef<HTMLDivElement>(null)
  // The object, not its place: better ones may come above it while one is looking.
  const [chosen, setChosen] = useState<string | null>(null)
  const at = Math.max(
    0,
    found.findIndex(one => one.key === chosen),
  )
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  function press(key: string): boolean {
    const current = found[at]
    if (key === 'Enter' && current !== undefined) router.showObject(addressOf(current))
    else {
      const next = key === 'Home' || key === 'End' ? null : indexAfterKey(key, at, found.length, 12)
      if (next === null) return false
      setChosen(found[next]?.key ?? null)
      virtual.scrollToIndex(next)
    }
    return true
  }
  useImperativeHandle(ref, () => ({ press }))
  useEffect(() => onCurrent(`${id}-${at}`), [onCurrent, id, at])

  return (
    <div
      id={id}
      className="search-results"
      role="listbox"
      aria-label={t('results')}
      tabIndex={-1}
      data-old={!isCurrent || undefined}
      ref={scroller}
    >
      <div className="search-rows" role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const one = found[index]
          if (one === undefined) return null
          const position = { id: `${id}-${index}`, index, of: found.length, top: start }
          return <Row key={key} found={one} position={position} words={words} current={index === at} />
        })}
      </div>
    </div>
  )
}

function Row({
  found,
  position,
  words,
  current,
}: {
  readonly found: Found
  /** `top` in pixels from the first row's upper edge. */
  readonly position: { readonly id: string; readonly index: number; readonly of: number; readonly top: number }
  readonly words: readonly string[]
  readonly current: boolean
}) {
  const { t } = useTranslation('search')
  const router = useRouter()
  const [context = '', ...others] = found.contexts
  const foreign = found.group.includes('.') && !found.group.endsWith('.k8s.io')
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field keeps focus and keys.
    <div
      id={position.id}
      className="search-row"
      role="option"
      aria-selected={current}
      aria-posinset={position.index + 1}
      aria-setsize={position.of}
      data-deleting={found.deleting || undefined}
      style={{ transform: `translateY(${position.top}px)` }}
      onClick={() => router.showObject(addressOf(found))}
    >
      <span className="search-kind" title={`${found.resource}.${found.version}.${found.group}`}>
        {found.kind} {foreign && <span className="side-mark">{found.group}</span>}
      </span>
      <span className="search-name" title={found.name}>
        <Marked text={found.name} places={placesOf(found.name, words)} />
      </span>
      <span className="cell-text">{found.namespace ?? ''}</span>
      <span className="search-context">
        <ContextName name={context} />
        {others.length > 0 && (
          <span className="side-mark" title={others.join('\n')}>
            {t('more', { count: others.length })}
          </span>
        )}
      </span>
      <Age created={found.created} />
    </div>
  )
}

function Age({ created }: { readonly created: string | null }) {
  const age = useNow(now => (created === null ? '' : ageAt(created, now)))
  return (
    <span className="cell-text" title={created ?? undefined}>
      {age}
    </span>
  )
}

/** The page of an object that was found, through the first context that shows it. */
export function addressOf({ contexts, group, version, resource, namespace, name }: Found): ObjectAddress {
  const [context = ''] = contexts
  return { kind: 'object', target: { context, group, version, resource, namespace, name }, section: null }
}
