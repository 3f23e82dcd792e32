import { type MouseEvent, useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { unlockMinutes } from '../../contract/guard.ts'
import { useGuard, useGuardActs, useGuardDialog } from '../guards/use-guard.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useContextActs } from './use-context-acts.ts'
import { useContextDialog } from './use-context-dialog.ts'

/** The menu of a context in the sidebar. `open` is held by the row, which a right click opens too. */
export function ContextMenu({
  context,
  open,
  onOpen,
}: {
  readonly context: string
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}) {
  const { t } = useTranslation(['contexts', 'guard'])
  const guard = useGuard(context)
  const { lock, unlock } = useGuardActs()
  const { again } = useContextActs()
  const openGuard = useGuardDialog()
  const openDialog = useContextDialog()
  const item = (icon: IconName, label: string, run: () => unknown) => (
    <MenuItem className="menu-item" onAction={() => void run()}>
      <Icon name={icon} />
      {label}
    </MenuItem>
  )
  return (
    <MenuTrigger isOpen={open} onOpenChange={onOpen}>
      <Button className="icon-button side-more" aria-label={t('guard:menu', { name: context })}>
        <Icon name="more" />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu" aria-label={t('guard:menu', { name: context })}>
          {item('help', t('menu.details'), () => openDialog('details', context))}
          {item('refresh', t('menu.again'), () => again(context))}
          {item('key', t('menu.access'), () => openDialog('access', context))}
          {item('mask', t('menu.actAs'), () => openDialog('actAs', context))}
          <Separator className="menu-line" />
          {guard.writes === 'after-unlock' &&
            guard.unlockedUntil === null &&
            item('unlock', t('guard:unlock', { minutes: unlockMinutes }), () => unlock(context))}
          {guard.unlockedUntil !== null && item('lock', t('guard:lock'), () => lock(context))}
          {item('shield', t('guard:open'), () => openGuard?.(context))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** What a row needs for its menu: whether it is open, and what opens it by a right click. */
export function useContextMenu() {
  const [open, setOpen] = useState(false)
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault()
    setOpen(true)
  }
  return { open, onOpen: setOpen, onContextMenu }
}
