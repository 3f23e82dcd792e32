import type { Page } from '@playwright/test'
import { configMaps, deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

/** Opens the choice of how an edit is written by its key, and takes a strategy. */
async function choose(page: Page, name: string): Promise<void> {
  const radio = page.getByRole('radio', { name, exact: true })
  if (!(await radio.isVisible())) await page.getByRole('button', { name: 'Change how it is written' }).click()
  await page.locator('.strategy').filter({ has: radio }).locator('label').click()
}

test('an edit is written as a JSON Patch, then applied over its owner by force', async ({
  page,
  namespace,
  kubectl,
}) => {
  const replicas = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'nginx-deployment', namespace } }
  await kubectl(['apply', '--server-side', '--force-conflicts', '--field-manager=colleague', '--filename=-'], {
    input: JSON.stringify({ ...replicas, spec: { replicas: 3 } }),
  })
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('replicas: 3', 'replicas: 2')
  await editor.toReview()
  const writing = page.getByRole('region', { name: 'How it is written' })

  await choose(page, 'JSON Patch')
  await expect(editor.request).toContainText('application/json-patch+json')
  await expect(editor.request).toContainText('"test"')
  await expect(writing).toContainText('JSON Patch, guarded by version')

  await choose(page, 'Server-side apply')
  await expect(editor.alert('Server-side apply was refused.')).toContainText('colleague')
  await expect(editor.request).toContainText('application/json-patch+json')
  await page.getByRole('button', { name: /^Take over / }).click()
  await expect(editor.request).toContainText('application/apply-patch+yaml')
  await expect(editor.request).toContainText('force=true')
  await expect(page.getByRole('region', { name: 'Takes fields over by force' })).toContainText('colleague')
  await editor.save()

  const stored = JSON.parse(
    await kubectl([
      'get',
      'deployment',
      'nginx-deployment',
      `--namespace=${namespace}`,
      '--output=json',
      '--show-managed-fields',
    ]),
  )
  expect(stored.spec.replicas).toBe(2)
  const owner = stored.metadata.managedFields.find((entry: { manager: string }) => entry.manager === 'patchbay-apply')
  expect(owner).toMatchObject({ operation: 'Apply', fieldsV1: { 'f:spec': { 'f:replicas': {} } } })
})

test('a replace names whose change it takes back', async ({ page, namespace, kubectl }) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 5 * * *')
  await kubectl([
    'patch',
    'configmap',
    'backup-script',
    `--namespace=${namespace}`,
    '--field-manager=colleague',
    '--type=merge',
    `--patch=${JSON.stringify({ data: { umask: '0027' } })}`,
  ])
  await editor.toReview()
  await choose(page, 'Replace')
  await expect(editor.request).toContainText('PUT ')
  await expect(page.getByRole('region', { name: 'Takes changes of others back' })).toContainText('colleague')
  await expect(editor.submit).toBeDisabled()
  await page.getByRole('checkbox', { name: /I have seen that one change of others is taken back/ }).check()
  await editor.save()
  const stored = JSON.parse(
    await kubectl(['get', 'configmap', 'backup-script', `--namespace=${namespace}`, '--output=json']),
  )
  expect(stored.data.schedule).toBe('0 5 * * *')
  expect(stored.data.umask).not.toBe('0027')
})

test('of a manifest with several objects each opens against the one that it names', async ({ page, namespace }) => {
  const manifest = (name: string, data: string) =>
    `# From a colleague.\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`
  await page.goto('/')
  await expect(page.getByRole('navigation').or(page.locator('.sidebar')).first()).toBeVisible()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: 'Apply a manifest' })
  await dialog
    .getByRole('textbox', { name: 'Manifest' })
    .fill(`${manifest('backup-script', 'schedule: 0 6 * * *')}---\n${manifest('another', 'a: b')}`)
  await dialog.getByRole('combobox', { name: 'Context' }).selectOption('practice')
  await dialog.getByRole('combobox', { name: 'Namespace' }).fill(namespace)
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await dialog.getByRole('button', { name: 'Open ConfigMap backup-script' }).click()
  await expect(dialog.getByText('Opened')).toBeVisible()
  await page.keyboard.press('Escape')

  const edit = page.getByRole('region', { name: 'Edit of ConfigMap backup-script' })
  await expect(edit).toContainText(namespace)
  await expect(edit.getByRole('textbox', { name: 'Object YAML' })).toContainText('# From a colleague.')
})
