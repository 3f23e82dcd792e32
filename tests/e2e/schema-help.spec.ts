import type { Locator, Page } from '@playwright/test'
import { untilEstablished } from '../established.ts'
import { completions, deployments, EditorPage, type Kind, pointAt } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('the schema helps a person who types on a Deployment', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  const options = completions(page)

  // A misspelt field is told of, once: in the server's words when it has some, with what the schema thinks was meant.
  await editor.replace('replicas: 3', 'replica: 3')
  await expect(page.locator('summary', { hasText: 'Server would refuse' })).toBeVisible()
  const words = page.locator('.cm-tooltip-lint', { hasText: 'The server does not know the field spec.replica' })
  const change = words.getByRole('button', { name: 'Change to replicas' })
  await pointAt(page.locator('.cm-lintRange-error', { hasText: 'replica' }), change)
  await change.click()
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0)

  // A field is completed as it is typed, and leads on to its values.
  await editor.select('replicas: 3')
  await editor.text.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('pau')
  await takesKeys(page, options.filter({ hasText: 'paused' }))
  await page.keyboard.press('Enter')
  await expect(options).toHaveText(['false', 'true'])
  await takesKeys(page, options.filter({ hasText: 'true' }))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await expect(editor.text).toContainText('paused: true')

  // The values of a field, with what each of them means.
  await editor.select('imagePullPolicy: IfNotPresent')
  await page.keyboard.type('imagePullPolicy: ')
  await page.keyboard.press('Control+Space')
  await expect(options).toHaveText(['Always', 'IfNotPresent', 'Never'])
  await page.keyboard.type('N')
  await expect(page.locator('.cm-completionInfo')).toContainText('never pulls an image')
  // Quick hands: the list that is there takes the Enter behind a letter, whatever else may still be asked.
  await page.keyboard.type('ev')
  await page.keyboard.press('Enter')
  await expect(editor.text).toContainText('imagePullPolicy: Never')

  await pointAt(
    page.getByText('terminationGracePeriodSeconds'),
    page.locator('.cm-lsp-hover-tooltip', { hasText: 'duration in seconds the pod needs to terminate' }),
  )
})

/** CodeMirror's: a list takes no key so many milliseconds after it has opened, for who types on means the text. */
const interactionDelay = 75

/** Waits for a completion, and until its list takes keys by the page's own clock. */
async function takesKeys(page: Page, option: Locator): Promise<void> {
  await expect(option).toBeVisible()
  await page.evaluate(delay => new Promise(resolve => setTimeout(resolve, delay)), interactionDelay + 1)
}

test('it helps with custom resources, and follows their definition as it changes and goes', async ({
  page,
  namespace,
  kubectl,
}) => {
  const group = `${namespace}.example.com`
  const kind: Kind = { group, version: 'v1', resource: 'gadgets' }
  const define = (more: object) =>
    kubectl(['apply', '--filename=-'], { input: JSON.stringify(definitionOf(group, more)) })
  await define({})
  await untilEstablished(kubectl, `gadgets.${group}`)
  const spec = { mode: 'Fast', min: 1, max: 2, free: { any: ['thing'] } }
  const gadget = { apiVersion: `${group}/v1`, kind: 'Gadget', metadata: { name: 'one', namespace }, spec }
  await expect
    .poll(() => kubectl(['create', '--filename=-'], { input: JSON.stringify(gadget) }).catch(() => ''))
    .toContain('created')

  const editor = new EditorPage(page)
  await editor.openWithHelp(kind, namespace, 'one')
  const options = completions(page)
  const marks = page.locator('.cm-lintRange-error')

  // Values from the definition; what it keeps unknown is nobody's mistake, what it does not know is.
  await editor.select('mode: Fast')
  await page.keyboard.type('mode: ')
  await page.keyboard.press('Control+Space')
  await expect(options).toHaveText(['Fast', 'Slow'])
  await page.keyboard.press('Escape')
  await page.keyboard.type('Slow')
  await editor.replace('any:', 'whatever: {it: is}\n    any:')
  await editor.replace('min: 1', 'minn: 1')
  await expect(marks.filter({ hasText: 'minn' })).toBeVisible()
  await expect(marks.filter({ hasText: 'whatever' })).toHaveCount(0)
  await editor.replace('minn: 1', 'min: 3')

  // A rule in CEL is the server's to judge, and its dry run does.
  await expect(marks.filter({ hasText: 'minn' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Findings' }).click()
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('min is above max')
  await editor.replace('min: 3', 'min: 2')

  await define({ colour: { type: 'string', enum: ['red', 'green'] } })
  await expect(page.getByText('The definition of Gadget has changed on the cluster.')).toBeVisible()
  await editor.select('min: 2')
  await page.keyboard.type('min: 2\ncol')
  await takesKeys(page, options.filter({ hasText: 'colour' }))
  await page.keyboard.press('Enter')
  await expect(options).toHaveText(['green', 'red'])
  await takesKeys(page, options.filter({ hasText: 'green' }))
  await page.keyboard.press('Enter')
  await expect(editor.text).toContainText('colour: green')

  await kubectl(['delete', `crd/gadgets.${group}`])
  await expect(page.getByText('The cluster says nothing of the fields of Gadget')).toBeVisible()
  await expect(editor.text).toContainText('colour: green')
})

test('a server that fails is replaced while the text is typed on', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  const started = page.waitForEvent('worker', worker => worker.url().includes('server-worker'))
  await editor.open(deployments, namespace, 'nginx-deployment')
  const first = await started
  // Its own policy holds for it, which knows no network.
  const answered = await first.evaluate(() =>
    fetch('/').then(
      () => true,
      () => false,
    ),
  )
  expect(answered).toBe(false)
  const again = page.waitForEvent('worker', worker => worker.url().includes('server-worker'))
  await first.evaluate(() => {
    setTimeout(() => {
      throw new Error('a crash of its own')
    })
  })
  await editor.replace('replicas: 3', 'replica: 3')
  const second = await again
  await expect(page.locator('.cm-lintRange-error', { hasText: 'replica' })).toBeVisible()
  const third = page.waitForEvent('worker', worker => worker.url().includes('server-worker'))
  await second.evaluate(() => self.postMessage('nonsense'))
  await third
  await editor.replace('replica: 3', 'replicas: 5')
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0)
  await expect(editor.text).toContainText('replicas: 5')
})

/** A CRD with a rule in CEL, a field that keeps what it does not know, and `more` beside them. */
function definitionOf(group: string, more: object) {
  const spec = {
    type: 'object',
    properties: {
      mode: { type: 'string', enum: ['Fast', 'Slow'] },
      min: { type: 'integer' },
      max: { type: 'integer' },
      free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      ...more,
    },
    'x-kubernetes-validations': [{ rule: 'self.min <= self.max', message: 'min is above max' }],
  }
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gadgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}
