import { Fragment } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { onMac, showKeys } from '../app/commands.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { menuSections } from '../parts/menu-sections.ts'
import type { ObjectAction } from './object-actions.ts'

/** All that can be done with an object besides editing it. */
export function ObjectMenu({ items }: { readonly items: readonly ObjectAction[] }) {
  const { t } = useTranslation('object')
  return (
    <MenuTrigger>
      <IconButton icon="more" label={t('more')} />
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu" aria-label={t('more')} onAction={id => items.find(item => item.id === id)?.run()}>
          {menuSections(items).map((section, index) => (
            <Fragment key={section[0]?.id}>
              {index > 0 && <Separator className="menu-line" />}
              {section.map(({ id, label, keys: [key] }) => (
                <MenuItem key={id} id={id} className="menu-item" textValue={label}>
                  <span className="menu-label">{label}</span>
                  {key !== undefined && <kbd>{showKeys(key, onMac)}</kbd>}
                </MenuItem>
              ))}
            </Fragment>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
