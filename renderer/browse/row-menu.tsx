import { Fragment, useRef } from 'react'
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { type Command, useAllCommands } from '../app/commands.ts'
import { CommandItem } from '../parts/command-menu.tsx'
import { menuSections } from '../parts/menu-sections.ts'
import { copyText } from './grid-columns.ts'
import { columnTitle } from './grid-head.tsx'
import type { GridColumn } from './list-columns.ts'
import type { ListSelection } from './list-selection.ts'
import type { MenuPlace } from './object-grid.tsx'

/** The menu of a row: every command that acts on rows, and what stands under the pointer. */
export function RowMenu({
  place,
  selection,
  onCopyText,
  onCopyColumn,
  onClose,
}: {
  readonly place: MenuPlace | null
  readonly selection: ListSelection
  readonly onCopyText: (text: string) => void
  readonly onCopyColumn: (column: GridColumn) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('list')
  const spot = useRef<HTMLSpanElement>(null)
  const [opening = [], ...more] = menuSections(useAllCommands().filter(isRowCommand))
  const cell = place?.column == null || place.column.kind === 'name' ? '' : copyText(place.column, place.row)
  const title = selection.count > 1 ? t('choose.count', { count: selection.count }) : place?.row.name
  return (
    <>
      <span ref={spot} className="menu-spot" style={{ left: place?.x ?? 0, top: place?.y ?? 0 }} />
      <Popover
        className="popover"
        aria-label={t('row.menu')}
        triggerRef={spot}
        placement="bottom start"
        isOpen={place !== null}
        onOpenChange={open => !open && onClose()}
      >
        <Menu className="menu row-menu" aria-label={t('row.menu')} autoFocus="first" onClose={onClose}>
          <MenuSection>
            <Header className="menu-title">{title}</Header>
            {opening.map(command => (
              <CommandItem key={command.id} command={command} />
            ))}
          </MenuSection>
          {more.map(section => (
            <Fragment key={section[0]?.id}>
              <Separator className="menu-line" />
              {section.map(command => (
                <CommandItem key={command.id} command={command} />
              ))}
            </Fragment>
          ))}
          {place?.column != null && (
            <>
              <Separator className="menu-line" />
              {cell !== '' && (
                <MenuItem className="menu-item" onAction={() => onCopyText(cell)}>
                  <span className="menu-label">{t('row.copyCell', { text: shortened(cell) })}</span>
                </MenuItem>
              )}
              <MenuItem className="menu-item" onAction={() => place.column !== null && onCopyColumn(place.column)}>
                <span className="menu-label">{t('row.copyColumn', { column: columnTitle(place.column, t) })}</span>
              </MenuItem>
            </>
          )}
        </Menu>
      </Popover>
    </>
  )
}

function isRowCommand({ id, hidden }: Command): boolean {
  return /^rows?\./.test(id) && hidden !== true
}

function shortened(text: string): string {
  return text.length > 32 ? `${text.slice(0, 32)}…` : text
}
