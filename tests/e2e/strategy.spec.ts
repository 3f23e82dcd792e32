import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
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

/** Opens a text by the dialog, as a person pastes it. */
async function openManifest(page: Page, namespace: string, text: string): Promise<Locator> {
  await page.goto('/')
  await expect(page.getByRole('grid', { name: /deployment/i })).toBeVisible()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: 'Apply a manifest' })
  await dialog.getByRole('textbox', { name: 'Manifest' }).fill(text)
  await dialog.getByRole('combobox', { name: 'Context' }).selectOption('practice')
  await dialog.getByRole('combobox', { name: 'Namespace' }).fill(namespace)
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  return dialog
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

const manifest = (name: string, data: string) =>
  `# From a colleague.\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`

/** An object that was applied by kubectl, and then changed by a colleague. */
async function applied(
  namespace: string,
  kubectl: (args: readonly string[], options?: { input: string }) => Promise<string>,
) {
  const before = manifest('applied', 'a: "1"\n  b: "1"')
  await kubectl(['apply', `--namespace=${namespace}`, '--filename=-'], { input: before })
  const patch = ['--field-manager=colleague', '--type=merge', '--patch={"data":{"theirs":"1"}}']
  await kubectl(['patch', 'configmap', 'applied', `--namespace=${namespace}`, ...patch])
}

test('a manifest is reviewed as each strategy would write it', async ({ page, namespace, kubectl }) => {
  await applied(namespace, kubectl)
  await openManifest(page, namespace, manifest('applied', 'a: "2"'))
  const editor = new EditorPage(page)
  await editor.toReview()
  await expect(page.getByRole('region', { name: 'How it is written' })).toContainText(
    'Client-side apply, guarded by version',
  )
  await choose(page, 'Replace')
  await expect(editor.request).toContainText('PUT ')
  const away = page.getByRole('region', { name: 'Takes changes of others back' })
  await expect(away).toContainText('data.theirs')
  await expect(away).toContainText('colleague')
  await expect(away).not.toContainText('data.b')
  await expect(editor.submit).toBeDisabled()
  await choose(page, 'Server-side apply')
  await expect(editor.alert('Server-side apply was refused.')).toContainText('kubectl-client-side-apply')
  await choose(page, 'Client-side apply')
  await expect(editor.request).toContainText('application/strategic-merge-patch+json')
  await expectAccessible(page)
  // The choice has the focus, and takes no Enter from Submit.
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
})

test('a manifest is submitted as kubectl apply would, and stays as it was typed', async ({
  page,
  namespace,
  kubectl,
}) => {
  await applied(namespace, kubectl)
  const text = manifest('applied', 'a: "2"')
  await openManifest(page, namespace, text)
  const edit = page.getByRole('region', { name: 'Edit of ConfigMap applied' })
  await expect(edit.getByText('Not submitted')).toBeVisible()
  const editor = new EditorPage(page)
  await editor.toReview()
  await editor.save()
  await expect(edit.getByText('Submitted', { exact: true })).toBeVisible()
  await expect(editor.text).toContainText('# From a colleague.')
  await expect(editor.text).not.toContainText('resourceVersion')

  const stored = await kubectl(['get', 'configmap', 'applied', `--namespace=${namespace}`, '--output=json'])
  expect(JSON.parse(stored).data).toEqual({ a: '2', theirs: '1' })
  const again = await kubectl(['apply', `--namespace=${namespace}`, '--filename=-'], { input: text })
  expect(again).toContain('unchanged')
  await page.reload()
  await expect(edit.getByText('Submitted', { exact: true })).toBeVisible()
})

test('a manifest whose name is taken meanwhile goes on against the object that has it', async ({
  page,
  namespace,
  kubectl,
}) => {
  await openManifest(page, namespace, manifest('taken', 'mine: "1"'))
  const edit = page.getByRole('region', { name: 'Edit of ConfigMap taken' })
  await expect(edit.getByText('New object')).toBeVisible()
  await kubectl(['create', 'configmap', 'taken', `--namespace=${namespace}`, '--from-literal=theirs=1'])
  const editor = new EditorPage(page)
  await editor.review.click()
  await expect(editor.alert('An object of this name exists already.')).toBeVisible()
  await page.getByRole('button', { name: 'Compare with the one that is there' }).click()
  await expect(edit.getByText('Not submitted')).toBeVisible()
  await editor.toReview()
  await editor.save()
  const stored = JSON.parse(await kubectl(['get', 'configmap', 'taken', `--namespace=${namespace}`, '--output=json']))
  expect(stored.data).toEqual({ mine: '1', theirs: '1' })
})

test('of a manifest with several objects each opens against the one that it names', async ({ page, namespace }) => {
  const text = `${manifest('backup-script', 'schedule: 0 6 * * *')}---\n${manifest('another', 'a: b')}---\nkind: [\n`
  const dialog = await openManifest(page, namespace, text)
  await dialog.getByRole('button', { name: 'Open ConfigMap backup-script' }).click()
  await expect(dialog.getByText('Opened')).toBeVisible()
  await expect(dialog.getByText('This is not valid YAML')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  const edit = page.getByRole('region', { name: 'Edit of ConfigMap backup-script' })
  await expect(edit).toContainText(namespace)
  await expect(edit.getByRole('textbox', { name: 'Object YAML' })).toContainText('# From a colleague.')
})
