import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Ask, Row, Scope, ViewState } from '../../contract/browse.ts'
import type { ListLook } from '../../contract/list-settings.ts'
import type { ObjectTarget } from '../../contract/object.ts'
import { gridTracks, growWidths, type Widths } from './grid-columns.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow, SkeletonRow } from './grid-row.tsx'
import type { GridColumn } from './list-columns.ts'
import { type Cursor, cursorIndex, indexAfterKey, windowAround } from './selection.ts'
import type { Choosing } from './use-chosen.ts'

const rowHeight = 30
const headHeight = 30

/** What others may do with the grid: put the focus into it, and ask which row the cursor is on. */
export type GridHandle = { readonly focus: () => void; readonly row: () => Row | null }

/** Where a row's menu was asked for: in pixels of the window, and over which column, if any. */
export type MenuPlace = {
  readonly row: Row
  readonly x: number
  readonly y: number
  readonly column: GridColumn | null
}

type GridProps = {
  readonly label: string
  readonly scope: Scope
  readonly list: ViewState
  readonly columns: readonly GridColumn[]
  /** Widths in pixels that the person chose, by column. */
  readonly widths: ListLook['widths']
  readonly sort: Ask['sort']
  readonly choosing: Choosing
  readonly handle: RefObject<GridHandle | null>
  /** The object that is on screen beside the list: its row is marked. */
  readonly openTarget: ObjectTarget | null
  readonly onSort: (column: string) => void
  readonly onMove: (column: string, before: string | null) => void
  /** Null for the width that the rows want. */
  readonly onResize: (column: string, width: number | null) => void
  readonly onWindow: (window: Ask['window']) => void
  readonly onOpen: (row: Row) => void
  readonly onMenu: (place: MenuPlace) => void
}

/**
 * The objects of a list. Only the window's rows are held; scrolling asks for others by `onWindow`. The cursor is an
 * active descendant: the grid itself keeps the focus, so that rows may come and go.
 */
export function ObjectGrid(props: GridProps) {
  const { label, scope, list, columns, widths, sort, choosing, handle, openTarget, onWindow, onOpen, onMenu } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState<Cursor | null>(null)
  const { tracks, least } = gridTracks(columns, useWidths(columns, list.window.rows), widths)
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

  const index = cursorIndex(cursor, list)
  const rowAt = (at: number | null): Row | null =>
    at === null ? null : (list.window.rows[at - list.window.start] ?? null)
  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus(), row: () => rowAt(index) }))

  function press(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.altKey) return
    const inSight = Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight)
    const mod = event.ctrlKey || event.metaKey
    const next = mod ? null : indexAfterKey(event.key, index, list.matched, inSight)
    const row = rowAt(index)
    if (next !== null) moveTo(next, event.shiftKey)
    else if (mod && event.key.toLowerCase() === 'a') choosing.all()
    else if (mod) return
    else if (event.key === 'Escape' && choosing.keys.size > 0) choosing.clear()
    else if (row === null || index === null) return
    else if (event.key === ' ') choosing.toggle({ key: row.key, index })
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(row, index)
    else if (event.key === 'Enter') onOpen(row)
    else return
    event.preventDefault()
  }
  function moveTo(next: number, choose: boolean): void {
    const to = { key: rowAt(next)?.key ?? '', index: next }
    setCursor(to)
    virtual.scrollToIndex(next)
    if (choose) choosing.extend(next)
    else choosing.anchor(to)
  }
  function openMenu(row: Row, at: number): void {
    const box = document.getElementById(rowId(at))?.getBoundingClientRect()
    onMenu({ row, x: (box?.left ?? 0) + 48, y: box?.bottom ?? 0, column: null })
  }
  function pick(event: MouseEvent): void {
    const at = rowIndexAt(event)
    const row = rowAt(at)
    if (at === null || row === null) return
    const here = { key: row.key, index: at }
    scroller.current?.focus()
    setCursor(here)
    if (event.shiftKey) choosing.extend(at)
    else if (event.ctrlKey || event.metaKey || isWithin(event, '.row-check')) choosing.toggle(here)
    else {
      choosing.anchor(here)
      // Text of a cell that was just marked, to be copied, opens nothing.
      if (getSelection()?.isCollapsed !== false) onOpen(row)
    }
  }
  function askMenu(event: MouseEvent): void {
    const at = rowIndexAt(event)
    const row = rowAt(at)
    // With Shift the browser's own menu comes.
    if (at === null || row === null || event.shiftKey) return
    event.preventDefault()
    setCursor({ key: row.key, index: at })
    // As everywhere: the menu of what is not selected is of that alone.
    if (!choosing.keys.has(row.key)) choosing.clear()
    const place = isWithin(event, '.grid-cell')?.getAttribute('aria-colindex')
    onMenu({ row, x: event.clientX, y: event.clientY, column: columns[Number(place ?? 0) - 2] ?? null })
  }

  // A cursor that was moved beyond the window takes the key of the row once it is there.
  const landed = rowAt(index)?.key
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
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={rowAt(index) === null ? undefined : rowId(index ?? 0)}
      data-choosing={choosing.keys.size > 0 || undefined}
      onKeyDown={press}
      onFocus={event => {
        if (event.target !== event.currentTarget || list.matched === 0 || cursor !== null) return
        const begin = { key: rowAt(0)?.key ?? '', index: 0 }
        setCursor(begin)
        choosing.anchor(begin)
      }}
      style={
        { '--columns': tracks, '--least': least, '--rows': `${virtual.getTotalSize()}px` } as Record<string, string>
      }
    >
      <GridHead
        columns={columns}
        sort={sort}
        chosen={choosing.keys.size === 0 ? 'none' : choosing.keys.size >= list.matched ? 'all' : 'some'}
        onChoose={choosing.keys.size === 0 ? choosing.all : choosing.clear}
        onSort={props.onSort}
        onMove={props.onMove}
        onResize={props.onResize}
      />
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents: rows are placed by hand, which a table's parts do not allow; the grid has the keys. */}
      <div
        className="grid-rows"
        role="rowgroup"
        onMouseDown={event => {
          // Choosing rows marks no text.
          if (event.shiftKey) event.preventDefault()
        }}
        onClick={pick}
        onContextMenu={askMenu}
      >
        {items.map(item => {
          const row = rowAt(item.index)
          if (row === null)
            return <SkeletonRow key={`at ${item.index}`} top={item.start} columns={columns} index={item.index} />
          const isCurrent = item.index === index
          return (
            <GridRow
              key={row.key}
              id={rowId(item.index)}
              row={row}
              scope={scope}
              columns={columns}
              index={item.index}
              top={item.start}
              current={isCurrent}
              chosen={choosing.keys.has(row.key)}
              // What acts on rows acts on the chosen ones, else on the cursor's.
              selected={choosing.keys.size === 0 ? isCurrent : choosing.keys.has(row.key)}
              opened={isTarget(row, openTarget)}
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

function isWithin(event: MouseEvent, selector: string): Element | null {
  return event.target instanceof Element ? event.target.closest(selector) : null
}

/** The index of the row that was clicked. */
function rowIndexAt(event: MouseEvent): number | null {
  const row = isWithin(event, '.grid-row')?.getAttribute('aria-rowindex')
  return row == null ? null : Number(row) - 2
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
