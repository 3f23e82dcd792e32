import type { Shell, WebContents } from 'electron'
import { isOurs } from './origin.ts'

/** True for what may open outside: web pages by https. Anything else may start a program on this machine. */
export function mayOpenOutside(address: string): boolean {
  return URL.parse(address)?.protocol === 'https:'
}

/** Keeps a window at our own page: it opens no other windows, goes nowhere else, holds no webviews. Web links open in the browser. */
export function denyNavigation(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  shell: Pick<Shell, 'openExternal'>,
): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  contents.on('will-frame-navigate', details => {
    if (isOurs(details.url) && details.isMainFrame) return
    details.preventDefault()
    if (details.isMainFrame && mayOpenOutside(details.url)) void shell.openExternal(details.url)
  })
  contents.on('will-redirect', details => {
    if (!isOurs(details.url)) details.preventDefault()
  })
  contents.on('will-attach-webview', event => event.preventDefault())
}
