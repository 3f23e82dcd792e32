import { completions, configMaps, deployments, EditorPage, pointAt } from './editor.ts'
import { expect, test } from './fixtures.ts'

// The list of findings takes its place below the text as it comes: the line with the cursor is to stay in sight.
test.use({ viewport: { width: 1280, height: 1400 } })

test('fields that name other objects are completed with what is there, and marked where it is not', async ({
  page,
  namespace,
}) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  const options = completions(page)
  const container = '        imagePullPolicy: IfNotPresent'
  const lines = ['', 'env:', '- name: A', '  valueFrom:', '    configMapKeyRef:', '      name: envoy']
  await editor.select(container)
  await page.keyboard.insertText(container + lines.join('\n        '))

  await page.keyboard.type('-')
  await expect(options.filter({ hasText: 'envoy-initializer' })).toContainText('ConfigMap')
  // The popup takes no key in its first moment; nobody is that quick by hand.
  await options.filter({ hasText: 'envoy-initializer' }).click()
  await expect(editor.text).toContainText('name: envoy-initializer')
  await page.keyboard.insertText(`\n${' '.repeat(14)}key: `)
  await page.keyboard.press('Control+Space')
  await options.filter({ hasText: /^config$/ }).click()
  await expect(editor.text).toContainText('key: config')

  await editor.select('name: envoy-initializer')
  await page.keyboard.insertText('name: envoy-initialiser')
  const marked = page.locator('.cm-lintRange-warning', { hasText: 'envoy-initialiser' })
  const words = `There is no ConfigMap “envoy-initialiser” in the namespace ${namespace}.`
  // Its words close where the server's are drawn: those come before.
  await expect(marked).toBeVisible()
  await expect(page.locator('[data-standing=current] > summary')).toBeVisible()
  const told = page.locator('.cm-tooltip-lint', { hasText: words })
  const change = told.getByRole('button', { name: 'Change to envoy-initializer' })
  await pointAt(marked, change)
  await change.click()
  await expect(marked).toHaveCount(0)
  await expect(editor.text).toContainText('name: envoy-initializer')
})

test('a text too large for a server is helped with by the cursor’s place alone', async ({
  page,
  namespace,
  kubectl,
}) => {
  const data = Object.fromEntries(Array.from({ length: 6_000 }, (_, at) => [`key-${at}`, `value ${at}`]))
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large', namespace }, data }
  await kubectl(['create', '-f', '-'], { input: JSON.stringify(object) })
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'large')
  const options = completions(page)
  await editor.select('apiVersion: v1')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Space')
    await expect(options.filter({ hasText: 'immutable' })).toBeVisible({ timeout: 5_000 })
  }).toPass()
  await page.keyboard.type('imm')
  await options.filter({ hasText: 'immutable' }).click()
  await expect(options).toHaveText(['false', 'true'])
  await page.keyboard.press('Escape')
  await page.keyboard.type('"no"')
  await expect(page.locator('.cm-lintRange-error')).toHaveText('"no"')
  await pointAt(
    page.locator('.cm-line', { hasText: 'immutable' }).getByText('immutable'),
    page.locator('.cm-lsp-hover-tooltip', { hasText: 'ensures that data stored in the ConfigMap cannot be updated' }),
  )
})
