import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EditState } from '../../../../contract/edit.ts'
import { valueAt } from '../../../../core/path.ts'
import { openWorkbench, problemOf, type Workbench } from './workbench.ts'

// What a write really does, each measured on a real server: the ways to be wrong that have no other test.

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-facts')
}, 120_000)
afterAll(() => bench?.end())

test("a Namespace's finalizers go to the endpoint that takes them", async () => {
  const edit = await bench.open('namespaces.v1', bench.namespace, { namespace: null })
  await edit.replace('  finalizers:\n  - kubernetes\n', '  finalizers:\n  - kubernetes\n  - example.com/hold\n')
  const review = await edit.review()
  expect(review.request).toMatchObject({ method: 'PUT', path: expect.stringMatching(/\/finalize$/) })
  expect(review.fates).toMatchObject([{ fate: 'taken', path: expect.stringContaining('spec.finalizers') }])
  edit.client.edit.discard({ edit: edit.opened.edit })
})

test('of two container ports with one number the edited one is changed', async () => {
  await bench.kubectl('create', 'deployment', 'two-ports', '--image=a:1', '--replicas=0')
  await bench.jsonPatch('deployment', 'two-ports', [
    {
      op: 'add',
      path: '/spec/template/spec/containers/0/ports',
      value: [
        { containerPort: 53, protocol: 'UDP', name: 'dns' },
        { containerPort: 53, protocol: 'TCP', name: 'dns-tcp' },
      ],
    },
  ])
  const edit = await bench.open('deployments.v1.apps', 'two-ports')
  await edit.replace('name: dns-tcp', 'name: dns-over-tcp')
  const review = await edit.review()
  expect(review.fates).toMatchObject([{ fate: 'taken' }])
  await edit.submit(review)
  const stored = await bench.get('deployments.v1.apps', 'two-ports')
  expect(valueAt(stored, ['spec', 'template', 'spec', 'containers', 0, 'ports'])).toMatchObject([
    { protocol: 'UDP', name: 'dns' },
    { protocol: 'TCP', name: 'dns-over-tcp' },
  ])
})

test('of two topology constraints on one key the edited one is changed', async () => {
  const constraint = (whenUnsatisfiable: string) => ({ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable })
  await bench.kubectl('create', 'deployment', 'spread', '--image=a:1', '--replicas=0')
  await bench.jsonPatch('deployment', 'spread', [
    {
      op: 'add',
      path: '/spec/template/spec/topologySpreadConstraints',
      value: [constraint('DoNotSchedule'), constraint('ScheduleAnyway')],
    },
  ])
  const edit = await bench.open('deployments.v1.apps', 'spread')
  await edit.replace(
    'topologyKey: zone\n        whenUnsatisfiable: ScheduleAnyway',
    'topologyKey: zone\n        whenUnsatisfiable: ScheduleAnyway\n        nodeTaintsPolicy: Honor',
  )
  await edit.submit(await edit.review())
  const stored = await bench.get('deployments.v1.apps', 'spread')
  expect(valueAt(stored, ['spec', 'template', 'spec', 'topologySpreadConstraints'])).toEqual([
    constraint('DoNotSchedule'),
    { ...constraint('ScheduleAnyway'), nodeTaintsPolicy: 'Honor' },
  ])
})

test('a null at a built-in field means that it is absent: nothing to send, or a removal', async () => {
  const edit = await bench.open('configmaps.v1', 'backup-script')
  await edit.replace('  compress: "yes"\n', '  compress: null\n')
  const review = await edit.review()
  expect(JSON.parse(review.request.body).data).toEqual({ compress: null })
  await edit.submit(review)
  const stored = await bench.get('configmaps.v1', 'backup-script')
  expect(valueAt(stored, ['data', 'compress'])).toBeUndefined()
  expect(valueAt(stored, ['data', 'umask'])).toBe('0077')
})

test("taking away an old version's annotations shows what they hold of the new one", async () => {
  const hpa = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'older' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nowhere' },
      maxReplicas: 3,
      metrics: [
        { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } } },
      ],
    },
  }
  await bench.apply(hpa)
  const edit = await bench.open('horizontalpodautoscalers.v1.autoscaling', 'older')
  expect(edit.text).toContain('autoscaling.alpha.kubernetes.io/metrics')
  await edit.type(edit.text.replace(/ {4}autoscaling\.alpha\.kubernetes\.io\/metrics: .*\n( {6}.*\n)*/, ''))
  const review = await edit.review()
  expect(review.before).toContain('memory')
  expect(review.fates.map(fate => fate.path).join()).toContain('autoscaling.alpha.kubernetes.io/metrics')
  edit.client.edit.discard({ edit: edit.opened.edit })
})

test('an object that its new owner takes away is told as gone', async () => {
  await bench.kubectl('create', 'configmap', 'owned', '--from-literal=key=value')
  const edit = await bench.open('configmaps.v1', 'owned')
  const owner = '{ apiVersion: v1, kind: ConfigMap, name: nobody, uid: 00000000-0000-0000-0000-000000000001 }'
  await edit.replace('  name: owned\n', `  name: owned\n  ownerReferences:\n  - ${owner}\n`)
  const states = await edit.client.edit.watch({ edit: edit.opened.edit })
  const review = await edit.review()
  expect(problemOf(await edit.trySubmit(review)).code).toBe('fates-unacknowledged')
  await edit.submit(review, true)
  await expect(untilGone(states)).resolves.toBe('gone')
})

async function untilGone(states: AsyncIterable<EditState>): Promise<string> {
  for await (const { live } of states) if (live.kind === 'gone') return live.kind
  return 'ended'
}

test('containers that exist only for a running Pod go to the endpoint that takes them', async () => {
  const edit = await bench.open('pods.v1', 'myapp-pod')
  await edit.replace('  dnsPolicy:', '  ephemeralContainers:\n  - name: look\n    image: busybox:1\n  dnsPolicy:')
  expect((await edit.review()).request.path).toMatch(/\/myapp-pod\/ephemeralcontainers$/)
  edit.client.edit.discard({ edit: edit.opened.edit })
})
