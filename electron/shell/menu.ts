import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The application menu. The page's own commands have their keys in the page; reloading is left out, since it would drop
 * what the page has not yet told the host.
 */
export function setMenu(options: {
  readonly mac: boolean
  readonly development: boolean
  readonly openWindow: () => void
}): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}

/** What the menu holds. */
export function menuTemplate({
  mac,
  development,
  openWindow,
}: {
  readonly mac: boolean
  readonly development: boolean
  readonly openWindow: () => void
}): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: openWindow },
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    { label: 'View', submenu: development ? [...view, { type: 'separator' }, { role: 'toggleDevTools' }] : view },
    { role: 'windowMenu' },
  ]
}
