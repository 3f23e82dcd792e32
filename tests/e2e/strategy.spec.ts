import { expect, test } from './fixtures.ts'

test('of a manifest with several objects each opens against the one that it names', async ({ page, namespace }) => {
  const manifest = (name: string, data: string) =>
    `# From a colleague.\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`
  await page.goto('/')
  await expect(page.getByRole('navigation').or(page.locator('.sidebar')).first()).toBeVisible()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: 'Apply a manifest' })
  await dialog
    .getByRole('textbox', { name: 'Manifest' })
    .fill(`${manifest('backup-script', 'schedule: 0 6 * * *')}---\n${manifest('another', 'a: b')}`)
  await dialog.getByRole('combobox', { name: 'Context' }).selectOption('practice')
  await dialog.getByRole('combobox', { name: 'Namespace' }).fill(namespace)
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await dialog.getByRole('button', { name: 'Open ConfigMap backup-script' }).click()
  await expect(dialog.getByText('Opened')).toBeVisible()
  await page.keyboard.press('Escape')

  const edit = page.getByRole('region', { name: 'Edit of ConfigMap backup-script' })
  await expect(edit).toContainText(namespace)
  await expect(edit.getByRole('textbox', { name: 'Object YAML' })).toContainText('# From a colleague.')
})
