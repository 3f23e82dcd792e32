import { memo } from 'react'
import type { Row, Scope } from '../../contract/browse.ts'
import type { EditTarget } from '../../contract/edit.ts'
import { AddressLink } from '../app/address-link.tsx'
import { GuardMark, LockIcon } from '../guards/guard-mark.tsx'
import { useGuard } from '../guards/use-guard.ts'
import { LongName } from '../parts/long-name.tsx'
import { useNow } from '../parts/use-now.ts'
import { ageAt } from './age.ts'
import { cellText, type GridColumn } from './grid-columns.ts'
import { cellTone } from './status-tone.ts'

/** What an edit of a row's object is of. */
export function rowTarget(scope: Scope, row: Row): EditTarget {
  const { group, version, resource } = scope
  const { context, namespace, name } = row
  return { context, group, version, resource, namespace, name, subresource: null }
}

type RowProps = {
  readonly id: string
  readonly row: Row
  readonly scope: Scope
  readonly columns: readonly GridColumn[]
  readonly index: number
  /** Pixels from the first row's upper edge. */
  readonly top: number
  readonly selected: boolean
  readonly opened: boolean
  readonly onSelect: () => void
  readonly onOpen: (row: Row) => void
}

/** One object. Drawn anew only when what it shows changed, not with every state of the list. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { id, row, scope, columns, index, top, selected, opened, onSelect, onOpen } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the grid keeps the focus and the keys.
    <div
      id={id}
      className="grid-line grid-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-opened={opened || undefined}
      data-deleting={row.deleting || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
      onDoubleClick={() => onOpen(row)}
    >
      {columns.map((column, place) => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: cells of a grid whose focus stays with it.
        <div
          key={column.id}
          className="grid-cell"
          role="gridcell"
          aria-colindex={place + 1}
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
        to={{ kind: 'edit', target: rowTarget(scope, row) }}
        tabIndex={-1}
        title={text}
      >
        {text}
      </AddressLink>
    )
  }
  if (column.kind === 'age') return <Age row={row} fallback={text} />
  if (column.kind === 'context') return <ContextName name={text} />
  const tone = column.kind === 'server' ? cellTone(column.id, row.cells[column.cell] ?? null) : null
  return (
    <span className="cell-text" data-tone={tone ?? undefined} title={text.length > 16 ? text : undefined}>
      {text}
    </span>
  )
}

function Age({ row, fallback }: { readonly row: Row; readonly fallback: string }) {
  const { created } = row
  const age = useNow(now => (created === null ? fallback : ageAt(created, now)))
  return (
    <span className="cell-text" title={created ?? undefined}>
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
    a.selected === b.selected &&
    a.opened === b.opened &&
    a.columns === b.columns &&
    a.scope === b.scope &&
    a.row.deleting === b.row.deleting &&
    a.row.created === b.row.created &&
    a.row.name === b.row.name &&
    a.row.cells.length === b.row.cells.length &&
    a.row.cells.every((cell, place) => cell === b.row.cells[place])
  )
}
