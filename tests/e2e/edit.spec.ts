import { startApp } from './app.ts'
import {
  advancedStatefulSets,
  configMaps,
  deployments,
  EditorPage,
  secrets,
  services,
  untilRolledOut,
} from './editor.ts'
import { expect, test } from './fixtures.ts'
import { startRecordingProxy } from './recording-proxy.ts'

/** The JSON of an object as the server has it. */
type Get = (args: readonly string[]) => Promise<string>

async function read(kubectl: Get, namespace: string, type: string, name: string) {
  return JSON.parse(await kubectl(['get', type, name, '--namespace', namespace, '--output=json']))
}

test('the image of a Deployment is changed with exactly one strategic PATCH', async ({
  practice,
  browser,
  namespace,
  kubectl,
}) => {
  // A write of its controller between review and submit would make it two.
  await untilRolledOut(kubectl, namespace)
  const proxy = await startRecordingProxy(practice)
  const app = await startApp(proxy.kubeconfigPath)
  try {
    const context = await browser.newContext({ locale: 'en-US', baseURL: app.origin })
    const page = await context.newPage()
    await page.goto(app.address)
    const editor = new EditorPage(page)
    await editor.open(deployments, namespace, 'nginx-deployment')
    await editor.replace('nginx:1.14.2', 'nginx:1.16.1')
    await editor.toReview()

    await expect(editor.changes).toContainText('image: nginx:1.16.1')
    // The policy makes the label from the edited image's tag.
    await expect(editor.changes.getByRole('row').filter({ hasText: 'image-tag: 1.16.1' })).toContainText('Server adds')
    await expect(editor.changes.getByRole('row').filter({ hasText: 'image: nginx:1.16.1' })).toContainText('My edit')
    await expect(editor.request).toContainText('application/strategic-merge-patch+json')
    expect(written(proxy.requests)).toEqual([])

    await editor.save()
    const [patch, ...more] = written(proxy.requests)
    expect(more).toEqual([])
    expect(patch).toMatchObject({
      method: 'PATCH',
      mediaType: 'application/strategic-merge-patch+json',
      path: `/apis/apps/v1/namespaces/${namespace}/deployments/nginx-deployment`,
    })
    expect(patch?.query.get('fieldManager')).toBe('patchbay')
    expect(patch?.query.get('fieldValidation')).toBe('Strict')
    const stored = await read(kubectl, namespace, 'deployment', 'nginx-deployment')
    expect(stored.spec.template.spec.containers[0].image).toBe('nginx:1.16.1')
    await context.close()
  } finally {
    await app.end()
    await proxy.end()
  }
})

/** Requests that change objects for good: writes that are no dry runs and no questions about access. */
function written(requests: readonly { method: string; path: string; query: URLSearchParams }[]) {
  return requests.filter(
    ({ method, path, query }) => method !== 'GET' && !query.has('dryRun') && !path.startsWith('/apis/authorization'),
  )
}

test('a custom resource is changed by a merge patch', async ({ page, namespace, kubectl }) => {
  const editor = new EditorPage(page)
  await editor.open(advancedStatefulSets, namespace, 'sample')
  await editor.replace('image: nginx:1.25.3', 'image: nginx:1.25.4')
  await editor.toReview()
  await expect(editor.request).toContainText('application/merge-patch+json')
  await editor.save()
  const stored = await read(kubectl, namespace, 'statefulsets.v1alpha1.apps.kruise.io', 'sample')
  expect(stored.spec.template.spec.containers[0]).toMatchObject({ name: 'main', image: 'nginx:1.25.4' })
  expect(stored.spec.template.spec.containers[0].env).toEqual([{ name: 'LOG_LEVEL', value: 'info' }])
})

test('a script keeps its comments, also after a refused review', async ({ page, namespace, kubectl }) => {
  const before = await read(kubectl, namespace, 'configmap', 'backup-script')
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 4 * * *')
  await editor.replace('kind: ConfigMap', 'typo: x\nkind: ConfigMap')
  await editor.review.click()
  await expect(editor.alert('typo')).toBeVisible()
  await editor.replace('typo: x\n', '')
  await editor.toReview()
  await editor.save()
  const after = await read(kubectl, namespace, 'configmap', 'backup-script')
  expect(after.data).toEqual({ ...before.data, schedule: '0 4 * * *' })
  expect(after.data['backup.sh']).toContain('\n# Where the dumps go.\n')
})

