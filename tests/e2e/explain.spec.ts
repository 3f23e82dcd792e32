import AxeBuilder from '@axe-core/playwright'
import { untilEstablished } from '../established.ts'
import { deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1440, height: 900 } })

test('the side explains the field at the cursor, finds others, and puts them into the text', async ({
  page,
  namespace,
}) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await page.keyboard.press('Alt+Enter')
  await editor.select('strategy:')
  await page.keyboard.press('F1')
  const side = page.getByRole('complementary', { name: 'Explain' })
  const words = side.getByRole('article')
  await expect(words).toContainText('The deployment strategy to use to replace existing pods')

  await editor.select('app: nginx\n  strategy')
  await page.keyboard.press('ArrowLeft')
  await expect(words).toHaveAccessibleName('Documentation of spec.selector.matchLabels.app')
  await expect(words).toContainText('Keeps its value')

  await editor.select('imagePullPolicy')
  await expect(words).toContainText('One of')
  await expect(words.locator('.explain-values')).toContainText('AlwaysIfNotPresentNever')
  await side.getByRole('button', { name: 'containers', exact: true }).click()
  await expect(words).toContainText('Items are told apart by name')
  await side.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(words).toHaveAccessibleName('Documentation of spec.template.spec.containers[0].imagePullPolicy')

  const search = side.getByRole('searchbox', { name: 'Search all fields' })
  await search.fill('readiness period')
  await expect(
    side.getByRole('option', { name: /containers\[\]\.readinessProbe\.periodSeconds/ }).first(),
  ).toBeVisible()
  await search.press('Enter')
  await expect(words).toHaveAccessibleName(
    'Documentation of spec.template.spec.containers[].readinessProbe.periodSeconds',
  )
  await expect(words).toContainText('How often (in seconds) to perform the probe')

  await side.getByRole('navigation', { name: 'Path of the field' }).getByRole('button', { name: '[]' }).click()
  const fields = side.getByRole('tree', { name: 'Fields' })
  await fields.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(fields.getByRole('treeitem', { selected: true })).toHaveAccessibleName('env, []EnvVar')
  await page.keyboard.press('Enter')
  await expect(editor.text).toBeFocused()
  await page.keyboard.type('MODE')
  await expect(editor.text).toContainText('- env:')
  await expect(editor.text).toContainText('- name: MODE')
  await expect(words).toHaveAccessibleName('Documentation of spec.template.spec.containers[0].env[0].name')
  await expect(words.locator('.explain-mark')).toHaveText('required')

  const { violations } = await new AxeBuilder({ page }).include('.edit').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html.slice(0, 200))])).toEqual([])
})

test('the outline, the path above the text and the search lead to fields of the text', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await page.keyboard.press('Alt+Enter')
  await editor.select('imagePullPolicy')
  const path = page.getByRole('navigation', { name: 'Where the cursor is' })
  await expect(path).toHaveText('spectemplatespeccontainersnginximagePullPolicy')
  await path.getByRole('button', { name: 'What stands beside template' }).click()
  await page.getByRole('menuitemradio', { name: 'replicas' }).click()
  await expect(editor.text).toBeFocused()
  await expect(path).toHaveText('specreplicas')
  await page.keyboard.press('ControlOrMeta+Shift+o')
  await page.keyboard.type('ports protocol')
  await expect(page.getByRole('option', { selected: true })).toContainText('containers[nginx].ports[80].protocol')
  await page.keyboard.press('Enter')
  await expect(path).toHaveText('spectemplatespeccontainersnginxports80protocol')

  await page.keyboard.press('Alt+o')
  const outline = page.getByRole('tree', { name: 'Outline' })
  await expect(outline.getByRole('treeitem', { selected: true })).toContainText('protocol')
  await editor.replace('replicas: 3', 'replicas: 4')
  await expect(outline.getByRole('treeitem', { name: /^replicas/ }).getByRole('img', { name: 'Changed' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter by path' }).fill('max surge')
  await expect(page.getByRole('option', { selected: true })).toContainText('rollingUpdate.maxSurge')
  await page.keyboard.press('Enter')
  await expect(path).toHaveText('specstrategyrollingUpdatemaxSurge')
})

test('a custom resource is explained with its rules, and what nobody checks is said', async ({
  page,
  namespace,
  kubectl,
}) => {
  const group = `${namespace}.example.com`
  const text = { type: 'string' }
  const version = (name: string, more: object) => ({
    name,
    served: true,
    storage: name === 'v1',
    schema: {
      openAPIV3Schema: {
        type: 'object',
        properties: {
          spec: {
            type: 'object',
            description: '<img src=x onerror=alert(1)> What the gate lets through.',
            properties: { free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, ...more },
          },
        },
      },
    },
  })
  const mode = {
    ...text,
    description: 'How it opens.\n\nDeprecated: use doors instead.',
    maxLength: 20,
    default: 'slow',
    'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'the mode is for ever' }],
  }
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gates.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'gates', kind: 'Gate' },
      versions: [version('v1', { mode }), version('v1beta1', { old: text })],
    },
  }
  const gate = {
    apiVersion: `${group}/v1`,
    kind: 'Gate',
    metadata: { name: 'north', namespace },
    spec: { mode: 'slow', free: { anything: 1 } },
  }
  await kubectl(['create', '-f', '-'], { input: JSON.stringify(definition) })
  await untilEstablished(kubectl, `gates.${group}`)
  await kubectl(['create', '-f', '-'], { input: JSON.stringify(gate) })
  // A served kind is described a moment later.
  for (const name of ['v1', 'v1beta1']) {
    const described = () => kubectl(['get', '--raw', `/openapi/v3/apis/${group}/${name}`]).catch(String)
    await expect.poll(described).toContain('"Gate"')
  }
  try {
    const editor = new EditorPage(page)
    await editor.open({ group, version: 'v1', resource: 'gates' }, namespace, 'north')
    await page.keyboard.press('Alt+Enter')
    await editor.select('mode: slow')
    await page.keyboard.press('F1')
    const words = page.getByRole('complementary', { name: 'Explain' }).getByRole('article')
    await expect(words).toContainText('How it opens.')
    await expect(words).toContainText('Deprecated: use doors instead.')
    await expect(words).toContainText('the mode is for ever')
    await expect(words).toContainText('Keeps its value once it is set')
    await expect(words).toContainText('at most 20 characters')
    await expect(words).toContainText('in v1 not in v1beta1')
    await editor.select('anything')
    await expect(words).toContainText('nobody checks them')
    await editor.select('spec:')
    await expect(words).toContainText('<img src=x onerror=alert(1)> What the gate lets through.')
  } finally {
    await kubectl(['delete', 'crd', `gates.${group}`, '--wait=false'])
  }
})
