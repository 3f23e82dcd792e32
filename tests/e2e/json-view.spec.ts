import type { Page } from '@playwright/test'
import { completions, configMaps, deployments, EditorPage, runFirst, untilRolledOut } from './editor.ts'
import { expect, test } from './fixtures.ts'

const jsonText = (page: Page) => page.getByRole('textbox', { name: 'Object JSON' })
const show = (page: Page, format: 'YAML' | 'JSON') => page.getByRole('radio', { name: format, exact: true })

/** Selects the first place of the JSON that holds a piece of text, and types over it. */
async function retype(page: Page, from: string, to: string): Promise<void> {
  await jsonText(page).press('ControlOrMeta+Home')
  await jsonText(page).press('ControlOrMeta+f')
  const find = page.getByRole('textbox', { name: 'Find' })
  // The panel listens to keys.
  await find.press('ControlOrMeta+a')
  await find.pressSequentially(from)
  await find.press('Enter')
  await find.press('Escape')
  await expect(jsonText(page)).toBeFocused()
  await page.keyboard.insertText(to)
}

test('an edit in JSON goes into the YAML in place, and others’ changes come into the JSON', async ({
  page,
  namespace,
  kubectl,
}) => {
  // The label is what others changed first.
  await untilRolledOut(kubectl, namespace)
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.select('spec:')
  await page.keyboard.press('End')
  await page.keyboard.insertText(' # of mine')
  await editor.select('image: ')
  await page.keyboard.press('Alt+j')
  await expect(jsonText(page)).toBeFocused()
  await expect(editor.text).toBeHidden()
  // The cursor is at the same field.
  await expect(page.locator('.cm-activeLine').filter({ visible: true })).toContainText('"image":')

  await retype(page, '"replicas": 3', '"replicas": 2')
  await kubectl(['-n', namespace, 'label', 'deployment/nginx-deployment', 'team=blue'])
  await page.getByText('changed metadata.labels.team').click()
  await page.getByRole('button', { name: 'Take in' }).click()
  await expect(jsonText(page)).toContainText('"team": "blue"')
  await jsonText(page).press('ControlOrMeta+z')
  await expect(jsonText(page)).toContainText('"replicas": 3')
  await expect(jsonText(page)).toContainText('"team": "blue"')
  await jsonText(page).press('ControlOrMeta+Shift+z')

  await show(page, 'YAML').click()
  await expect(editor.text).toContainText('spec: # of mine')
  await expect(editor.text).toContainText('replicas: 2')
  await expect(editor.text).toContainText('team: blue')
  await editor.toReview()
  await editor.save()
  const spec = await kubectl(['-n', namespace, 'get', 'deployment/nginx-deployment', '-o', 'jsonpath={.spec.replicas}'])
  expect(spec).toBe('2')
})

test('JSON that cannot be read holds up the review and is not lost; a key that stands twice is told', async ({
  page,
  namespace,
}) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'envoy-initializer')
  await show(page, 'JSON').click()
  await expect(jsonText(page)).toBeFocused()
  await retype(page, '"kind": "ConfigMap"', '"kind": "ConfigMap", "kind": "ConfigMap"')
  const problems = page.getByRole('region', { name: 'Problems' })
  await expect(problems).toContainText('The key “kind” stands here a second time')
  await expect(editor.review).toBeDisabled()
  await show(page, 'YAML').click()
  await expect(page.getByText('The JSON view holds text that cannot be read')).toBeVisible()
  await expect(editor.review).toBeDisabled()
  await page.getByRole('button', { name: 'Show the JSON' }).click()
  await expect(jsonText(page)).toBeFocused()
  await expect(jsonText(page)).toContainText('"kind": "ConfigMap", "kind": "ConfigMap"')
  await retype(page, ', "kind": "ConfigMap"', '')
  await expect(problems).toBeHidden()
  // What is wrong with the YAML is told at its place in the JSON.
  await retype(page, '"kind": "ConfigMap"', '"kind": "ConfigMaps"')
  await expect(problems).toContainText('kind')
  await problems.getByRole('button').first().click()
  await expect(page.locator('.cm-activeLine').filter({ visible: true })).toContainText('ConfigMaps')
  await expect(page.locator('.cm-lintRange-error').filter({ visible: true })).toContainText('ConfigMaps')
})

test('JSON is helped with as YAML is: owners, completion, marks and Vim’s keys', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await page.keyboard.press('Alt+b')
  await expect(page.locator('.owner-mark').first()).toBeVisible()
  await editor.select('replicas: ')
  await page.keyboard.press('Alt+j')
  await expect(jsonText(page)).toBeFocused()
  await expect(page.locator('.owner-mark').filter({ visible: true }).first()).toHaveAttribute('title', /Update|Apply/)

  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('"minR')
  await completions(page)
    .filter({ hasText: /^minReadySeconds/ })
    .click()
  await page.keyboard.type('5,')
  // While the JSON is half a field the header says so, and moves the switch.
  await expect(page.locator('[data-state=changed]').filter({ visible: true })).toBeVisible()
  await show(page, 'YAML').click()
  await expect(editor.text).toBeFocused()
  await expect(editor.text).toContainText('minReadySeconds: 5')

  await show(page, 'JSON').click()
  await expect(jsonText(page)).toBeFocused()
  await page.keyboard.press('F9')
  await expect(page.locator('.cm-activeLine').filter({ visible: true })).toContainText('"minReadySeconds": 5')
  await runFirst(page, '>Vim', 'Vim')
  await expect(page.locator('.status-line strong').filter({ visible: true })).toHaveText('NORMAL')
  await jsonText(page).focus()
  await page.keyboard.type('dd')
  await show(page, 'YAML').click()
  await expect(editor.text).not.toContainText('minReadySeconds')
})
