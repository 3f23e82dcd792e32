import { startApp } from './app.ts'
import { EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('what was typed is there after a crash of the app, and goes on from what is live', async ({
  practice,
  browser,
  namespace,
  kubectl,
}, info) => {
  // Two starts of the app.
  test.slow()
  const first = await startApp(practice.kubeconfigPath)
  const context = await browser.newContext({ colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(first.address)
  const editor = new EditorPage(page)
  const origin = new URL(first.address).origin
  await page.goto(`${origin}/edit/practice/core/v1/configmaps/${namespace}/backup-script`)
  await expect(editor.text).toContainText('apiVersion')
  await editor.replace('0 3 * * *', '0 7 * * *')
  await expect(page.getByText('Kept on disk')).toBeVisible()
  await first.kill()
  await kubectl(['patch', 'configmap', 'backup-script', '-n', namespace, '-p', '{"data":{"umask":"0027"}}'])

  const second = await startApp(practice.kubeconfigPath, [], first.profile)
  try {
    await page.goto(second.address)
    const kept = page.getByRole('complementary', { name: 'Edits that were not submitted' })
    await expect(kept.getByRole('heading')).toHaveText('An edit was not submitted')
    await page.screenshot({ path: info.outputPath('kept-light.png') })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: info.outputPath('kept-dark.png') })
    // By keyboard: the palette offers it too.
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('dialog').getByRole('combobox').fill('not submitted')
    await expect(page.getByRole('option').first()).toContainText('Open the edit that was not submitted')
    await page.keyboard.press('Enter')
    await expect(editor.text).toContainText('0 7 * * *')
    await expect(page.getByRole('status').filter({ hasText: 'was kept on' })).toBeVisible()
    await expect(page.getByText('Kept on disk')).toBeVisible()
    await page.screenshot({ path: info.outputPath('restored-dark.png') })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.screenshot({ path: info.outputPath('restored-light.png') })
    await editor.toReview()
    await editor.submit.click()
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    const stored = JSON.parse(await kubectl(['get', 'configmap', 'backup-script', '-n', namespace, '-o', 'json']))
    expect(stored.data).toMatchObject({ schedule: '0 7 * * *', umask: '0027' })
  } finally {
    await second.end()
    await context.close()
  }
})
