import { configMaps, EditorPage, secrets } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('a text is compared with what is live, and takes over what differs', async ({ page, namespace, kubectl }) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'envoy-initializer')
  await editor.replace('  name: envoy-initializer', '  name: envoy-initializer # ours')
  await kubectl(['-n', namespace, 'annotate', 'configmap/envoy-initializer', 'note=live'])
  await expect(page.getByText(/changed metadata\.annotations/)).toBeVisible()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Compare with what is live' }).click()
  const compare = page.getByRole('region', { name: 'Compare', exact: true })
  const oneDifference = compare.getByRole('status').filter({ hasText: '1 difference' })
  await expect(oneDifference).toBeVisible()
  // Beside a list there is room for one column; the other way is a choice.
  await expect(compare.getByRole('textbox', { name: 'Live and My text' })).toBeVisible()
  await compare.getByRole('radio', { name: 'Side by side' }).click()
  await expect(compare.getByRole('textbox', { name: 'Live', exact: true })).toContainText('note: live')
  const mine = compare.getByRole('textbox', { name: 'My text', exact: true })
  await expect(mine).not.toContainText('note: live')
  await compare.getByRole('button', { name: 'Take over into my text' }).click()
  await expect(mine).toContainText('note: live')
  await expect(compare.getByRole('status').filter({ hasText: 'No differences' })).toBeVisible()
  await mine.press('ControlOrMeta+z')
  await expect(mine).not.toContainText('note: live')
  await expect(oneDifference).toBeVisible()
  await page.keyboard.press('F7')
  await page.keyboard.press('Alt+t')
  await expect(mine).toContainText('note: live')
  // The same in one column, by keys alone.
  await mine.press('ControlOrMeta+z')
  await expect(mine).not.toContainText('note: live')
  await page.keyboard.press('Alt+u')
  const both = compare.getByRole('textbox', { name: 'Live and My text' })
  await expect(both.locator('.cm-deletedChunk')).toContainText('note: live')
  await expect(oneDifference).toBeVisible()
  await page.keyboard.press('F7')
  await expect(both).toBeFocused()
  await page.keyboard.press('Alt+t')
  await expect(compare.getByRole('status').filter({ hasText: 'No differences' })).toBeVisible()
  await expect(both).toContainText('note: live')
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await expect(editor.text).toContainText('note: live')
  await expect(editor.text).toContainText('# ours')
  await expect(editor.text).toBeFocused()

  await editor.replace('note: live', 'note: mine')
  await page.getByRole('button', { name: 'Export for Git…' }).click()
  const dialog = page.getByRole('dialog', { name: /for Git/ })
  await expect(dialog.getByRole('region', { name: 'configmap-envoy-initializer.patch.yaml' })).toContainText(
    'note: mine',
  )
  await expect(dialog.getByRole('region', { name: 'kustomization.yaml' })).toContainText('patches:')
  await dialog.getByRole('radio', { name: 'Whole manifest' }).click()
  const whole = dialog.getByRole('region', { name: 'configmap-envoy-initializer.yaml' })
  await expect(whole).toContainText('note: mine')
  await expect(whole).not.toContainText('uid:')
})

test('a Secret is compared with another one without a value on screen', async ({ page, namespace, kubectl }) => {
  await kubectl([
    '-n',
    namespace,
    'create',
    'secret',
    'generic',
    'other-credentials',
    '--from-literal=username=app',
    '--from-literal=password=planted-value',
  ])
  const editor = new EditorPage(page)
  await editor.open(secrets, namespace, 'database-credentials')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('Compare with another object')
  await page.getByRole('option', { name: /Compare with another object or version/ }).click()
  const chooser = page.getByRole('dialog', { name: 'Choose an object to compare with' })
  await expect(chooser.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('other-credentials')
  await chooser
    .getByRole('option', { name: /other-credentials/ })
    .filter({ hasText: namespace })
    .first()
    .click()
  const compare = page.getByRole('region', { name: 'Compare', exact: true })
  await expect(compare).toContainText('*** (before)')
  await expect(compare).toContainText('*** (after)')
  await expect(compare).not.toContainText('planted-value')
  await expect(compare).not.toContainText('correct-horse')
  await expect(compare.getByRole('button', { name: 'Take over into my text' })).toHaveCount(0)
})

test('two objects of a list are compared', async ({ page, namespace, kubectl }) => {
  await kubectl(['-n', namespace, 'create', 'deployment', 'nginx-copy', '--image=nginx:1.25', '--replicas=0'])
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}?filter=nginx`)
  const grid = page.getByRole('grid', { name: 'Deployment', exact: true })
  await grid.getByRole('row', { name: /nginx-copy/ }).click({ modifiers: ['ControlOrMeta'] })
  await grid.getByRole('row', { name: /nginx-deployment/ }).click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page).toHaveURL(/\/compare\?/)
  const compare = page.getByRole('region', { name: 'Comparison' })
  await expect(compare).toContainText('nginx:1.25')
  await expect(compare).toContainText('nginx:1.14.2')
  await expect(compare).not.toContainText('creationTimestamp')
  await page.getByRole('checkbox', { name: 'Status and bookkeeping' }).check()
  await expect(compare).toContainText('creationTimestamp')
})
