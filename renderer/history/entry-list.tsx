import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryRow, HistoryState } from '../../contract/history.ts'
import { indexAfterKey, windowAround } from '../browse/selection.ts'
import { EntryRow } from './entry-row.tsx'
import { useDays } from './moments.ts'

const rowHeight = 52
const dayHeight = 32

/**
 * The submits of a list, day by day. Only the window's rows are held; scrolling asks for others. The cursor is an active
 * descendant: the list itself keeps the focus.
 */
export function EntryList({
  list,
  busy,
  handle,
  selected,
  onSelected,
  onWindow,
  onOpen,
}: {
  readonly list: HistoryState
  /** Another list was asked for; this one is still shown. */
  readonly busy: boolean
  readonly handle: RefObject<HTMLDivElement | null>
  readonly selected: ReadonlySet<string>
  readonly onSelected: (selected: ReadonlySet<string>) => void
  readonly onWindow: (window: { readonly start: number; readonly count: number }) => void
  readonly onOpen: (id: string) => void
}) {
  const { t } = useTranslation('history')
  const days = useDays()
  // By its id once it was moved: what is submitted meanwhile comes in above it.
  const [cursor, setCursor] = useState<{ readonly id: string | null; readonly index: number }>({ id: null, index: 0 })
  const ids = useId()
  const { rows, start } = list.window
  const rowAt = (index: number): HistoryRow | undefined => rows[index - start]
  // The first row of a day says which; of a row above the window nothing is known, so it begins none.
  const dayOf = (index: number): string | null => {
    const row = rowAt(index)
    if (row === undefined) return null
    const above = rowAt(index - 1)
    if (index > 0 && above === undefined) return null
    const day = days.day(row.sent)
    return above !== undefined && days.day(above.sent) === day ? null : day
  }
  // The react compiler's rule does not apply: the library's own hook says what changed.
  const virtual = useVirtualizer({
    count: list.matched,
    getScrollElement: () => handle.current,
    estimateSize: index => rowHeight + (dayOf(index) === null ? 0 : dayHeight),
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const wanted = JSON.stringify(windowAround(items[0]?.index ?? 0, items.at(-1)?.index ?? 0))
  useEffect(() => onWindow(JSON.parse(wanted)), [wanted, onWindow])
  const found = rows.findIndex(({ id }) => id === cursor.id)
  const at = found === -1 ? Math.min(cursor.index, list.matched - 1) : start + found

  function toggle(id: string): void {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelected(next)
  }
  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = indexAfterKey(event.key, at, list.matched, 8)
    const row = rowAt(at)
    if (next !== null) {
      setCursor({ id: rowAt(next)?.id ?? null, index: next })
      virtual.scrollToIndex(next)
    } else if (event.key === 'Enter' && row !== undefined) onOpen(row.id)
    else if (event.key === ' ' && row !== undefined) toggle(row.id)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={handle}
      className="entries"
      role="listbox"
      aria-label={t('list.label')}
      aria-description={t('list.keys')}
      aria-multiselectable="true"
      aria-busy={busy}
      aria-activedescendant={rowAt(at) === undefined ? undefined : `${ids}-${at}`}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className="entries-all" role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
        {items.map(({ index, start: offset, key }) => {
          const row = rowAt(index)
          const day = dayOf(index)
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="entry-place"
              role="presentation"
              style={{ transform: `translateY(${offset}px)` }}
            >
              {day !== null && (
                <div className="entry-day" aria-hidden="true">
                  {day}
                </div>
              )}
              {row === undefined ? (
                <div className="entry-row" role="presentation" />
              ) : (
                <EntryRow
                  id={`${ids}-${index}`}
                  row={row}
                  position={{ index, of: list.matched }}
                  current={index === at}
                  selected={selected.has(row.id)}
                  onToggle={() => toggle(row.id)}
                  onOpen={() => {
                    setCursor({ id: row.id, index })
                    onOpen(row.id)
                  }}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
