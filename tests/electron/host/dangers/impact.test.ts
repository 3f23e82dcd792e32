import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Impact } from '../../../../contract/dangers.ts'
import { type Editing, openWorkbench, problemOf, unwrap, type Workbench } from '../editing/workbench.ts'

const pod = (name: string, more: object) => ({ containers: [{ name, image: 'busybox:1', ...more }] })

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('impact')
  const deployment = (name: string, spec: object, volumes: readonly object[] = []) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { ...spec, volumes } },
    },
  })
  const items = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { mode: 'fast', unused: 'x' } },
    deployment(
      'by-env',
      pod('a', { env: [{ name: 'M', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } } }] }),
    ),
    deployment('by-volume', pod('a', { volumeMounts: [{ name: 's', mountPath: '/s' }] }), [
      { name: 's', configMap: { name: 'settings' } },
    ]),
    deployment('by-part', pod('a', { volumeMounts: [{ name: 's', mountPath: '/s', subPath: 'mode' }] }), [
      { name: 's', projected: { sources: [{ configMap: { name: 'settings' } }] } },
    ]),
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'budget' },
      spec: { minAvailable: 3, selector: { matchLabels: { app: 'nginx' } } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front' },
      spec: { selector: { app: 'frontend' }, ports: [{ port: 80 }] },
    },
  ]
  await bench.apply({ apiVersion: 'v1', kind: 'List', items })
})
afterAll(() => bench.end())

async function impactOf({ client, opened, version }: Editing): Promise<Impact> {
  return unwrap(await client.edit.impact({ edit: opened.edit, textVersion: version }))
}

function told({ lines }: Impact): readonly string[] {
  return lines.map(({ kind, way, facts, objects }) => {
    const names = objects.map(({ target, use }) => (use === null ? target.name : `${target.name} by ${use}`))
    return [kind, way, facts.count ?? '', names.length > 3 ? names.length : names.join(', ')]
      .filter(part => part !== '')
      .join(' ')
  })
}

test('a template: its pods, the way they are replaced, and the budget', async () => {
  await bench.kubectl('wait', '--for=jsonpath={.status.expectedPods}=3', 'pdb/budget', '--timeout=30s')
  const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
  await edit.replace('image: nginx:1.14.2', 'image: nginx:1.16.1')
  expect(told(await impactOf(edit))).toEqual(['rollout rolling 3', 'disruptions none 0 budget'])
  // By the plan as by the text.
  await edit.review()
  expect(told(await impactOf(edit))).toEqual(['rollout rolling 3', 'disruptions none 0 budget'])
  await edit.type(
    edit.text.replace('type: RollingUpdate', 'type: Recreate').replace(/ {4}rollingUpdate:\n(?: {6}.*\n)+/, ''),
  )
  expect(told(await impactOf(edit))[0]).toBe('rollout recreate 3')
  const review = await edit.review()
  expect(review.dangers.map(({ id, line }) => [id, typeof line])).toContainEqual(['downtime', 'number'])
  expect(problemOf(await edit.trySubmit(review)).code).toBe('fates-unacknowledged')
  await edit.client.edit.discard({ edit: edit.opened.edit })
})

test('a ConfigMap: who sees the change before a restart, and who only after one', async () => {
  const edit = await bench.open('configmaps.v1', 'settings')
  await edit.replace('mode: fast', 'mode: slow')
  expect(told(await impactOf(edit))).toEqual([
    'uses restart 2 by-env by environment, by-part by sub-path',
    'uses soon 1 by-volume by volume',
  ])
  await edit.type(edit.opened.text.replace('unused: x', 'unused: y'))
  expect(told(await impactOf(edit))).toEqual(['uses restart 1 by-part by sub-path', 'uses soon 1 by-volume by volume'])
  await edit.client.edit.discard({ edit: edit.opened.edit })
})

test('a Service: which pods leave and join', async () => {
  const edit = await bench.open('services.v1', 'front')
  await edit.replace('app: frontend', 'app: nginx')
  expect(told(await impactOf(edit)).map(line => line.replace(/nginx-\S+, .*|frontend-\S+, .*/, ''))).toEqual([
    'leaves 2 ',
    'selects some 3',
    'joins 3 ',
  ])
  await edit.replace('app: nginx', 'app: nobody')
  expect(told(await impactOf(edit))[0]).toBe('selects none 0')
  await edit.client.edit.discard({ edit: edit.opened.edit })
})

test('an owner that is not there, and a finalizer that goes, want an acknowledgement', async () => {
  const edit = await bench.open('configmaps.v1', 'settings')
  const owner = (name: string, uid: string) =>
    `  ownerReferences:\n  - {apiVersion: v1, kind: ConfigMap, name: ${name}, uid: ${uid}}\n`
  await edit.type(edit.opened.text.replace('metadata:\n', `metadata:\n${owner('nowhere', 'u-1')}`))
  const review = await edit.review()
  expect(review.dangers.map(({ id }) => id)).toEqual(['owner-missing'])
  expect(review.needsAcknowledgement).toBe(true)
  // One that is there is only told.
  const { stdout } = await bench.kubectl('get', 'configmap', 'backup-script', '-o', 'jsonpath={.metadata.uid}')
  await edit.type(edit.opened.text.replace('metadata:\n', `metadata:\n${owner('backup-script', stdout)}`))
  const present = await edit.review()
  expect([present.dangers.map(({ id }) => id), present.needsAcknowledgement]).toEqual([['owner-added'], false])
  // What is turned off neither is told nor wants anything.
  await bench.client.app.saveSettings({ dangersOff: ['owner-added'] })
  expect((await edit.review()).dangers).toEqual([])
  await bench.client.app.saveSettings({ dangersOff: [] })
  await edit.client.edit.discard({ edit: edit.opened.edit })
})

test('nothing is told of an older text, nor of a change without effects', async () => {
  const edit = await bench.open('configmaps.v1', 'settings')
  const { edit: id } = edit.opened
  await edit.type(edit.opened.text.replace('metadata:\n', 'metadata:\n  labels: {a: b}\n'))
  expect(problemOf(await bench.client.edit.impact({ edit: id, textVersion: edit.version - 1 })).code).toBe(
    'text-behind',
  )
  expect(await impactOf(edit)).toEqual({ lines: [], missed: [] })
  await edit.client.edit.discard({ edit: id })
})
