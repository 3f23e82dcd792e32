import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { kindKey, pluralKind, toggleFavourite } from '../browse/kind-groups.ts'
import { plainList, withKind } from '../browse/scope.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { KindDetails } from './kind-details.tsx'
import { type KindLine, moveFavourite } from './kind-lines.ts'

const dragged = 'application/x-patchbay-kind'

/** One kind: a link to its list, a star, and what there is to know of it. A favourite can be dragged to another place. */
export function KindRow({
  line: { kind, favourite: place, withGroup },
  scope,
  current,
}: {
  readonly line: Extract<KindLine, { readonly type: 'kind' }>
  readonly scope: Scope
  /** Whether it is marked here as the kind that is listed. */
  readonly current: boolean
}) {
  const { t } = useTranslation('kinds')
  const { settings } = useApp()
  const save = useSaveSettings()
  const [open, setOpen] = useState(false)
  const key = kindKey(kind)
  const favourite = settings.favourites.includes(key)
  const name = pluralKind(kind)
  const foreign = withGroup && kind.group.includes('.') && !kind.group.endsWith('.k8s.io')
  const title = `${kind.resource}${kind.group === '' ? '' : `.${kind.group}`} ${kind.version}`
  const isListable = kind.verbs.includes('list')

  function press(event: KeyboardEvent): void {
    if (event.key === '*') save({ favourites: toggleFavourite(settings.favourites, key) })
    else if (event.key.toLowerCase() === 'i' && !event.ctrlKey && !event.metaKey) setOpen(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  function drop(event: DragEvent): void {
    const moved = event.dataTransfer.getData(dragged)
    event.preventDefault()
    save({ favourites: [...moveFavourite(settings.favourites, moved, key)] })
  }
  const dragging =
    place === null
      ? {}
      : {
          draggable: true,
          onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragged, key),
          onDragOver: (event: DragEvent) => event.dataTransfer.types.includes(dragged) && event.preventDefault(),
          onDrop: drop,
        }
  const shared = { className: 'kind-link', title, tabIndex: current ? 0 : -1, 'data-arrow': true, onKeyDown: press }
  const inside = (
    <>
      <span className="side-name">{name}</span>
      {foreign && <span className="side-mark">{kind.group}</span>}
    </>
  )
  return (
    <div className="kind-row" data-current={current || undefined} {...dragging}>
      {isListable ? (
        <AddressLink
          {...shared}
          to={plainList(withKind(scope, kind))}
          draggable={false}
          {...(current ? { 'aria-current': 'page' as const } : {})}
          {...(place === null ? {} : { 'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown' })}
        >
          {inside}
        </AddressLink>
      ) : (
        <button
          {...shared}
          type="button"
          data-unlistable
          aria-label={t('unlistable', { kind: name })}
          onClick={() => setOpen(true)}
        >
          {inside}
        </button>
      )}
      <KindDetails kind={kind} scope={scope} open={open} onOpen={setOpen} />
      {isListable && (
        <IconButton
          icon="star"
          label={t(favourite ? 'unfavour' : 'favour', { kind: name })}
          keys="*"
          pressed={favourite}
          onPress={() => save({ favourites: toggleFavourite(settings.favourites, key) })}
          excludeFromTabOrder
        />
      )}
    </div>
  )
}
