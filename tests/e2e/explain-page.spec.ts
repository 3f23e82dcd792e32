import { expect, test } from './fixtures.ts'

test('any kind is explained without an edit: from the palette, a list and by its address', async ({
  page,
  namespace,
}) => {
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await expect(page.getByRole('grid', { name: 'Deployment', exact: true })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('explain deploy.spec.strategy')
  await page.getByRole('option', { name: /^Explain Deployment: spec.strategy/ }).click()
  await expect(page).toHaveURL('/explain/practice/apps/v1/deployments?field=spec.strategy')
  const explained = page.getByRole('region', { name: 'Explain Deployment' })
  await expect(explained.getByRole('article', { name: 'Documentation of spec.strategy' })).toContainText(
    'The deployment strategy to use to replace existing pods',
  )
  await explained.getByRole('treeitem', { name: /^rollingUpdate/ }).press('Enter')
  await expect(page).toHaveURL(/field=spec.strategy.rollingUpdate$/)
  await explained.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(page).toHaveURL(/field=spec.strategy$/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('grid', { name: 'Deployment', exact: true })).toBeVisible()

  // Another version of the kind, as the address says; nothing else is open.
  await page.goto('/explain/practice/autoscaling/v2/horizontalpodautoscalers?field=spec.metrics')
  await expect(page.getByRole('article', { name: 'Documentation of spec.metrics' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Version' }).selectOption('v1')
  await expect(page).toHaveURL(/\/autoscaling\/v1\//)
  await expect(page.getByRole('article', { name: 'Documentation of spec.metrics' })).toContainText(
    'has no field metrics',
  )
})
