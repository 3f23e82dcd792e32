import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { kindKey } from '../browse/kind-groups.ts'
import { Icon } from '../parts/icon.tsx'
import { type KindLine, moveFavourite } from './kind-lines.ts'
import { KindRow } from './kind-row.tsx'

const lineHeight = 26
const headingHeight = 32

/** What the field above can do with the list. */
export type KindListHandle = {
  /** Focuses the kind with that place among the kinds that are shown. */
  readonly focusKind: (place: number) => void
  readonly openFirst: () => void
}

/** The lines of the panel; only those in sight are drawn. Up and Down go through them, Left and Right close and open a group. */
export function KindList({
  ref,
  scope,
  lines,
  marked,
  onToggle,
  onLeave,
}: {
  readonly ref: Ref<KindListHandle>
  readonly scope: Scope
  readonly lines: readonly KindLine[]
  readonly marked: string | null
  readonly onToggle: (group: string) => void
  /** The keys go up beyond the first line. */
  readonly onLeave: () => void
}) {
  const { settings } = useApp()
  const save = useSaveSettings()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => (lines[index]?.type === 'heading' ? headingHeight : lineHeight),
    getItemKey: index => lines[index]?.key ?? index,
    overscan: 12,
  })

  function stopAt(index: number): HTMLElement | null {
    return scroller.current?.querySelector<HTMLElement>(`[data-line="${index}"] [data-arrow]`) ?? null
  }
  function focus(index: number): void {
    if (lines[index] === undefined) return
    virtual.scrollToIndex(index)
    const there = stopAt(index)
    // A line far away is drawn first.
    if (there !== null) there.focus()
    else requestAnimationFrame(() => stopAt(index)?.focus())
  }
  function placeOf(kindPlace: number): number {
    const places = lines.flatMap((line, index) => (line.type === 'kind' ? index : []))
    return places[kindPlace] ?? -1
  }
  useImperativeHandle(ref, () => ({
    focusKind: place => focus(placeOf(place)),
    openFirst: () => stopAt(placeOf(0))?.click(),
  }))

  function move(line: KindLine, by: number): void {
    if (line.type !== 'kind' || line.favourite === null) return
    const shown = lines.flatMap(one => (one.type === 'kind' && one.favourite !== null ? kindKey(one.kind) : []))
    const to = shown[line.favourite + by]
    if (to !== undefined) save({ favourites: [...moveFavourite(settings.favourites, kindKey(line.kind), to)] })
  }
  function press(event: KeyboardEvent): void {
    const at = Number((event.target as Element).closest('[data-line]')?.getAttribute('data-line') ?? Number.NaN)
    const line = lines[at]
    if (line === undefined) return
    const isHeading = line.type === 'heading'
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
      move(line, event.key === 'ArrowUp' ? -1 : 1)
    else if (event.key === 'ArrowDown') focus(at + 1)
    else if (event.key === 'ArrowUp') at === 0 ? onLeave() : focus(at - 1)
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(lines.length - 1)
    else if (event.key === 'ArrowRight' && isHeading && !line.open) onToggle(line.group.id)
    else if (event.key === 'ArrowLeft' && isHeading && line.open) onToggle(line.group.id)
    else if (event.key === 'ArrowLeft' && !isHeading) focus(lines.findIndex(one => one.key === line.groupId))
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links inside, which have the roles.
    <div className="kinds-rows" ref={scroller} onKeyDown={press}>
      <div className="kinds-all" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]
          if (line === undefined) return null
          return (
            <div key={key} className="kinds-line" data-line={index} style={{ transform: `translateY(${start}px)` }}>
              {line.type === 'heading' ? (
                <Heading line={line} onToggle={() => onToggle(line.group.id)} />
              ) : (
                <KindRow line={line} scope={scope} current={line.key === marked} />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Heading({
  line: { group, open },
  onToggle,
}: {
  readonly line: Extract<KindLine, { readonly type: 'heading' }>
  readonly onToggle: () => void
}) {
  const { t } = useTranslation('kinds')
  const known = group.id === 'favourites' || group.id === 'recents'
  return (
    <h3>
      <button
        type="button"
        className="kind-heading"
        aria-expanded={open}
        title={known ? undefined : group.group || 'core'}
        onClick={onToggle}
        tabIndex={-1}
        data-arrow
      >
        <Icon name="chevron" />
        <span>{known ? t(group.id) : group.group || 'core'}</span>
        {!open && <span className="side-mark">{group.kinds.length}</span>}
      </button>
    </h3>
  )
}
