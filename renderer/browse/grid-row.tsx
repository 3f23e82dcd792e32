import { memo } from 'react'
import type { Row, Scope } from '../../contract/browse.ts'
import type { EditTarget } from '../../contract/edit.ts'
import type { ObjectTarget } from '../../contract/object.ts'
import { AddressLink } from '../app/address-link.tsx'
import { GuardMark, LockIcon } from '../guards/guard-mark.tsx'
import { useGuard } from '../guards/use-guard.ts'
import { Icon } from '../parts/icon.tsx'
import { LongName } from '../parts/long-name.tsx'
import { useNow } from '../parts/use-now.ts'
import { ageAt } from './age.ts'
import { cellText } from './grid-columns.ts'
import type { GridColumn } from './list-columns.ts'
import { cellTone } from './status-tone.ts'

/** The object of a row. */
export function rowObject({ group, version, resource }: Scope, { context, namespace, name }: Row): ObjectTarget {
  return { context, group, version, resource, namespace, name }
}

/** What an edit of a row's object is of. */
export function rowTarget(scope: Scope, row: Row): EditTarget {
  return { ...rowObject(scope, row), subresource: null }
}

type RowProps = {
  readonly id: string
  readonly row: Row
  readonly scope: Scope
  readonly columns: readonly GridColumn[]
  readonly index: number
  /** Pixels from the first row's upper edge. */
  readonly top: number
  /** The cursor is on it. */
  readonly current: boolean
  readonly chosen: boolean
  /** What acts on the selection acts on it. */
  readonly selected: boolean
  readonly opened: boolean
}

/** One object. Drawn anew only when what it shows changed, not with every state of the list; the grid hears its clicks. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { id, row, scope, columns, index, top, current, chosen, selected, opened } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid keeps the focus and the keys.
    <div
      id={id}
      className="grid-line grid-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-current={current || undefined}
      data-chosen={chosen || undefined}
      data-opened={opened || undefined}
      data-deleting={row.deleting || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the row tells whether it is selected. */}
      <div className="row-check" role="gridcell" aria-colindex={1}>
        <span className="row-box">{chosen && <Icon name="check" />}</span>
      </div>
      {columns.map((column, place) => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: cells of a grid whose focus stays with it.
        <div
          key={column.id}
          className="grid-cell"
          role="gridcell"
          aria-colindex={place + 2}
          data-kind={column.kind}
          data-numeric={column.numeric || undefined}
        >
          <Cell column={column} row={row} scope={scope} />
        </div>
      ))}
    </div>
  )
}, sameRow)

function Cell({ column, row, scope }: { readonly column: GridColumn; readonly row: Row; readonly scope: Scope }) {
  const text = cellText(column, row)
  if (column.kind === 'name') {
    return (
      <AddressLink
        className="name-link"
        to={{ kind: 'object', target: rowObject(scope, row), section: null }}
        tabIndex={-1}
        title={text}
        // Clicks are the row's, with Ctrl and Shift too; the wheel's button opens the link elsewhere, as ever.
        onClick={event => event.preventDefault()}
      >
        {text}
      </AddressLink>
    )
  }
  if (column.kind === 'age') return <Age time={row.created} fallback={text} />
  if (column.kind === 'changed') return <Age time={row.changed} fallback="" />
  if (column.kind === 'context') return <ContextName name={text} />
  const tone = column.kind === 'server' ? cellTone(column.id, row.cells[column.cell] ?? null) : null
  return (
    <span className="cell-text" data-tone={tone ?? undefined} title={text.length > 16 ? text : undefined}>
      {text}
    </span>
  )
}

function Age({ time, fallback }: { readonly time: string | null; readonly fallback: string }) {
  const age = useNow(now => (time === null ? fallback : ageAt(time, now)))
  return (
    <span className="cell-text" title={time === null ? undefined : new Date(time).toLocaleString()}>
      {age}
    </span>
  )
}

/** A context's name with its guard's colour, else with one of its own, the same wherever it stands. */
export function ContextName({ name }: { readonly name: string }) {
  const { colour } = useGuard(name)
  return (
    <span className="cell-text context-name" title={name}>
      {colour === null ? (
        <span className="context-colour" style={{ '--hue': hueOf(name) } as Record<string, number>} />
      ) : (
        <GuardMark context={name} />
      )}
      <LongName name={name} />
      <LockIcon context={name} />
    </span>
  )
}

/** A hue (degrees) for a name: the same name always gets the same. */
export function hueOf(name: string): number {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 9973
  // Steps of the golden angle keep similar names apart.
  return Math.round((hash * 137.508) % 360)
}

/** A row that is in sight before the host has answered with it. */
export function SkeletonRow({
  top,
  columns,
  index,
}: {
  readonly top: number
  readonly columns: readonly GridColumn[]
  readonly index: number
}) {
  return (
    <div className="grid-line grid-row" aria-hidden="true" style={{ transform: `translateY(${top}px)` }}>
      <span className="row-check" />
      {columns.map((column, place) => (
        <div key={column.id} className="grid-cell">
          <span className="skeleton" style={{ inlineSize: `${40 + ((index * 7 + place * 13) % 5) * 10}%` }} />
        </div>
      ))}
    </div>
  )
}

function sameRow(a: RowProps, b: RowProps): boolean {
  return (
    a.id === b.id &&
    a.index === b.index &&
    a.top === b.top &&
    a.current === b.current &&
    a.chosen === b.chosen &&
    a.selected === b.selected &&
    a.opened === b.opened &&
    a.columns === b.columns &&
    a.scope === b.scope &&
    a.row.deleting === b.row.deleting &&
    a.row.created === b.row.created &&
    a.row.changed === b.row.changed &&
    a.row.changedBy === b.row.changedBy &&
    a.row.changedIn === b.row.changedIn &&
    a.row.name === b.row.name &&
    a.row.cells.length === b.row.cells.length &&
    a.row.cells.every((cell, place) => cell === b.row.cells[place]) &&
    a.row.labels.length === b.row.labels.length &&
    a.row.labels.every((label, place) => label === b.row.labels[place])
  )
}
