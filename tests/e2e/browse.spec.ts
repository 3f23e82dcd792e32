import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { startApp } from './app.ts'
import { expect, test } from './fixtures.ts'

const grid = (page: Page, kind: string) => page.getByRole('grid', { name: kind, exact: true })
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
const filter = (page: Page) => page.getByRole('searchbox', { name: 'Filter', exact: true })

test('the start leads to a list, between contexts and kinds', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL('/list/practice/apps/v1/deployments/default')
  await expect(grid(page, 'Deployment')).toBeVisible()
  await expect(
    page.getByRole('region', { name: 'Contexts' }).getByRole('row', { name: 'practice ready' }),
  ).toBeVisible()
  const kinds = page.getByRole('region', { name: 'Kinds' })
  await kinds.getByRole('link', { name: 'ConfigMaps' }).first().click()
  await expect(page).toHaveURL('/list/practice/core/v1/configmaps/default')
  await expect(grid(page, 'ConfigMap')).toBeVisible()
  await expect(page).toHaveTitle('configmaps · practice · Patchbay')
})

test('a list follows the cluster', async ({ page, namespace, kubectl }) => {
  await page.goto(`/list/practice/core/v1/configmaps/${namespace}`)
  await expect(rowOf(page, 'envoy-initializer')).toBeVisible()
  await kubectl(['create', 'configmap', 'just-made', '-n', namespace, '--from-literal=a=b'])
  await expect(rowOf(page, 'just-made')).toBeVisible()
  await kubectl(['delete', 'configmap', 'just-made', '-n', namespace])
  await expect(rowOf(page, 'just-made')).toHaveCount(0)
})

test('a filter narrows the list, and an empty one says what to do next', async ({ page, namespace }) => {
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await expect(rowOf(page, 'frontend')).toBeVisible()
  await page.keyboard.press('/')
  await expect(filter(page)).toBeFocused()
  await page.keyboard.type('nginx')
  await expect(rowOf(page, 'frontend')).toHaveCount(0)
  await expect(rowOf(page, 'nginx-deployment')).toBeVisible()
  await expect(page).toHaveURL(/\?filter=nginx$/)
  await filter(page).fill('no such thing')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(rowOf(page, 'frontend')).toBeVisible()
  await filter(page).fill('app=nginx')
  await expect(rowOf(page, 'nginx-deployment')).toBeVisible()
  await expect(rowOf(page, 'frontend')).toHaveCount(0)
})

test('everything by keyboard: sort, walk, open, back', async ({ page, namespace }) => {
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  const list = grid(page, 'Deployment')
  await expect(rowOf(page, 'frontend')).toBeVisible()
  await page.getByRole('button', { name: 'Name', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute('aria-sort', 'ascending')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute('aria-sort', 'descending')
  await expect(list.getByRole('row').nth(1)).toContainText('nginx-deployment')
  await page.keyboard.press('l')
  await expect(list).toBeFocused()
  await page.keyboard.press('End')
  await expect(rowOf(page, 'frontend')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/object/practice/apps/v1/deployments/${namespace}/nginx-deployment`)
  await expect(page.getByRole('article', { name: 'Object nginx-deployment' })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/list\//)
  await list.focus()
  await page.keyboard.press('e')
  await expect(page).toHaveURL(`/edit/practice/apps/v1/deployments/${namespace}/nginx-deployment`)
  await expect(page.getByRole('tab', { name: 'nginx-deployment', selected: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Object YAML' })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/list\//)
  await page.goForward()
  await expect(page.getByRole('textbox', { name: 'Object YAML' })).toBeVisible()
})

test('the palette goes to kinds, namespaces and objects', async ({ page, namespace }) => {
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await expect(grid(page, 'Deployment')).toBeVisible()
  const palette = page.getByRole('combobox', { name: 'Go to anything' })
  await page.keyboard.press('ControlOrMeta+k')
  await palette.fill('configm')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/list/practice/core/v1/configmaps/${namespace}`)
  await expect(grid(page, 'ConfigMap')).toBeVisible()
  await expect(palette).toBeHidden()
  // Nothing has the focus now: the arrows are the list's.
  await page.keyboard.press('ArrowDown')
  await expect(grid(page, 'ConfigMap')).toBeFocused()
  await expect(grid(page, 'ConfigMap').getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ControlOrMeta+k')
  await palette.fill('envoy-init')
  // Other tests' namespaces hold one, too.
  await page
    .getByRole('option', { name: /^envoy-initializer/ })
    .filter({ hasText: namespace })
    .first()
    .click()
  await expect(page).toHaveURL(`/object/practice/core/v1/configmaps/${namespace}/envoy-initializer`)
  await page.keyboard.press('ControlOrMeta+k')
  await palette.fill('kube-system')
  await page.getByRole('group', { name: 'Namespaces' }).getByRole('option', { name: 'kube-system' }).click()
  await expect(page).toHaveURL('/list/practice/core/v1/configmaps/kube-system')
})

test('a long list holds a window, and its ends are a key away', async ({ page, namespace, kubectl }) => {
  const items = Array.from({ length: 300 }, (_, n) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `many-${String(n).padStart(3, '0')}`, namespace },
  }))
  await kubectl(['create', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) })
  await page.goto(`/list/practice/core/v1/configmaps/${namespace}?filter=many&sort=Name`)
  await expect(page.getByText(/^300 of 30\d$/).first()).toBeVisible()
  await expect(grid(page, 'ConfigMap')).toHaveAttribute('aria-rowcount', '301')
  await grid(page, 'ConfigMap').focus()
  await page.keyboard.press('End')
  await expect(rowOf(page, 'many-299')).toHaveAttribute('aria-selected', 'true')
  expect(await page.getByRole('row').count()).toBeLessThan(100)
  await page.keyboard.press('PageUp')
  await page.keyboard.press('Home')
  await expect(rowOf(page, 'many-000')).toHaveAttribute('aria-selected', 'true')
})

