import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { onMac, showKeys, useAllCommands } from '../app/commands.ts'
import { Icon } from '../parts/icon.tsx'

/** What can be done with the list as a whole: saving it as a view, copying it, sharing it. */
export function ListMenu() {
  const { t } = useTranslation('list')
  const commands = useAllCommands().filter(({ id }) => id.startsWith('list.share.'))
  return (
    <MenuTrigger>
      <Button className="icon-button" aria-label={t('share.menu')}>
        <Icon name="more" />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu" aria-label={t('share.menu')}>
          {commands.map(({ id, label, keys, enabled, run }) => (
            <MenuItem
              key={id}
              className="menu-item"
              textValue={label}
              isDisabled={!enabled}
              // The menu gives the focus back first.
              onAction={() => setTimeout(run)}
            >
              <span className="menu-label">{label}</span>
              {keys[0] !== undefined && <kbd>{showKeys(keys[0], onMac)}</kbd>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
