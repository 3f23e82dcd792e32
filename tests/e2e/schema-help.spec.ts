import { deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('the schema helps a person who types on a Deployment', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option')

  // A misspelt field is told of, with what it was meant to be.
  await editor.replace('replicas: 3', 'replica: 3')
  await expect(page.locator('summary', { hasText: 'Server would refuse' })).toBeVisible()
  await page.locator('.cm-lintRange-error', { hasText: 'replica' }).hover()
  await expect(page.locator('.cm-tooltip-lint')).toContainText('no field “replica”')
  await page.getByRole('button', { name: 'Change to replicas' }).click()
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0)

  // A field is completed as it is typed, and leads on to its values.
  await editor.select('replicas: 3')
  await editor.text.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('pau')
  await expect(options.filter({ hasText: 'paused' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(options).toHaveText(['false', 'true'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await expect(editor.text).toContainText('paused: true')

  // The values of a field, with what each of them means.
  await editor.select('imagePullPolicy: IfNotPresent')
  await page.keyboard.type('imagePullPolicy: ')
  await page.keyboard.press('Control+Space')
  await expect(options).toHaveText(['Always', 'IfNotPresent', 'Never'])
  await page.keyboard.type('Nev')
  await expect(page.locator('.cm-completionInfo')).toContainText('never pulls an image')
  await page.keyboard.press('Enter')
  await expect(editor.text).toContainText('imagePullPolicy: Never')

  await page.getByText('terminationGracePeriodSeconds').hover()
  await expect(page.locator('.cm-lsp-hover-tooltip')).toContainText('duration in seconds the pod needs to terminate')
})