test('several contexts stand in one list, and columns are chosen', async ({ page }) => {
  await page.goto('/list/practice,practice-2/core/v1/pods/default')
  await expect(page.getByRole('columnheader', { name: 'Context' })).toBeVisible()
  await expect(rowOf(page, 'practice').first()).toBeVisible()
  await expect(rowOf(page, 'practice-2').first()).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Node', exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Node wide', exact: true }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Node', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/columns=\*%2CNode/)
})

test('what may not be listed says which verb on what is missing', async ({ page }) => {
  await page.goto('/list/practice-viewer/core/v1/secrets/default')
  await expect(page.getByRole('alert')).toContainText('You may not list secrets in the namespace default.')
  await page.goto('/list/practice,practice-viewer/core/v1/secrets/default')
  await expect(page.getByRole('alert')).toContainText('practice-viewer')
  await expect(page.getByRole('grid', { name: 'Secret' }).getByRole('row').nth(1)).toBeVisible()
})

test('beside an edit the bar of the list keeps to one line', async ({ page, namespace }) => {
  await page.goto(`/edit/practice/apps/v1/deployments/${namespace}/nginx-deployment`)
  await expect(page.getByRole('textbox', { name: 'Object YAML' })).toBeVisible()
  await expect(rowOf(page, 'nginx-deployment')).toBeVisible()
  // What is drawn last may still move the rest.
  await expect(async () => {
    const box = await filter(page).boundingBox()
    const columns = await page.getByRole('button', { name: 'Columns' }).boundingBox()
    expect(columns?.x).toBeGreaterThan(box?.x ?? 0)
    expect(Math.abs((columns?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(8)
  }).toPass({ timeout: 30_000 })
})

test('a narrow window shows one thing at a time', async ({ page, namespace }) => {
  await page.setViewportSize({ width: 1000, height: 700 })
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await page.getByRole('link', { name: 'nginx-deployment' }).click()
  await expect(page.getByRole('article', { name: 'Object nginx-deployment' })).toBeVisible()
  await expect(grid(page, 'Deployment')).toBeHidden()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await expect(grid(page, 'Deployment')).toBeVisible()
})

test('language and appearance switch at once', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByText('简体中文').click()
  await expect(page.getByRole('heading', { name: '设置' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.getByText('深色').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByText('English').click()
  await page.getByText('System').last().click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test('a host that is gone is said so, with what is kept', async ({ practice, browser }) => {
  const app = await startApp(practice.kubeconfigPath)
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(app.address)
    await expect(rowOf(page, 'nginx-deployment')).toBeVisible()
    await app.end()
    await expect(page.getByRole('alert')).toContainText('What you typed is kept in this page')
    await expect(rowOf(page, 'nginx-deployment')).toBeVisible()
  } finally {
    await context.close()
    await app.end()
  }
})

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing is inaccessible in ${scheme}`, async ({ page, namespace }) => {
    // Each of the five checks walks the whole page.
    test.setTimeout(240_000)
    await page.emulateMedia({ colorScheme: scheme })
    const check = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`),
      ).toEqual([])
    }
    await page.goto(`/list/_all/core/v1/pods/${namespace}`)
    await expect(rowOf(page, 'myapp-pod').first()).toBeVisible()
    await check()
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('option').first()).toBeVisible()
    await check()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await check()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
    await check()
    await page.keyboard.press('Escape')
    await rowOf(page, 'myapp-pod').first().click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await check()
    await page.getByRole('menuitem', { name: 'Edit E' }).click()
    await expect(page.getByRole('textbox', { name: 'Object YAML' })).toBeVisible()
    await check()
  })
}
