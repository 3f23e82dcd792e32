import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, protocol, safeStorage, session, shell } from 'electron'
import { type CommandLine, parseCommandLine } from './command-line.mjs'
import { readPageFiles } from './pages/files.ts'
import { endWithApp } from './shell/ending.ts'
import { startHostProcess } from './shell/host-process.ts'
import { takeInstance } from './shell/instance.ts'
import { keychainKey } from './shell/keychain.ts'
import { setMenu } from './shell/menu.ts'
import { denyNavigation } from './shell/navigation.ts'
import { connectPages } from './shell/pages.ts'
import { denyPermissions } from './shell/permissions.ts'
import { registerScheme, servePage } from './shell/protocol.ts'
import { hostOptions, profileOf } from './shell/start.ts'
import { createTargets } from './shell/targets.ts'
import { openWindow } from './shell/window.ts'

// Electron's entry: what the app is made of, in the order in which it is set up.
const commandLine = parseCommandLine(process.argv.slice(app.isPackaged ? 1 : 2))
if (typeof commandLine === 'string') {
  process.stderr.write(`${commandLine}\n`)
  app.exit(2)
} else {
  await start(commandLine)
}

async function start(commandLine: CommandLine): Promise<void> {
  const practiceKubeconfig = process.env.PATCHBAY_PRACTICE_KUBECONFIG
  const profile = profileOf(commandLine, app.getPath('userData'), practiceKubeconfig !== undefined)
  // The lock of a single instance is one of this folder.
  app.setPath('userData', profile)
  const targets = createTargets(commandLine.target)
  if (!takeInstance(app, commandLine.target, targets.arrive)) return app.exit(0)
  app.enableSandbox()
  registerScheme(protocol)
  app.on('web-contents-created', (_, contents) => denyNavigation(contents, shell))
  app.on('window-all-closed', () => app.quit())
  await app.whenReady()

  const here = import.meta.dirname
  denyPermissions(session.defaultSession)
  servePage(protocol, readPageFiles(join(here, '../../dist/renderer')))
  const options = {
    ...hostOptions(commandLine, { version: app.getVersion(), profile, practiceKubeconfig }),
    keychainKey: keychainKey(safeStorage, profile),
  }
  const host = startHostProcess(join(here, 'host.js'), options, {
    restart: () => pages.reconnect(),
    gone: () => {
      dialog.showErrorBox(
        'Patchbay',
        'Patchbay’s host ends as soon as it starts. The terminal that started it says why.',
      )
      app.exit(1)
    },
  })
  const pages = connectPages(ipcMain, host.connect)
  endWithApp(app, host.end)
  const open = (address: string) => openWindow(join(here, '../preload/preload.cjs'), address)
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && open('/'))
  setMenu({ mac: process.platform === 'darwin', development: !app.isPackaged, openWindow: () => open('/') })
  await targets.begin({
    resolve: host.resolve,
    open,
    windows: () => BrowserWindow.getAllWindows(),
    complain: reason => dialog.showErrorBox('Patchbay', reason),
  })
}