test('a Secret is readable in its editor and nowhere else', async ({ page, namespace, kubectl }) => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const [planted, typed] = ['correct-horse-battery-staple', 'typed-into-the-editor']
  const editor = new EditorPage(page)
  await editor.open(secrets, namespace, 'database-credentials')
  await expect(editor.text).toContainText(planted)
  const outside = () =>
    page.evaluate(() => {
      const copy = document.body.cloneNode(true)
      if (!(copy instanceof HTMLElement)) throw new Error('no body')
      for (const one of copy.querySelectorAll('.cm-editor')) one.remove()
      return `${copy.innerHTML} ${copy.textContent} ${document.title} ${location.href}`
    })
  const hidden = [planted, typed, base64(planted), base64(typed)]
  const expectHidden = async () => {
    const text = await outside()
    for (const value of hidden) expect(text).not.toContain(value)
  }
  await expectHidden()
  await editor.replace(planted, typed)
  await editor.toReview()
  await expect(editor.changes).toContainText('*** (after)')
  await expectHidden()
  await editor.save()
  await expectHidden()
  // A refusal that quotes the whole object.
  await page.getByRole('button', { name: 'Show as base64' }).click()
  await expect(editor.text).toContainText(base64(typed))
  await editor.replace(base64(typed), 'not base64, typed-into-the-editor')
  await editor.review.click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expectHidden()
  const stored = await read(kubectl, namespace, 'secret', 'database-credentials')
  expect(stored.data.password).toBe(base64(typed))
})

test('the refusal of a policy is told in its words', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('nginx:1.14.2', 'nginx:latest')
  await editor.review.click()
  const alert = editor.alert('image-rules')
  await expect(alert).toContainText('container nginx asks for nginx:latest')
  await expect(page.locator('.cm-line').filter({ hasText: 'nginx:latest' })).toBeInViewport({ ratio: 1 })
})

test('another writer: another field is kept, the same field stops the submit', async ({ page, namespace, kubectl }) => {
  const write = (data: unknown) => patchAsColleague(kubectl, namespace, data)
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 5 * * *')
  await editor.toReview()
  await write({ umask: '0027' })
  await editor.save()
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toContainText('colleague')
  expect((await read(kubectl, namespace, 'configmap', 'backup-script')).data).toMatchObject({
    schedule: '0 5 * * *',
    umask: '0027',
  })

  await editor.replace('0 5 * * *', '0 6 * * *')
  await editor.toReview()
  await write({ schedule: '0 7 * * *' })
  await editor.submit.click()
  const conflict = page.getByRole('group', { name: 'data.schedule' })
  await expect(conflict).toContainText('0 5 * * *')
  await expect(conflict).toContainText('0 6 * * *')
  await expect(conflict).toContainText('0 7 * * *')
  await page.keyboard.press('Escape')
  await expect(editor.text).toContainText('0 6 * * *')
  expect((await read(kubectl, namespace, 'configmap', 'backup-script')).data.schedule).toBe('0 7 * * *')
})

test('a conflict is settled field by field, with the keys, and saved', async ({ page, namespace, kubectl }) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 4 * * *')
  await editor.replace('umask: "0077"', 'umask: "0007"')
  await patchAsColleague(kubectl, namespace, { schedule: '30 2 * * *', umask: '0027', owner: 'web' })
  await editor.review.click()
  await page.getByRole('button', { name: 'Keep mine: data.schedule' }).press('Enter')
  await page.getByRole('button', { name: 'Take theirs: data.umask' }).press('Enter')
  await page.keyboard.press('ControlOrMeta+Enter')
  const settled = page.getByRole('status').filter({ hasText: 'Your text now stands on what is live' })
  await expect(settled).toContainText('data.owner')
  await expect(editor.text).toBeFocused()
  await expect(editor.text).toContainText('0 4 * * *')
  await expect(editor.text).toContainText('0027')
  expect((await read(kubectl, namespace, 'configmap', 'backup-script')).data.schedule).toBe('30 2 * * *')

  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(editor.changes.getByRole('row').filter({ hasText: '30 2 * * *' })).toContainText('My edit')
  await expect(editor.changes).not.toContainText('umask: "0007"')
  await editor.save()
  expect((await read(kubectl, namespace, 'configmap', 'backup-script')).data).toMatchObject({
    schedule: '0 4 * * *',
    umask: '0027',
    owner: 'web',
  })
})

