import type { Session } from 'electron'
import { isOurs } from './origin.ts'

// What "Copy" needs. Reading the clipboard is not asked for: Ctrl-V is the browser's own.
const granted = 'clipboard-sanitized-write'

/** Refuses whatever the page may ask of the machine: camera, notifications, devices, files; but for writing to the clipboard. */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === granted && isOurs(contents.getURL()))
  })
  session.setPermissionCheckHandler((_, permission, requester) => permission === granted && isOurs(requester))
  session.setDevicePermissionHandler(() => false)
}
