import { startFaultProxy } from '../fault-proxy/fault-proxy.ts'
import { stall } from '../fault-proxy/stall.ts'
import { startApp } from './app.ts'
import { expect, test } from './fixtures.ts'

test('a quick edit of many that a crash cut off tells what became of each object, and goes on with the rest', async ({
  practice,
  browser,
  namespace,
  kubectl,
}, info) => {
  // Two starts of the app.
  test.slow()
  const names = ['shop-a', 'shop-b', 'shop-c', 'shop-d', 'shop-e', 'shop-f']
  for (const name of names) await kubectl(['create', 'configmap', name, '-n', namespace])
  await kubectl(['label', 'configmap', ...names, '-n', namespace, 'tier=back'])
  const proxy = await startFaultProxy(practice)
  const first = await startApp(proxy.kubeconfigPath)
  const context = await browser.newContext({ colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(first.address)
  await page.goto(`${new URL(first.address).origin}/list/practice/core/v1/configmaps/${namespace}?filter=shop-`)
  await expect(page.getByRole('row', { name: /shop-f/ })).toBeVisible()
  await page.getByRole('grid', { name: 'ConfigMap' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('q')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Value tier' }).fill('front')
  await expect(dialog.getByRole('button', { name: 'Check 6 objects' })).toBeEnabled()
  await page.keyboard.press('Enter')
  // Of the first two the answers never come; the next two never reach the server.
  const stalled = names.slice(0, 4).map((name, index) => {
    const match = { method: 'PATCH', path: `/configmaps/${name}`, dryRun: false } as const
    return stall(proxy, match, index < 2 ? 'after' : 'before')
  })
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('OPS-7')
  await dialog.getByRole('button', { name: 'Submit 6 changes' }).click()
  await Promise.all(stalled)
  await first.kill()
  proxy.heal()

  const second = await startApp(proxy.kubeconfigPath, [], first.profile)
  try {
    await page.goto(second.address)
    const notice = page.getByRole('complementary', { name: 'Quick edits that were cut off' })
    await expect(notice.getByRole('heading')).toHaveText('Cut off half-way: Labels of 6 objects')
    await expect(notice.getByRole('status')).toHaveText('2 changed · 2 not changed · 2 never sent')
    await notice.getByText('Object by object').click()
    await expect(notice.getByText('did not arrive, not changed')).toHaveCount(2)
    await page.screenshot({ path: info.outputPath('cut-off-light.png') })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: info.outputPath('cut-off-dark.png') })
    await notice.getByRole('button', { name: 'Go on with 4 objects…' }).press('Enter')
    await expect(dialog.getByText('will change')).toHaveCount(4)
    await expect(dialog.getByRole('textbox', { name: /Reason/ })).toHaveValue('OPS-7')
    await page.screenshot({ path: info.outputPath('goes-on-dark.png') })
    await dialog.getByRole('button', { name: 'Submit 4 changes' }).click()
    await expect(dialog.getByRole('status')).toContainText('4 changed')
    await expect(notice).toBeHidden()
    const said = await kubectl(['get', 'configmaps', '-n', namespace, '-l', 'tier=front', '-o', 'name'])
    expect(said.trim().split('\n')).toHaveLength(6)
  } finally {
    await second.end()
    await context.close()
    await proxy.end()
  }
})