test('a conflict in a Secret is settled without a value on screen', async ({ page, namespace, kubectl }) => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const [mine, theirs] = ['typed-by-me', 'written-by-them']
  const stored = await read(kubectl, namespace, 'secret', 'database-credentials')
  const editor = new EditorPage(page)
  await editor.open(secrets, namespace, 'database-credentials')
  await editor.replace('correct-horse-battery-staple', mine)
  await kubectl([
    'patch',
    'secret',
    'database-credentials',
    '--namespace',
    namespace,
    '--type=merge',
    '--patch',
    JSON.stringify({ data: { password: base64(theirs) } }),
  ])
  // Found here by Take in, not by the host's review: masked all the same.
  await page.getByText('changed data.password').click()
  await page.getByRole('button', { name: 'Take in' }).click()
  const conflict = page.getByRole('group', { name: 'data.password' })
  await expect(conflict).toContainText('***')
  await expect(conflict.getByRole('button', { name: 'Edit the result' })).toHaveCount(0)
  for (const value of ['correct-horse-battery-staple', stored.data.password, mine, theirs, base64(theirs)])
    await expect(conflict).not.toContainText(value)
  await conflict.getByRole('button', { name: 'Keep mine' }).click()
  await expect(page.getByText('All are decided')).toBeVisible()
  await expect(page.locator('.conflict-preview')).toHaveCount(0)
  await page.getByRole('button', { name: 'Put into the text' }).click()
  await editor.toReview()
  await editor.save()
  expect((await read(kubectl, namespace, 'secret', 'database-credentials')).data.password).toBe(base64(mine))
})

test('what others changed is taken in while typing, and undo takes back only what was typed', async ({
  page,
  namespace,
  kubectl,
}) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 4 * * *')
  await patchAsColleague(kubectl, namespace, { umask: '0027' })
  await page.getByText('colleague changed data.umask').click()
  await page.getByRole('button', { name: 'Take in' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Came in from others' })).toContainText('data.umask')
  await expect(page.getByText('colleague changed data.umask')).toHaveCount(0)
  await expect(editor.text).toContainText('0027')
  await expect(editor.text).toBeFocused()
  // What is typed within half a second is one step of undo.
  await page.waitForTimeout(600)
  await page.keyboard.type('5')
  await expect(editor.text).toContainText('0 4 * * *5')
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(editor.text).toContainText('0 3 * * *')
  await expect(editor.text).toContainText('0027')
  await page.keyboard.press('ControlOrMeta+y')
  await editor.toReview()
  await editor.save()
  expect((await read(kubectl, namespace, 'configmap', 'backup-script')).data).toMatchObject({
    schedule: '0 4 * * *',
    umask: '0027',
  })
})

/** Another writer, whose name the page may tell. */
function patchAsColleague(kubectl: Get, namespace: string, data: unknown) {
  const patch = JSON.stringify({ data })
  const how = ['--namespace', namespace, '--type=merge', '--field-manager=colleague', '--patch', patch]
  return kubectl(['patch', 'configmap', 'backup-script', ...how])
}

test('of two ports 53 the edited one is changed', async ({ page, namespace, kubectl }) => {
  const editor = new EditorPage(page)
  await editor.open(services, namespace, 'nameserver')
  await editor.replace('protocol: TCP\n    targetPort: 5353', 'protocol: TCP\n    targetPort: 5354')
  await editor.toReview()
  await editor.save()
  const stored = await read(kubectl, namespace, 'service', 'nameserver')
  expect(stored.spec.ports).toMatchObject([
    { protocol: 'UDP', targetPort: 5353 },
    { protocol: 'TCP', targetPort: 5354 },
  ])
})

test('an ignored field wants a word before Submit', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('generation: ', 'generation: 9')
  await editor.toReview()
  await expect(page.getByRole('row').filter({ hasText: 'metadata.generation' })).toContainText('ignored')
  await expect(editor.submit).toBeDisabled()
  await page.locator('.acknowledge').getByRole('checkbox').check()
  await expect(editor.submit).toBeEnabled()
})

