import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../../scripts/bootstrap/root.mjs'
import { configMaps, deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

// The README's pictures, taken anew in every run into test-results/pictures; copied to docs/images when they change.
const take = (page: Page, name: string) =>
  page.screenshot({ path: join(root, 'test-results', 'pictures', `${name}.png`), animations: 'disabled' })

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ viewport: { width: 1440, height: 900 }, colorScheme })

    test('a review', async ({ page, namespace }) => {
      const editor = new EditorPage(page)
      await editor.open(deployments, namespace, 'nginx-deployment')
      await editor.replace('nginx:1.14.2', 'nginx:1.16.1')
      await take(page, `editor-${colorScheme}`)
      await editor.toReview()
      await expect(editor.changes).toContainText('image-tag: 1.16.1')
      await take(page, `review-${colorScheme}`)
      await editor.request.scrollIntoViewIfNeeded()
      await take(page, `request-${colorScheme}`)
    })

    test('help while typing', async ({ page, namespace }) => {
      const editor = new EditorPage(page)
      await editor.openWithHelp(deployments, namespace, 'frontend')
      await page.keyboard.press('ControlOrMeta+k')
      const palette = page.getByRole('combobox', { name: 'Go to anything' })
      await palette.fill('>Show the owner of each line')
      const command = page.getByRole('option', { name: 'Show the owner of each line' })
      await expect(command).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('Enter')
      await expect(page.locator('.owner-mark').first()).toBeVisible()
      // The palette gives the focus back once it has gone.
      await expect(editor.text).toBeFocused()
      await editor.replace('imagePullPolicy:', 'imagePulPolicy:')
      await expect(page.locator('.cm-lintRange-error').first()).toBeVisible()
      await editor.text.press('End')
      await editor.text.press('Enter')
      await editor.text.pressSequentially('li', { delay: 30 })
      await expect(page.getByRole('option', { name: /^livenessProbe/ })).toBeVisible()
      await expect(editor.text.locator('.cm-activeLine')).toBeInViewport()
      await expect(page.getByText('Kept on disk').filter({ visible: true })).toBeVisible()
      await take(page, `help-${colorScheme}`)
    })

    test('an object beside its list', async ({ page, namespace, kubectl }) => {
      // Rows of what still starts change places under the pointer.
      for (const name of ['nginx-deployment', 'frontend'])
        await kubectl(['rollout', 'status', `deployment/${name}`, '--namespace', namespace])
      await page.goto(`/list/practice,practice-2/core/v1/pods/${namespace}?filter=changed:1h&sort=-Changed`)
      await page.getByRole('row').filter({ hasText: 'nginx-deployment' }).first().click()
      const object = page.getByRole('article', { name: /^Object nginx-deployment/ })
      await expect(object.getByText('Settled')).toBeVisible()
      await take(page, `object-${colorScheme}`)
    })

    test('a conflict', async ({ page, namespace, kubectl }) => {
      const editor = new EditorPage(page)
      await editor.open(configMaps, namespace, 'backup-script')
      await editor.replace('0 3 * * *', '0 4 * * *')
      await editor.toReview()
      const theirs = JSON.stringify({ data: { schedule: '30 2 * * *' } })
      await kubectl([
        'patch',
        'configmap',
        'backup-script',
        '--namespace',
        namespace,
        '--type=merge',
        '--patch',
        theirs,
      ])
      await editor.submit.click()
      await expect(page.getByRole('group', { name: 'data.schedule' })).toContainText('30 2 * * *')
      await page.keyboard.press('t')
      await expect(page.locator('.conflict-preview')).toContainText('30 2 * * *')
      await expect(page.getByRole('button', { name: 'Put into the text' })).toBeEnabled()
      await take(page, `conflict-${colorScheme}`)
    })
  })
}
