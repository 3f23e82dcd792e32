import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { parse, stringify } from 'yaml'
import type { Access } from '../../scripts/practice/access.ts'
import { startApp } from './app.ts'
import { configMaps, EditorPage, runFirst } from './editor.ts'
import { test as base, expect } from './fixtures.ts'

/** The first practice cluster goes by a name that looks like production, in an app of each test's own: guards last. */
const test = base.extend({
  app: [
    async ({ practice }, use) => {
      const app = await startApp(namedLikeProduction(practice))
      await use(app)
      await app.end()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})
test.describe.configure({ mode: 'serial', timeout: 120_000 })

function namedLikeProduction(practice: Access): string {
  const kubeconfig = parse(readFileSync(practice.kubeconfigPath, 'utf8'))
  for (const context of kubeconfig.contexts) if (context.name === 'practice') context.name = 'shop-prod'
  const file = join(mkdtempSync(join(tmpdir(), 'patchbay-guards-')), 'config')
  writeFileSync(file, stringify({ ...kubeconfig, 'current-context': 'shop-prod' }))
  return file
}

const offer = (page: Page) => page.getByRole('complementary', { name: 'Guard a cluster' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Guard shop-prod' })
const edits = (page: Page) => page.getByRole('region', { name: 'Open edits' })

/** Both themes, for a person to look at. `read`: that everybody can read these parts. */
async function picture(page: Page, name: string, read: readonly string[] = []): Promise<void> {
  const root = page.locator('html')
  const before = await root.getAttribute('data-theme')
  for (const theme of ['light', 'dark', before ?? 'system']) {
    await root.evaluate((html, theme) => html.setAttribute('data-theme', theme), theme)
    if (theme === before) break
    // Colours that are on their way to the other theme are at its end then.
    await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`), animations: 'disabled' })
    if (read.length === 0) continue
    const axe = read.reduce((axe, part) => axe.include(part), new AxeBuilder({ page }))
    const { violations } = await axe.withRules(['color-contrast', 'label', 'nested-interactive']).analyze()
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)])).toEqual([])
  }
}

test('a cluster that looks like production is offered a guard once; locked, nothing is sent until it is unlocked', async ({
  page,
  namespace,
  kubectl,
}) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'envoy-initializer', 'shop-prod')
  await expect(offer(page)).toContainText('shop-prod looks like production')
  await offer(page).getByRole('button', { name: 'Guard…' }).click()
  await expect(dialog(page).getByRole('radio', { name: 'Red' })).toBeChecked()
  await expect(dialog(page).getByRole('radio', { name: /^After an unlock/ })).toBeChecked()
  await picture(page, 'dialog')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(offer(page)).toBeHidden()

  await editor.replace('half a core is plenty', 'a whole core')
  await expect(edits(page).getByText('Locked', { exact: true })).toBeVisible()
  await editor.review.click()
  await expect(editor.alert('shop-prod is locked')).toBeVisible()
  await picture(page, 'locked')
  await editor.alert('shop-prod is locked').locator('..').getByRole('button', { name: 'Unlock for 15 minutes' }).click()

  // The guard wants the context's name as well.
  const field = page.getByRole('textbox', { name: 'To submit, type the name of the context: shop-prod' })
  await expect(editor.changes).toBeVisible()
  await expect(edits(page).getByRole('timer')).toHaveText(/^Unlocked 1[45]:\d\d$/)
  await expect(editor.submit).toBeDisabled()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(field).toBeFocused()
  await page.keyboard.type('shop-stage')
  await expect(page.getByText('That is not its name.')).toBeVisible()
  await page.keyboard.press('Enter')
  await picture(page, 'confirm', ['.edit', '.list-bar', '.status-bar'])
  await field.fill('shop-prod')
  await expect(editor.submit).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  expect(await kubectl(['get', 'cm', 'envoy-initializer', '-n', namespace, '-o', 'yaml'])).toContain('a whole core')

  // Locked again at once, from the palette.
  await runFirst(page, 'lock shop-prod now', 'Lock shop-prod now')
  await expect(edits(page).getByText('Locked', { exact: true })).toBeVisible()
})

test('the same cluster by another context has the same guard; tabs of several contexts say which', async ({
  page,
  namespace,
}) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'envoy-initializer', 'shop-prod')
  await editor.open(configMaps, namespace, 'envoy-initializer', 'practice-editor')
  await expect(offer(page)).toBeHidden()
  await expect(edits(page).getByText('Locked', { exact: true })).toBeVisible()
  for (const context of ['shop-prod', 'practice-editor']) {
    const tab = page.getByTitle(`${context} / ${namespace} / configmaps/envoy-initializer`)
    await expect(tab.getByText(context)).toBeVisible()
  }
  const contexts = page.getByRole('grid', { name: 'Contexts' })
  await expect(contexts.getByRole('row', { name: /^practice-viewer/ })).toContainText('Locked')
  await expect(contexts.getByRole('row', { name: /^practice-2/ })).not.toContainText('Locked')
  await picture(page, 'tabs')

  // From a context's menu: read-only for good.
  await contexts.getByRole('row', { name: /^shop-prod/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Guard…' }).click()
  await dialog(page)
    .getByRole('radio', { name: /^Never/ })
    .click({ force: true })
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(edits(page).getByText('Read-only', { exact: true })).toBeVisible()
  await editor.replace('half a core is plenty', 'a whole core')
  await editor.review.click()
  await expect(editor.alert('it is read-only in Patchbay')).toBeVisible()

  // From the settings: no guard.
  await page.keyboard.press('ControlOrMeta+,')
  await picture(page, 'settings')
  await page.getByRole('button', { name: 'Guard shop-prod…' }).click()
  await dialog(page).getByRole('button', { name: 'Remove the guard' }).click()
  await expect(edits(page).getByText('Read-only', { exact: true })).toBeHidden()
  // What was decided is not asked again.
  await expect(offer(page)).toBeHidden()
})

test('a creation that is opened by its address stands beside its list, in its context', async ({
  page,
  namespace,
  kubectl,
}) => {
  const editor = new EditorPage(page)
  await kubectl(['create', 'configmap', 'short-lived', '-n', namespace, '--from-literal=a=b'])
  await editor.open(configMaps, namespace, 'short-lived', 'shop-prod')
  await kubectl(['delete', 'configmap', 'short-lived', '-n', namespace])
  await page.getByRole('button', { name: 'Create again' }).click()
  await expect(page).toHaveURL(/\/create\//)
  await page.goto(page.url())
  await expect(editor.text).toContainText('short-lived')
  await expect(page.getByRole('heading', { name: 'Choose a context' })).toBeHidden()
  await expect(page.getByRole('contentinfo')).toContainText('shop-prod')
})
