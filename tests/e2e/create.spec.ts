import { expect, test } from './fixtures.ts'

test('two documents are created in two contexts, after a check of each', async ({ page, namespace, kubectl }) => {
  const name = `${namespace}-new`
  await page.goto(`/list/practice/core/v1/configmaps/${namespace}`)
  await page.getByRole('grid', { name: 'ConfigMap' }).focus()
  await page.keyboard.press('c')
  const editor = page.getByRole('textbox', { name: 'YAML of the new objects' })
  await editor.fill(
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: ${name}\ndata:\n  a: b\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n---\nkind: ConfigMap\napiVersion: v1\nmetadata:\n  name: wrong\ndatta: {}\n`,
  )
  await page.getByRole('button', { name: 'Contexts to create in' }).click()
  await page.getByRole('option', { name: 'practice-2' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Check' }).click()
  const table = page.getByRole('table', { name: 'Objects and contexts' })
  const cell = (what: string, context: string, state: string) =>
    table.getByRole('button', { name: `${what} in ${context}: ${state}`, exact: true })
  await expect(cell('ConfigMap settings', 'practice-2', 'after number 1')).toBeVisible()
  await expect(cell(`Namespace ${name}`, 'practice', 'would be created')).toBeVisible()
  await cell('ConfigMap wrong', 'practice', 'refused').click()
  await page.getByRole('button', { name: 'Go to line 18' }).click()
  await expect(editor).toBeFocused()

  // What is left in the text is kept, also over a reload.
  await page.reload()
  await expect(editor).toContainText('datta')
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByRole('button', { name: 'Create 4 objects' }).click()
  await expect(page.getByRole('status').filter({ hasText: '4 created' })).toBeVisible()
  await cell('ConfigMap settings', 'practice', 'created').click()
  await page.getByRole('link', { name: 'Open the object' }).click()
  await expect(page.getByRole('heading', { name: /settings/ }).first()).toBeVisible()
  expect(
    await kubectl(['get', 'configmap', 'settings', '-n', name, '-o', 'name'], { context: 'practice-2' }),
  ).toContain('settings')
  for (const context of ['practice', 'practice-2'])
    await kubectl(['delete', 'namespace', name, '--wait=false'], { context })
})

test('a new object begins with what its kind requires, and is taken by the server', async ({ page, namespace }) => {
  await page.goto(`/create?new=practice/core/v1/configmaps/${namespace}`)
  const editor = page.getByRole('textbox', { name: 'YAML of the new objects' })
  await expect(editor).toContainText('kind: ConfigMap')
  await page.getByRole('button', { name: 'A kind…' }).click()
  await page.keyboard.type('deployment')
  await expect(page.getByRole('option', { name: 'Deployment apps/v1' })).toHaveAttribute('data-focused')
  await page.keyboard.press('Enter')
  await expect(editor).toContainText('kind: Deployment')
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(
    page.getByRole('button', { name: /^Deployment my-deployment in practice: would be created/ }),
  ).toBeVisible()
})

test('an object is deleted after what hangs on it was shown', async ({ page, namespace, kubectl }) => {
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await page.getByRole('row', { name: /nginx-deployment/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete nginx-deployment' })
  const hanging = dialog.getByRole('region', { name: 'What hangs on it' })
  await expect(hanging.getByText('ReplicaSet', { exact: true })).toBeVisible()
  await expect(hanging.getByText('Pod', { exact: true })).toBeVisible()
  await expect(dialog.getByText('can be deleted')).toBeVisible()
  await dialog.getByText('What it owns loses its owner').click()
  await expect(hanging.getByText('stays, without an owner')).toBeVisible()
  await dialog.getByText('The object is gone at once').click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(dialog.getByRole('status').filter({ hasText: '1 gone' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('row', { name: /nginx-deployment/ })).toBeHidden()
  expect(await kubectl(['get', 'deployments', '-n', namespace, '-o', 'name'])).not.toContain('nginx-deployment')
})
