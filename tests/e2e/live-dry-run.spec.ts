import { startApp } from './app.ts'
import { deployments, EditorPage, pointAt } from './editor.ts'
import { expect, test } from './fixtures.ts'
import { startRecordingProxy } from './recording-proxy.ts'

test('while typing, the server says on its line who would refuse, and takes it back with the next key there', async ({
  practice,
  browser,
  namespace,
}) => {
  const proxy = await startRecordingProxy(practice)
  const app = await startApp(proxy.kubeconfigPath)
  try {
    const context = await browser.newContext({ locale: 'en-US', baseURL: app.origin })
    const page = await context.newPage()
    await page.goto(app.address)
    const editor = new EditorPage(page)
    await editor.open(deployments, namespace, 'nginx-deployment')
    const asked = () => proxy.requests.filter(({ query }) => query.get('dryRun') === 'All').length
    // Of the text as it is now, not of an earlier one.
    const status = page.locator('[data-standing=current] > summary').filter({ hasText: /^Server would/ })

    await editor.replace('nginx:1.14.2', 'nginx:latest')
    await expect(status).toHaveText('Server would refuse')
    const mark = page.locator('.cm-lintRange-error')
    // Other marks on the line may divide it.
    const words = page.locator('.cm-tooltip-lint')
    const why = words.filter({ hasText: 'container nginx asks for nginx:latest' }).filter({ hasText: 'image-rules' })
    await pointAt(mark.last(), why)
    await status.click()
    await expect(page.getByText('What the server says of this text')).toBeVisible()
    await status.click()

    const before = asked()
    await editor.text.pressSequentially('1')
    await expect(mark).toHaveCount(0)
    const more = '.17.0-alpine-3.21-slim'
    await editor.text.pressSequentially(more)
    await editor.replace('nginx:latest1.17.0-alpine-3.21-slim', 'nginx:1.17.0')
    await expect(status).toHaveText('Server would accept')
    // Pauses are asked about, not keys, however slow this machine is.
    expect(asked() - before).toBeLessThan(more.length / 2)

    await editor.toReview()
    await context.close()
  } finally {
    await app.end()
    await proxy.end()
  }
})
