import { type DragEvent, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask } from '../../contract/browse.ts'
import { Icon } from '../parts/icon.tsx'
import { columnName } from './grid-columns.ts'
import type { GridColumn } from './list-columns.ts'

const narrowest = 48
const step = 16

type HeadProps = {
  readonly columns: readonly GridColumn[]
  readonly sort: Ask['sort']
  readonly chosen: 'none' | 'some' | 'all'
  /** Chooses all rows, or none. */
  readonly onChoose: () => void
  readonly onSort: (column: string) => void
  readonly onMove: (column: string, before: string | null) => void
  readonly onResize: (column: string, width: number | null) => void
}

/**
 * The columns' heads: a click sorts, dragging moves, the edge resizes. By keyboard: arrows walk, Enter sorts, Alt with an
 * arrow moves, Shift with an arrow resizes.
 */
export function GridHead({ columns, sort, chosen, onChoose, onSort, onMove, onResize }: HeadProps) {
  const { t } = useTranslation('list')
  const [stop, setStop] = useState(0)
  const [dropAt, setDropAt] = useState<string | null>(null)
  const head = useRef<HTMLDivElement>(null)
  const dragged = useRef<string | null>(null)
  const here = Math.min(stop, columns.length - 1)

  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const column = columns[here]
    if (by === 0 || column === undefined || event.ctrlKey || event.metaKey) return
    if (event.target instanceof Element && event.target.matches('.head-check')) return
    event.preventDefault()
    if (event.altKey) moveBy(column, by)
    else if (event.shiftKey) onResize(column.id, Math.max(narrowest, widthOf(event) + by * step))
    else walkTo(here + by)
  }
  function walkTo(place: number): void {
    const next = Math.max(0, Math.min(columns.length - 1, place))
    setStop(next)
    head.current?.querySelectorAll<HTMLElement>('.head-button')[next]?.focus()
  }
  function moveBy({ id }: GridColumn, by: number): void {
    const to = here + by
    if (to < 0 || to >= columns.length) return
    onMove(id, columns[by > 0 ? to + 1 : to]?.id ?? null)
    setStop(to)
  }
  function drop(event: DragEvent): void {
    event.preventDefault()
    const { current: id } = dragged
    if (id !== null && dropAt !== null && dropAt !== id) onMove(id, dropAt === end ? null : dropAt)
    setDropAt(null)
  }
  // Before the column whose first half the pointer is over, else after it.
  function dragOver(event: DragEvent, place: number): void {
    if (dragged.current === null) return
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    const after = event.clientX > box.left + box.width / 2
    setDropAt(columns[after ? place + 1 : place]?.id ?? end)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: see the row group below it.
    <div className="grid-head" role="rowgroup">
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the buttons inside take the focus. */}
      <div
        className="grid-line"
        role="row"
        aria-rowindex={1}
        ref={head}
        data-drop-end={dropAt === end || undefined}
        onKeyDown={press}
        onDrop={drop}
        onDragLeave={event => event.currentTarget === event.target && setDropAt(null)}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the box inside takes the focus. */}
        <div className="row-check" role="columnheader" aria-colindex={1}>
          <input
            type="checkbox"
            className="head-check"
            aria-label={t(chosen === 'none' ? 'choose.all' : 'choose.none')}
            checked={chosen === 'all'}
            ref={box => {
              if (box !== null) box.indeterminate = chosen === 'some'
            }}
            onChange={onChoose}
          />
        </div>
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
              aria-colindex={place + 2}
              data-numeric={column.numeric || undefined}
              data-drop={dropAt === column.id || undefined}
              onDragOver={event => dragOver(event, place)}
            >
              <button
                type="button"
                className="head-button"
                tabIndex={place === here ? 0 : -1}
                title={column.description || undefined}
                draggable
                onDragStart={event => {
                  dragged.current = column.id
                  event.dataTransfer.effectAllowed = 'move'
                }}
                onDragEnd={() => {
                  dragged.current = null
                  setDropAt(null)
                }}
                onFocus={() => setStop(place)}
                onClick={() => onSort(column.id)}
              >
                <span className="head-name">{columnTitle(column, t)}</span>
                {sorted && <Icon name={sort.descending ? 'down' : 'up'} />}
              </button>
              <ColumnEdge onWidth={width => onResize(column.id, width)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

// Stands for "after the last column" while one is dragged; no column is called that.
const end = '\0end'

/** The edge by which a column is made wider; a double click gives it the width that its rows want. By keyboard the head does it. */
function ColumnEdge({ onWidth }: { readonly onWidth: (width: number | null) => void }) {
  function begin(event: PointerEvent<HTMLSpanElement>): void {
    event.preventDefault()
    const edge = event.currentTarget
    const width = edge.parentElement?.getBoundingClientRect().width ?? narrowest
    const from = event.clientX
    edge.setPointerCapture(event.pointerId)
    edge.onpointermove = move => onWidth(Math.max(narrowest, Math.round(width + move.clientX - from)))
    edge.onlostpointercapture = () => {
      edge.onpointermove = null
    }
  }
  return <span className="column-edge" aria-hidden="true" onPointerDown={begin} onDoubleClick={() => onWidth(null)} />
}

function widthOf(event: KeyboardEvent): number {
  const cell = event.target instanceof Element ? event.target.closest('.grid-cell') : null
  return Math.round(cell?.getBoundingClientRect().width ?? narrowest)
}

type OwnTitle = 'columns.context' | 'columns.namespace' | 'columns.changed' | 'columns.by'

/** What a column is called on screen: the server's own names stay as they are, as in kubectl; only what we add is translated. */
export function columnTitle(column: GridColumn, t: (key: OwnTitle) => string): string {
  switch (column.kind) {
    case 'context':
    case 'namespace':
    case 'changed':
    case 'by':
      return t(`columns.${column.kind}`)
    default:
      return columnName(column)
  }
}
