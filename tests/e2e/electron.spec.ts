import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { root } from '../../scripts/bootstrap/root.mjs'
import { buildShell } from '../../scripts/build-shell.ts'
import { findElectron } from '../../scripts/start/electron-runtime.ts'
import { expect, test } from './fixtures.ts'

const program = findElectron()
test.skip(program === null, 'Electron’s runtime is not installed here; `npx install-electron` installs it')

let profile: string
let shell: ElectronApplication

test.beforeAll(async () => {
  await buildShell(() => {})
})

test.beforeEach(async ({ practice }) => {
  profile = mkdtempSync(join(tmpdir(), 'patchbay-electron-'))
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...asRoot, root, '--kubeconfig', practice.kubeconfigPath, '--profile', profile]
  shell = await _electron.launch({ executablePath: program ?? '', args })
})

test.afterEach(async () => {
  await shell.close()
  rmSync(profile, { recursive: true, force: true })
})

test('the window shows the page, which reaches its host', async () => {
  const page = await shell.firstWindow()
  await expect(page).toHaveTitle(/Patchbay$/)
  await expect(page.getByText('practice').first()).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/patchbay\//)
})

test('the page is a page: no Node, no way out', async () => {
  const page = await shell.firstWindow()
  const seen = await page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    opened: window.open('https://example.invalid/') === null,
  }))
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', opened: true })
  const before = page.url()
  await page.evaluate(() => location.assign('file:///etc/passwd'))
  expect(page.url()).toBe(before)
})

test('a second start hands its target to the first and ends', async ({ practice }) => {
  const page = await shell.firstWindow()
  await expect(page).toHaveTitle(/Patchbay$/)
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...asRoot, root, 'list', 'services', '--kubeconfig', practice.kubeconfigPath, '--profile', profile]
  const second = await _electron.launch({ executablePath: program ?? '', args }).catch(() => null)
  await second?.waitForEvent('close')
  await page.waitForURL(/services/)
})
