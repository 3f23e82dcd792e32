import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the preload hands over a port and exposes nothing', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../electron/preload.ts'), 'utf8')
  expect(source).not.toMatch(/contextBridge|exposeIn|invoke|sendSync/)
  expect(source.match(/ipcRenderer\.\w+\('[^']+'/g)).toEqual([
    "ipcRenderer.on('patchbay-host'",
    "ipcRenderer.send('patchbay-host'",
  ])
})
