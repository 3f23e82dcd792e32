import { AxeBuilder } from '@axe-core/playwright'
import { configMaps, deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

type Kubectl = (args: readonly string[]) => Promise<string>

/** Another writer, whose name the page may tell. */
function patchAs(manager: string, kubectl: Kubectl, namespace: string, [type, name]: [string, string], patch: unknown) {
  const how = ['--type=merge', `--field-manager=${manager}`, '--patch', JSON.stringify(patch)]
  return kubectl(['patch', type, name, '--namespace', namespace, ...how])
}

async function read(kubectl: Kubectl, namespace: string, type: string, name: string) {
  return JSON.parse(await kubectl(['get', type, name, '--namespace', namespace, '--output=json']))
}

const toleration = (key: string) => ({ key, operator: 'Exists' })
const nginx: [string, string] = ['deployment', 'nginx-deployment']
const script: [string, string] = ['configmap', 'backup-script']

test('a colleague changes the same fields and others: marked on the lines, decided, reviewed, undone', async ({
  page,
  namespace,
  kubectl,
}) => {
  const colleague = (spec: unknown) => patchAs('colleague', kubectl, namespace, nginx, { spec })
  await colleague({ template: { spec: { tolerations: [toleration('base')] } } })
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('revisionHistoryLimit: 10', 'revisionHistoryLimit: 7 # enough')
  await editor.replace('- key: base\n', '- key: mine\n        operator: Exists\n      - key: base\n')
  await editor.replace('progressDeadlineSeconds: 600', 'progressDeadlineSeconds: 500')
  await colleague({
    revisionHistoryLimit: 3,
    progressDeadlineSeconds: 400,
    minReadySeconds: 5,
    template: { spec: { tolerations: [toleration('base'), toleration('theirs')] } },
  })

  // Marked where they are, and told by the keys.
  const overlaps = page.locator('.others-mark.overlaps')
  await expect(overlaps).toHaveCount(3)
  await editor.text.press('ControlOrMeta+Home')
  // The controller's own mark, for the rollout that the colleague began, may come before.
  await expect(async () => {
    await page.keyboard.press('Alt+F6')
    await expect(page.locator('.others-words')).toContainText('colleague changed spec', { timeout: 1_000 })
  }).toPass()
  await page.getByRole('button', { name: 'Decide 3 conflicts…' }).click()

  const card = (path: string) => page.getByRole('group', { name: path })
  await expect(page.getByText('3 left to decide')).toBeVisible()
  expect((await new AxeBuilder({ page }).include('.conflict-view').analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Take both: spec.template.spec.tolerations' }).press('Enter')
  await expect(card('spec.template.spec.tolerations').locator('pre')).toContainText('- key: theirs')
  await page.getByRole('button', { name: 'Keep mine: spec.revisionHistoryLimit' }).press('Enter')
  await card('spec.progressDeadlineSeconds').focus()
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'Result of spec.progressDeadlineSeconds, as YAML' }).fill('450')
  await expect(page.getByText('All are decided')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Your text now stands' })).toContainText(
    'minReadySeconds (by colleague)',
  )
  await expect(editor.text).toBeFocused()
  await expect(editor.text).toContainText('revisionHistoryLimit: 7 # enough')

  // One undo takes back what was given up, and only that.
  await page.keyboard.press('ControlOrMeta+z')
  await expect(editor.text).toContainText('progressDeadlineSeconds: 500')
  await expect(editor.text).toContainText('minReadySeconds: 5')
  await page.keyboard.press('ControlOrMeta+y')
  await expect(editor.text).toContainText('progressDeadlineSeconds: 450')

  // Nothing was sent so far; a new review finds no conflict.
  expect((await read(kubectl, namespace, ...nginx)).spec.revisionHistoryLimit).toBe(3)
  await editor.toReview()
  await editor.save()
  const { spec } = await read(kubectl, namespace, ...nginx)
  expect(spec).toMatchObject({ revisionHistoryLimit: 7, progressDeadlineSeconds: 450, minReadySeconds: 5 })
  const keys = spec.template.spec.tolerations.map(({ key }: { key: string }) => key)
  expect(keys).toEqual(['mine', 'base', 'theirs'])
})

test('what does not meet mine comes in at once where that is chosen, and stays out where it meets it', async ({
  page,
  namespace,
  kubectl,
}) => {
  const colleague = (data: unknown) => patchAs('colleague', kubectl, namespace, script, { data })
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 4 * * *')
  await colleague({ umask: '0027' })
  await page.getByText('colleague changed data.umask').click()
  try {
    await page.getByRole('checkbox', { name: /From now on/ }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Came in' })).toContainText('data.umask (by colleague)')
    await expect(editor.text).toContainText('umask: "0027"')
    await editor.select('0 4 * * *')
    await colleague({ owner: 'web' })
    await expect(editor.text).toContainText('owner: web')
    await page.keyboard.insertText('0 5 * * *')
    await expect(editor.text).toContainText('schedule: 0 5 * * *')
    await page.keyboard.press('ControlOrMeta+z')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(editor.text).toContainText('0 3 * * *')
    await expect(editor.text).toContainText('owner: web')
    await page.keyboard.press('ControlOrMeta+y')
    await colleague({ schedule: '30 2 * * *', umask: '0007' })
    await expect(page.getByRole('button', { name: 'Decide a conflict…' })).toBeVisible()
    await expect(editor.text).toContainText('umask: "0027"')
  } finally {
    // The setting is the app's: the next test begins as a new person would.
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('On request', { exact: true }).click()
  }
})
