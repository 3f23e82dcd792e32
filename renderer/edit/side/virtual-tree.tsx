import './virtual-tree.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react'
import { Icon } from '../../parts/icon.tsx'

/** A row of a tree; rows stand in the order in which they are seen. */
export type TreeRow = {
  readonly id: string
  /** From 1. */
  readonly level: number
  /** Null of a row with nothing below it. */
  readonly open: boolean | null
}

const rowHeight = 24
const page = 10

/** A tree whose rows are drawn as far as they are in sight. Arrow keys walk, open and close; Enter runs the row. */
export function VirtualTree<Row extends TreeRow>({
  label,
  rows,
  active,
  onActive,
  onToggle,
  onRun,
  onPick = onRun,
  nameOf,
  children,
}: {
  readonly label: string
  readonly rows: readonly Row[]
  /** The id of the row that the keys are at; it is brought into sight whenever it changes. */
  readonly active: string | null
  readonly onActive: (row: Row) => void
  readonly onToggle: (row: Row) => void
  readonly onRun: (row: Row) => void
  /** What a click and Space do, where that is something else. */
  readonly onPick?: (row: Row) => void
  /** What a screen reader says of a row where that is not what is drawn. */
  readonly nameOf?: (row: Row) => string
  readonly children: (row: Row) => ReactNode
}) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => rows[index]?.id ?? index,
    overscan: 12,
  })
  const at = rows.findIndex(row => row.id === active)
  const show = useEffectEvent(() => {
    const [first, last] = [virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 0]
    const isNear = at >= first - 1 && at <= last + 1
    if (at >= 0) virtual.scrollToIndex(at, { align: isNear ? 'auto' : 'center' })
  })
  // Only where another row is the active one.
  useEffect(() => show(), [active])

  function press(event: KeyboardEvent): void {
    const row = rows[at]
    const to = target(event.key, at, rows)
    if (to !== null) onActive(to)
    else if (row === undefined) return
    else if (event.key === 'ArrowRight' && row.open === false) onToggle(row)
    else if (event.key === 'ArrowLeft' && row.open === true) onToggle(row)
    else if (event.key === 'Enter') onRun(row)
    else if (event.key === ' ') onPick(row)
    else return
    event.preventDefault()
  }

  function click({ target: clicked }: MouseEvent): void {
    const row =
      clicked instanceof Element ? rows[Number(clicked.closest('[data-row]')?.getAttribute('data-row'))] : null
    if (!row || !(clicked instanceof Element)) return
    onActive(row)
    if (clicked.closest('.tree-toggle') !== null && row.open !== null) onToggle(row)
    else onPick(row)
  }

  const drawn = virtual.getVirtualItems()
  const isDrawn = drawn.some(({ index }) => index === at)
  return (
    <div
      className="tree"
      role="tree"
      aria-label={label}
      aria-activedescendant={isDrawn ? `${id}-${at}` : undefined}
      tabIndex={0}
      ref={scroller}
      onKeyDown={press}
      onMouseDown={keepFocus}
      onClick={click}
    >
      <div className="tree-all" role="none" style={{ blockSize: virtual.getTotalSize() }}>
        {drawn.map(({ index, start, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={key}
              id={`${id}-${index}`}
              data-row={index}
              className="tree-row"
              role="treeitem"
              // The tree has the focus and tells its active row.
              tabIndex={-1}
              aria-level={row.level}
              aria-label={nameOf?.(row)}
              aria-selected={index === at}
              {...(row.open === null ? {} : { 'aria-expanded': row.open })}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: `${(row.level - 1) * 14 + 4}px` }}
            >
              <span className="tree-toggle" data-open={row.open ?? undefined}>
                {row.open !== null && <Icon name="chevron" />}
              </span>
              {children(row)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** A row that is clicked does not take the focus from its tree: it goes as soon as it is out of sight. */
function keepFocus(event: MouseEvent<HTMLElement>): void {
  if (!(event.target instanceof Element) || event.target.closest('[data-row]') === null) return
  event.preventDefault()
  event.currentTarget.focus()
}

/** The row that a key leads to; null where it leads to none. */
function target<Row extends TreeRow>(key: string, at: number, rows: readonly Row[]): Row | null {
  const row = rows[at]
  const bounded = (index: number) => rows[Math.min(rows.length - 1, Math.max(0, index))] ?? null
  if (key === 'ArrowDown') return bounded(at + 1)
  if (key === 'ArrowUp') return bounded(at - 1)
  if (key === 'PageDown') return bounded(at + page)
  if (key === 'PageUp') return bounded(at - page)
  if (key === 'Home') return bounded(0)
  if (key === 'End') return bounded(rows.length - 1)
  if (row === undefined) return null
  if (key === 'ArrowRight' && row.open === true) return bounded(at + 1)
  if (key !== 'ArrowLeft' || row.open === true) return null
  return rows.slice(0, at).findLast(({ level }) => level < row.level) ?? null
}
