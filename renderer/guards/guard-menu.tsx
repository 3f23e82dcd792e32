import { type MouseEvent, useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { unlockMinutes } from '../../contract/guard.ts'
import { Icon } from '../parts/icon.tsx'
import { useGuard, useGuardActs, useGuardDialog } from './use-guard.ts'

/** The menu of a context in the sidebar. `open` is held by the row, which a right click opens too. */
export function GuardMenu({
  context,
  open,
  onOpen,
}: {
  readonly context: string
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}) {
  const { t } = useTranslation('guard')
  const guard = useGuard(context)
  const { lock, unlock } = useGuardActs()
  const openDialog = useGuardDialog()
  return (
    <MenuTrigger isOpen={open} onOpenChange={onOpen}>
      <Button className="icon-button side-more" aria-label={t('menu', { name: context })}>
        <Icon name="more" />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu" aria-label={t('menu', { name: context })}>
          {guard.writes === 'after-unlock' && guard.unlockedUntil === null && (
            <MenuItem className="menu-item" onAction={() => void unlock(context)}>
              <Icon name="unlock" />
              {t('unlock', { minutes: unlockMinutes })}
            </MenuItem>
          )}
          {guard.unlockedUntil !== null && (
            <MenuItem className="menu-item" onAction={() => void lock(context)}>
              <Icon name="lock" />
              {t('lock')}
            </MenuItem>
          )}
          <MenuItem className="menu-item" onAction={() => openDialog?.(context)}>
            <Icon name="shield" />
            {t('open')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** What a row needs for its menu: whether it is open, and what opens it by a right click. */
export function useGuardMenu() {
  const [open, setOpen] = useState(false)
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault()
    setOpen(true)
  }
  return { open, onOpen: setOpen, onContextMenu }
}
