import { Button, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useAllCommands } from '../app/commands.ts'
import { CommandMenu } from '../parts/command-menu.tsx'
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
        <CommandMenu label={t('share.menu')} commands={commands} />
      </Popover>
    </MenuTrigger>
  )
}
