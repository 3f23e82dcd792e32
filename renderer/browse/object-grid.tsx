import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask, Row, Scope, ViewState } from '../../contract/browse.ts'
import type { ObjectTarget } from '../../contract/object.ts'
import { Icon } from '../parts/icon.tsx'
import { type GridColumn, gridTracks, growWidths, type Widths } from './grid-columns.ts'
import { GridRow, SkeletonRow } from './grid-row.tsx'
import { type Cursor, cursorIndex, indexAfterKey, windowAround } from './selection.ts'

const rowHeight = 30
const headHeight = 30

/** What others may do with the grid: put the focus into it. */
export type GridHandle = { readonly focus: () => void }

/**
 * The objects of a list. Only the window's rows are held; scrolling asks for others by `onWindow`. The cursor is an
 * active descendant: the grid itself keeps the focus, so that rows may come and go.
 */
export function ObjectGrid({
  label,
  scope,
  list,
  columns,
  sort,
  handle,
  openTarget,
  onSort,
  onWindow,
  onOpen,
}: {
  readonly label: string
  readonly scope: Scope
  readonly list: ViewState
  readonly columns: readonly GridColumn[]
  readonly sort: Ask['sort']
  readonly handle: RefObject<GridHandle | null>
  /** The edit that is on screen beside the list: its row is marked. */
  readonly openTarget: ObjectTarget | null
  readonly onSort: (column: string) => void
  readonly onWindow: (window: Ask['window']) => void
  readonly onOpen: (row: Row) => void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState<Cursor | null>(null)
  const widths = useWidths(columns, list.window.rows)
  const { tracks, least } = gridTracks(columns, widths)
  // The react compiler's rule does not apply: the library's own hook says what changed.
  const virtual = useVirtualizer({
    count: list.matched,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: headHeight,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const wanted = JSON.stringify(windowAround(first, last))
  useEffect(() => onWindow(JSON.parse(wanted)), [wanted, onWindow])
  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus() }), [])

  const index = cursorIndex(cursor, list)
  const rowAt = (at: number): Row | undefined => list.window.rows[at - list.window.start]

  function moveTo(next: number): void {
    setCursor({ key: rowAt(next)?.key ?? '', index: next })
    virtual.scrollToIndex(next)
  }
  function press(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const inSight = Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight)
    const next = indexAfterKey(event.key, index, list.matched, inSight)
    const row = index === null ? undefined : rowAt(index)
    if (next !== null) moveTo(next)
    else if (event.key === 'Enter' && row !== undefined) onOpen(row)
    else return
    event.preventDefault()
  }

  // A cursor that was moved beyond the window takes the key of the row once it is there.
  const landed = index === null ? undefined : rowAt(index)?.key
  if (cursor !== null && index !== null && landed !== undefined && (cursor.key !== landed || cursor.index !== index)) {
    setCursor({ key: landed, index })
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table's parts do not allow.
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={list.matched + 1}
      aria-colcount={columns.length}
      aria-activedescendant={index === null || rowAt(index) === undefined ? undefined : rowId(index)}
      onKeyDown={press}
      onFocus={event => {
        if (event.target !== event.currentTarget || list.matched === 0) return
        setCursor(before => before ?? { key: rowAt(0)?.key ?? '', index: 0 })
      }}
      style={
        { '--columns': tracks, '--least': least, '--rows': `${virtual.getTotalSize()}px` } as Record<string, string>
      }
    >
      <GridHead columns={columns} sort={sort} onSort={onSort} />
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table's parts do not allow. */}
      <div className="grid-rows" role="rowgroup">
        {items.map(item => {
          const row = rowAt(item.index)
          if (row === undefined)
            return <SkeletonRow key={`at ${item.index}`} top={item.start} columns={columns} index={item.index} />
          return (
            <GridRow
              key={row.key}
              id={rowId(item.index)}
              row={row}
              scope={scope}
              columns={columns}
              index={item.index}
              top={item.start}
              selected={item.index === index}
              opened={isTarget(row, openTarget)}
              onSelect={() => {
                setCursor({ key: row.key, index: item.index })
                scroller.current?.focus()
              }}
              onOpen={onOpen}
            />
          )
        })}
      </div>
    </div>
  )
}

function rowId(index: number): string {
  return `row-${index}`
}

function isTarget(row: Row, target: ObjectTarget | null): boolean {
  return (
    target !== null && row.name === target.name && row.namespace === target.namespace && row.context === target.context
  )
}

/** Widths grow with what was seen; other columns begin anew. */
function useWidths(columns: readonly GridColumn[], rows: readonly Row[]): Widths {
  const held = useRef<Widths>({})
  return useMemo(() => {
    held.current = growWidths(held.current, columns, rows)
    return held.current
  }, [columns, rows])
}

function GridHead({
  columns,
  sort,
  onSort,
}: {
  readonly columns: readonly GridColumn[]
  readonly sort: Ask['sort']
  readonly onSort: (column: string) => void
}) {
  const { t } = useTranslation('browse')
  const [stop, setStop] = useState(0)
  const head = useRef<HTMLDivElement>(null)
  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = Math.max(0, Math.min(columns.length - 1, stop + by))
    setStop(next)
    head.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the row group below it.
    <div className="grid-head" role="rowgroup">
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the buttons inside take the focus. */}
      <div className="grid-line" role="row" aria-rowindex={1} ref={head} onKeyDown={press}>
        {columns.map((column, place) => {
          const sorted = sort?.column === column.id
          const order = !sorted ? 'none' : sort.descending ? 'descending' : 'ascending'
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the button inside takes the focus.
            <div
              key={column.id}
              className="grid-cell"
              role="columnheader"
              aria-sort={order}
              aria-colindex={place + 1}
              data-numeric={column.numeric || undefined}
            >
              <button
                type="button"
                className="head-button"
                tabIndex={place === Math.min(stop, columns.length - 1) ? 0 : -1}
                title={column.description || undefined}
                onFocus={() => setStop(place)}
                onClick={() => onSort(column.id)}
              >
                {columnTitle(column, t)}
                {sorted && <Icon name={sort.descending ? 'down' : 'up'} />}
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}

// The server's own column names stay as they are, as in kubectl; only what we add is ours to translate.
function columnTitle(column: GridColumn, t: (key: 'columns.context' | 'columns.namespace') => string): string {
  if (column.kind === 'context') return t('columns.context')
  return column.kind === 'namespace' ? t('columns.namespace') : column.id
}
