import { deployments, EditorPage, runFirst } from './editor.ts'
import { expect, test } from './fixtures.ts'

test.beforeEach(async ({ page, namespace }) => {
  // As narrow as a window gets, where a panel of the header has the least room.
  await page.setViewportSize({ width: 1000, height: 700 })
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('replicas: 3', 'replicas: 2')
})

test('what opens over a text closes by Escape, and the focus is back where it was', async ({ page }) => {
  const editor = new EditorPage(page)
  for (const [name, dialog] of [
    ['Merge a fragment', /^Merge a fragment into/],
    ['Export for Git', /for Git/],
    ['What this text would do', 'What else it touches'],
    ['Go to a field', /field/],
  ] as const) {
    await runFirst(page, `>${name}`, name)
    const opened = page.getByRole('dialog', { name: dialog })
    await expect(opened).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(opened).toBeHidden()
    await expect(editor.text, `after ${name}`).toBeFocused()
  }
})

test('a panel of the header stays in the window, and closes by Escape and by what is done elsewhere', async ({
  page,
}) => {
  const editor = new EditorPage(page)
  const status = page.locator('.dry-run > summary')
  await expect(status).toHaveText('Server would accept')
  await runFirst(page, '>What the server says of this text', 'What the server says of this text')
  const panel = page.locator('.dry-run-panel')
  await expect(panel).toBeInViewport({ ratio: 1 })
  await expect(status).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(status).toBeFocused()
  await status.press('Enter')
  await expect(panel).toBeVisible()
  await editor.text.click()
  await expect(panel).toBeHidden()
  await editor.toReview()
  await page.getByRole('button', { name: 'Back to editing' }).press('Escape')
  await expect(editor.text).toBeFocused()
})
