import { deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('what may go wrong is marked while typing, fixed at its mark, and turned off there', async ({
  page,
  namespace,
}) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('replicas: 3', 'replicas: 0')
  const mark = page.locator('.cm-lintRange-warning')
  await expect(mark).toHaveText('0')
  await mark.hover()
  const words = page.locator('.cm-tooltip-lint')
  await expect(words).toContainText('Nothing is left running (now 3).')
  await words.getByRole('button', { name: 'Put it back' }).click()
  await expect(mark).toHaveCount(0)
})
