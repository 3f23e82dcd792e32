import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { deployments, EditorPage, runFirst } from './editor.ts'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1440, height: 900 } })
// axe walks through a large page six times.
test.slow()

async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.edit').analyze()
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))])
  expect(found, where).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('axe finds nothing in what helps with a text', async ({ page, namespace }) => {
      const editor = new EditorPage(page)
      await editor.open(deployments, namespace, 'frontend')
      await runFirst(page, '>Show the owner of each line', 'Show the owner of each line')
      await runFirst(page, '>Show owners beside the text', 'Show owners beside the text')
      await expect(page.getByRole('complementary', { name: 'Owners' })).toBeVisible()
      await expectAccessible(page, 'owners')

      await editor.replace('imagePullPolicy: IfNotPresent', 'imagePulPolicy: Always')
      await expect(page.locator('.cm-lintRange-error').first()).toBeVisible()
      await editor.text.press('End')
      await editor.text.press('Enter')
      await editor.text.pressSequentially('li', { delay: 30 })
      await expect(page.getByRole('option', { name: /^livenessProbe/ })).toBeVisible()
      await expectAccessible(page, 'completion')
      await editor.text.press('Escape')
      // How much one undo takes back depends on how quickly the keys came.
      await editor.text.press('Backspace')
      await editor.text.press('Backspace')
      await editor.text.press('ControlOrMeta+f')
      await expectAccessible(page, 'find')
      await page.keyboard.press('Escape')
      await editor.replace('imagePulPolicy: Always', 'imagePullPolicy: Always')

      await page.getByText('JSON', { exact: true }).click()
      await expect(page.getByRole('textbox', { name: /JSON/ })).toContainText('"replicas": 2')
      await expectAccessible(page, 'JSON')
      await page.getByText('YAML', { exact: true }).click()

      await editor.replace('replicas: 2', 'replicas: 0')
      await editor.toReview()
      await expectAccessible(page, 'review with dangers')
    })
  })
}
