import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SavedView } from '../../contract/list-settings.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useCommands } from '../app/commands.ts'
import { usePlace, useRouter } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { Icon } from '../parts/icon.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ViewNameForm } from './save-view-dialog.tsx'
import { isShown, renamed, savedAs, viewList, wholeList } from './views.ts'

/** Offers the saved views to the palette, wherever the page is. */
export function useSavedViewCommands(): void {
  const { t } = useTranslation('list')
  const router = useRouter()
  const { savedViews } = useApp().settings
  useCommands(
    savedViews.map(view => {
      const list = viewList(view)
      return {
        id: `view.${view.name}`,
        label: view.name,
        group: t('views.title'),
        enabled: list !== null,
        run: () => list !== null && router.showList(list),
        keys: [],
      }
    }),
  )
}

/** The saved views in the sidebar; nothing where there are none. */
export function SavedViews() {
  const { t } = useTranslation('list')
  const { savedViews } = useApp().settings
  const [renaming, setRenaming] = useState<SavedView | null>(null)
  const save = useSaveSettings()
  if (savedViews.length === 0) return null
  return (
    <section className="side-section" aria-label={t('views.title')}>
      <h2 className="side-title">{t('views.title')}</h2>
      <ul className="side-list saved-views">
        {savedViews.map(view => (
          <SavedViewRow key={view.name} view={view} onRename={() => setRenaming(view)} />
        ))}
      </ul>
      <PanelDialog title={t('views.rename')} open={renaming !== null} onClose={() => setRenaming(null)}>
        {renaming !== null && (
          <ViewNameForm
            offered={renaming.name}
            taken={savedViews.filter(view => view !== renaming).map(view => view.name)}
            onName={name => {
              save({ savedViews: renamed(savedViews, renaming.name, name) })
              setRenaming(null)
            }}
          />
        )}
      </PanelDialog>
    </section>
  )
}

function SavedViewRow({ view, onRename }: { readonly view: SavedView; readonly onRename: () => void }) {
  const { t } = useTranslation('list')
  const { savedViews, listLooks } = useApp().settings
  const save = useSaveSettings()
  const onScreen = usePlace().list
  const [open, setOpen] = useState(false)
  const list = viewList(view)
  const { name } = view
  const shown = isShown(view, onScreen, listLooks)
  return (
    <li
      className="side-row"
      data-current={shown || undefined}
      onContextMenu={event => {
        event.preventDefault()
        setOpen(true)
      }}
    >
      <Icon name="bookmark" />
      {list === null ? (
        <span className="side-name">{name}</span>
      ) : (
        <AddressLink className="side-name" to={list} title={name} aria-current={shown ? 'page' : undefined}>
          {name}
        </AddressLink>
      )}
      <MenuTrigger isOpen={open} onOpenChange={setOpen}>
        <Button className="icon-button side-more" aria-label={t('views.menu', { name })}>
          <Icon name="more" />
        </Button>
        <Popover className="popover" placement="bottom end" offset={4}>
          <Menu className="menu" aria-label={t('views.menu', { name })}>
            <MenuItem className="menu-item" onAction={onRename}>
              {t('views.rename')}
            </MenuItem>
            <MenuItem
              className="menu-item"
              isDisabled={onScreen === null || shown}
              onAction={() =>
                onScreen !== null && save({ savedViews: savedAs(savedViews, name, wholeList(onScreen, listLooks)) })
              }
            >
              {t('views.overwrite')}
            </MenuItem>
            <MenuItem
              className="menu-item"
              onAction={() => save({ savedViews: savedViews.filter(one => one.name !== name) })}
            >
              {t('views.remove')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </li>
  )
}
