import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
const heads = (page: Page) => page.getByRole('columnheader').allInnerTexts()
const command = async (page: Page, name: string) => {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Go to anything' }).fill(name)
  await page.getByRole('option', { name }).first().click()
}

test('columns are chosen, moved and widened, stand in the address, and are remembered for their kind', async ({
  page,
  namespace,
}) => {
  const address = `/list/practice/apps/v1/deployments/${namespace}`
  await page.goto(address)
  await expect(rowOf(page, 'frontend')).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Available' }).uncheck()
  await page.getByRole('checkbox', { name: 'Age', exact: true }).press('Alt+ArrowUp')
  await page.getByRole('searchbox', { name: 'Add a label as a column' }).fill('app')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const chosen = ['', 'Name', 'Ready', 'Age', 'Up-to-date', 'app']
  await expect.poll(() => heads(page)).toEqual(chosen)
  await expect(rowOf(page, 'frontend').getByRole('gridcell').last()).toHaveText('frontend')
  await expect(page).toHaveURL(/columns=Name%2CReady%2CAge%2CUp-to-date%2Clabel%3Aapp$/)

  const head = page.getByRole('columnheader', { name: 'Ready' })
  const before = (await head.boundingBox())?.width ?? 0
  await head.getByRole('button').press('Shift+ArrowRight')
  await head.getByRole('button').press('Shift+ArrowRight')
  await expect.poll(async () => ((await head.boundingBox())?.width ?? 0) - before).toBeGreaterThan(20)
  await head.getByRole('button').press('Alt+ArrowRight')
  await expect.poll(() => heads(page)).toEqual(['', 'Name', 'Age', 'Ready', 'Up-to-date', 'app'])

  // The address of nobody's choice shows what was chosen for the kind.
  await page.goto(address)
  await expect.poll(() => heads(page)).toEqual(['', 'Name', 'Age', 'Ready', 'Up-to-date', 'app'])
  await page.keyboard.press('w')
  await expect.poll(() => heads(page)).toContain('Images')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Show the usual columns' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => heads(page)).toEqual(['', 'Name', 'Ready', 'Up-to-date', 'Available', 'Age'])
})

test('what changed in the last hour is a key away, and a list is kept as a view', async ({
  page,
  namespace,
  kubectl,
}) => {
  await page.goto(`/list/practice/core/v1/configmaps/${namespace}?sort=Name`)
  await expect(rowOf(page, 'envoy-initializer')).toBeVisible()
  // Times are told in whole seconds, and one ConfigMap of a namespace comes from a controller: this change is the newest.
  await expect(rowOf(page, 'kube-root-ca.crt')).toBeVisible()
  const second = () => Math.floor(Date.now() / 1000)
  const before = second()
  await expect.poll(second).toBeGreaterThan(before)
  await kubectl(['annotate', 'configmap', 'envoy-initializer', 'a=b', '-n', namespace, '--field-manager=somebody'])
  await page.keyboard.press('Shift+H')
  const recent = page.getByRole('button', { name: 'Last hour' })
  await expect(recent).toHaveAttribute('aria-pressed', 'true')
  await expect(page).toHaveURL(/filter=changed%3A1h&sort=-Changed$/)
  const first = page.getByRole('grid', { name: 'ConfigMap' }).getByRole('row').nth(1)
  await expect(first).toContainText('envoy-initializer')
  await expect(first).toContainText('somebody')

  await page.keyboard.press('Shift+S')
  await page.getByRole('textbox', { name: 'Name' }).fill('of late')
  await page.keyboard.press('Enter')
  const views = page.getByRole('region', { name: 'Saved views' })
  await expect(views.getByRole('link', { name: 'of late' })).toHaveAttribute('aria-current', 'page')
  await recent.click()
  await expect(page).toHaveURL(/configmaps\/[^?]+\?sort=Name$/)
  await command(page, 'of late')
  await expect(page).toHaveURL(/filter=changed%3A1h/)

  await views.getByRole('button', { name: 'Saved view of late' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('lately')
  await page.keyboard.press('Enter')
  // The host has it.
  await expect(views.getByRole('link', { name: 'lately' })).toBeVisible()
  await page.reload()
  await views.getByRole('listitem').filter({ hasText: 'lately' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(views).toHaveCount(0)
})

test('rows are selected by key and by click, and copied with the list', async ({ page, context, namespace }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}?filter=app!%3Dx&sort=Name`)
  await expect(rowOf(page, 'frontend')).toBeVisible()
  await page.keyboard.press('l')
  await page.keyboard.press(' ')
  await page.keyboard.press('Shift+ArrowDown')
  const selection = page.getByRole('region', { name: 'Selection' })
  await expect(selection).toContainText('2 selected')
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('Copied: 2 objects')).toBeVisible()
  expect(await clipboard()).toBe('frontend\nnginx-deployment')
  await page.keyboard.press('Escape')
  await expect(selection).toHaveCount(0)

  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Copy as kubectl edit' }).click()
  await expect
    .poll(clipboard)
    .toContain(`kubectl --context=practice --namespace=${namespace} edit deployments.v1.apps/nginx-deployment`)
  await expect(rowOf(page, 'nginx-deployment')).toContainText('3/3')
  await rowOf(page, 'frontend').getByText('2/2').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy the column Ready' }).click()
  await expect.poll(clipboard).toBe('2/2\n3/3')

  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('Shift+K')
  await expect.poll(clipboard).toContain(`get deployments.v1.apps -l 'app!=x' --sort-by=.metadata.name`)
  await page.getByRole('button', { name: 'Save, copy and share the list' }).click()
  await page.getByRole('menuitem', { name: 'Copy the list as CSV' }).click()
  await expect.poll(clipboard).toMatch(/^Name,Ready,Up-to-date,Available,Created\r\nfrontend,2\/2,2,2,\d{4}-/)
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('Shift+A')
  await expect
    .poll(clipboard)
    .toMatch(/\/list\/practice\/apps\/v1\/deployments\/.*\?filter=app%21%3Dx&sort=Name&columns=\*$/)

  // A click with Ctrl selects, a plain one opens.
  await rowOf(page, 'frontend')
    .getByText('2/2')
    .click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('checkbox', { name: 'Clear the selection' }).click()
  await expect(selection).toHaveCount(0)
  await rowOf(page, 'frontend').getByText('2/2').click()
  await expect(page).toHaveURL(/\/object\/practice\/apps\/v1\/deployments\/.*\/frontend$/)
})

test('where not all namespaces may be listed, those that may are a click away', async ({ page }) => {
  await page.goto('/list/practice-editor/core/v1/secrets/_all')
  const refusal = page.getByRole('alert')
  await expect(refusal).toContainText('You may list Secrets in these namespaces:')
  // The namespaces of other tests come and go.
  await refusal.getByRole('button', { name: 'default', exact: true }).click()
  await expect(page).toHaveURL(/\/list\/practice-editor\/core\/v1\/secrets\/default$/)
  await expect(refusal).toBeHidden()
})
