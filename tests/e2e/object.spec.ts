import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const pageOf = (page: Page, name: string) => page.getByRole('article', { name: `Object ${name}`, exact: true })
const panel = (page: Page, section: string) => page.getByRole('tabpanel', { name: section, exact: true })

/** The rules that a section breaks, by the checker of accessible pages. */
async function broken(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.object-page').analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`)
}

test('the page of an object by keyboard: every section has its key and its address, and E edits', async ({
  page,
  namespace,
}) => {
  const address = `/object/practice/apps/v1/deployments/${namespace}/frontend`
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await expect(page.getByRole('row').filter({ hasText: 'frontend' })).toBeVisible()
  await page.getByRole('grid', { name: 'Deployment', exact: true }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(address)
  await expect(pageOf(page, 'frontend')).toContainText('Settled')
  const summary = panel(page, 'Summary')
  await expect(summary).toContainText('Selector')
  await expect(summary.getByRole('region', { name: 'Containers' })).toContainText('80/TCP')
  await expect(summary.getByRole('region', { name: 'Conditions' })).toContainText('MinimumReplicasAvailable')
  expect(await broken(page)).toEqual([])

  await page.keyboard.press('2')
  await expect(page).toHaveURL(`${address}?section=yaml`)
  await expect(panel(page, 'YAML').getByLabel('YAML of the object')).toContainText('kind: Deployment')
  await expect(panel(page, 'YAML').getByLabel('YAML of the object')).toBeFocused()
  await page.keyboard.press('Shift+M')
  await expect(panel(page, 'YAML')).toContainText('managedFields:')

  await page.keyboard.press('3')
  await expect(panel(page, 'Events').getByRole('list', { name: 'Events' })).toContainText('ScalingReplicaSet')

  await page.keyboard.press('4')
  const owned = panel(page, 'Owners and owned')
  await expect(owned.getByRole('listitem').filter({ hasText: 'Pod' }).first()).toContainText('Running')
  await expect(owned.getByText(/Looked through \d+ kinds/)).toBeVisible()

  await page.keyboard.press('5')
  const related = panel(page, 'Related').getByRole('region', { name: 'Referred to by' })
  await expect(related).toContainText('HorizontalPodAutoscaler')
  await expect(related).toContainText('spec.scaleTargetRef')

  await page.keyboard.press('6')
  await expect(panel(page, 'Timeline').getByRole('listitem').last()).toContainText('Created')

  await page.keyboard.press('7')
  const writers = panel(page, 'Writers')
  await writers.getByRole('button', { name: 'kubectl-create' }).press('Enter')
  await writers.getByRole('searchbox', { name: 'Filter by path or value' }).fill('image')
  await expect(writers.getByText(/spec\.template\.spec\.containers\[name=\S+\]\.image$/)).toBeVisible()
  expect(await broken(page)).toEqual([])
  await page.getByRole('tab', { name: 'Writers', exact: true }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tab', { name: 'Timeline', exact: true })).toBeFocused()

  // The way down the tree and up again: one tab for all the pages that are passed through.
  await page.keyboard.press('4')
  await owned.getByRole('link', { name: /^frontend-\w+$/ }).click()
  await expect(panel(page, 'Summary')).toContainText('Owner')
  await panel(page, 'Summary').getByRole('link', { name: 'Deployment frontend' }).click()
  await expect(page).toHaveURL(address)
  // Another test's edits may be open beside it.
  const tabs = page.getByRole('tablist', { name: 'Open edits' }).getByRole('tab')
  await expect(tabs.and(page.locator(`[title*="${namespace}"]`))).toHaveCount(1)

  await pageOf(page, 'frontend').getByRole('tab', { name: 'Summary' }).focus()
  await page.keyboard.press('e')
  await expect(page).toHaveURL(`/edit/practice/apps/v1/deployments/${namespace}/frontend`)
  await expect(page.getByRole('textbox', { name: 'Object YAML' })).toBeVisible()
})

test('a Secret is masked until each value is revealed, and an object that goes is said to be gone', async ({
  page,
  namespace,
  kubectl,
}) => {
  const planted = 'planted-object-page'
  const markup = '<img src=x onerror="document.title=1">'
  const manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'sealed', namespace, annotations: { markup } },
    stringData: { word: planted },
  }
  await kubectl(['create', '-f', '-'], { input: JSON.stringify(manifest) })
  await page.goto(`/object/practice/core/v1/secrets/${namespace}/sealed`)
  await expect(panel(page, 'Summary')).toContainText(markup)
  await expect(page).toHaveTitle('sealed · practice · Patchbay')
  await page.keyboard.press('2')
  const yaml = panel(page, 'YAML')
  await expect(yaml).toContainText("word: '***'")
  await expect(page.locator('body')).not.toContainText(planted)
  await yaml.getByRole('button', { name: /data\.word/ }).press('Enter')
  await expect(yaml.getByText(planted, { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('body')).not.toContainText(planted)

  await kubectl(['delete', 'secret', 'sealed', '-n', namespace])
  await expect(pageOf(page, 'sealed')).toContainText('This object was deleted.')
  await kubectl(['create', '-f', '-'], { input: JSON.stringify(manifest) })
  await expect(pageOf(page, 'sealed')).toContainText('created anew')
})