test('the viewer is refused before editing', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment', 'practice-viewer')
  await expect(editor.review).toBeDisabled()
  await expect(page.getByText(/patch.*deployments/).first()).toBeVisible()
  await editor.text.press('ControlOrMeta+Home')
  await page.keyboard.type('typed ')
  await expect(editor.text).not.toContainText('typed')
})

test('a misspelt field is marked on its line, and broken YAML on its', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('revisionHistoryLimit: 10', 'revisonHistoryLimit: 10')
  await editor.review.click()
  await expect(editor.alert('revisonHistoryLimit')).toBeVisible()
  const line = await lineOf(editor, 'revisonHistoryLimit')
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText(`Line ${line}`)

  await editor.replace('revisonHistoryLimit: 10', 'revisionHistoryLimit: [10')
  await expect(editor.review).toBeDisabled()
  await expect(editor.review).toHaveAccessibleDescription(/problem/)
})

/** The number beside the line that holds a piece of text. */
async function lineOf(editor: EditorPage, piece: string): Promise<number> {
  await editor.select(piece)
  return Number(await editor.page.locator('.cm-lineNumbers .cm-activeLineGutter').textContent())
}

test('changed identity is refused on its line before any request', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'envoy-initializer')
  await editor.replace('name: envoy-initializer', 'name: another')
  await expect(editor.review).toBeDisabled()
  await expect(page.getByText(/name/i).first()).toBeVisible()
})

test('deleted meanwhile: the text is kept and the object can be created again', async ({
  page,
  namespace,
  kubectl,
}) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'envoy-initializer')
  await editor.replace('concurrency', 'threads')
  await kubectl(['delete', 'configmap', 'envoy-initializer', '--namespace', namespace])
  await page.getByRole('button', { name: 'Create again' }).first().click()
  await expect(page).toHaveURL(/\/create\//)
  await expect(editor.text).toContainText('threads')
  await editor.toReview()
  await expect(editor.request).toContainText('POST')
  await editor.submit.click()
  await expect(page.getByRole('status').filter({ hasText: 'Created' })).toBeVisible()
  expect((await read(kubectl, namespace, 'configmap', 'envoy-initializer')).data.config).toContain('threads')
})

test('the text survives a reload and a closed tab of the browser', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 8 * * *')
  await expect(page.getByText('Kept on disk')).toBeVisible()
  await page.reload()
  await expect(editor.text).toContainText('0 8 * * *')
})

test('all of it by keyboard', async ({ page, namespace, kubectl }) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 9 * * *')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(editor.changes).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  expect((await read(kubectl, namespace, 'configmap', 'backup-script')).data.schedule).toBe('0 9 * * *')
})

test('the server gone: the text is kept, and the review works again when it is back', async ({
  practice,
  browser,
  namespace,
  kubectl,
}) => {
  const proxy = await startRecordingProxy(practice)
  const app = await startApp(proxy.kubeconfigPath)
  try {
    const context = await browser.newContext({ locale: 'en-US', baseURL: app.origin })
    const page = await context.newPage()
    await page.goto(app.address)
    const editor = new EditorPage(page)
    await editor.open(configMaps, namespace, 'backup-script')
    await editor.replace('0 3 * * *', '15 3 * * *')
    await proxy.cut()
    await editor.review.click()
    await expect(editor.alert(/reach/)).toBeVisible()
    await expect(editor.text).toContainText('15 3 * * *')
    await proxy.mend()
    await editor.toReview()
    await editor.save()
    expect((await read(kubectl, namespace, 'configmap', 'backup-script')).data.schedule).toBe('15 3 * * *')
    await context.close()
  } finally {
    await app.end()
    await proxy.end()
  }
})
