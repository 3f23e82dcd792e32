import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../contract/app.ts'
import { Icon } from '../parts/icon.tsx'

const choices = ['none', 'cluster', 'state'] as const

/** Chooses how contexts are grouped. */
export function GroupingMenu({
  by,
  onBy,
}: {
  readonly by: Settings['contextsBy']
  readonly onBy: (by: Settings['contextsBy']) => void
}) {
  const { t } = useTranslation('contexts')
  return (
    <MenuTrigger>
      <Button className="icon-button side-head-button" aria-label={t('grouping')}>
        <Icon name="group" />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu
          className="menu"
          aria-label={t('grouping')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[by]}
          onAction={key => onBy(choices.find(one => one === key) ?? by)}
        >
          {choices.map(one => (
            <MenuItem key={one} id={one} className="menu-item">
              <Icon name="check" />
              {t(`by.${one}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
