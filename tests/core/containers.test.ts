import { expect, test } from 'vitest'
import { containersOf, podLabelsOf } from '../../core/containers.ts'

const spec = {
  initContainers: [
    { name: 'wait', image: 'busybox' },
    { name: 'proxy', image: 'envoy', restartPolicy: 'Always' },
  ],
  containers: [
    {
      name: 'web',
      image: 'nginx',
      ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }],
      resources: { requests: { cpu: '100m', memory: '64Mi' } },
    },
  ],
}

test('the containers of a Pod stand in the order in which they begin, with their states', () => {
  const status = {
    initContainerStatuses: [{ name: 'wait', ready: true, state: { terminated: { reason: 'Completed' } } }],
    containerStatuses: [
      { name: 'web', ready: false, restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } } },
    ],
  }
  expect(containersOf({ kind: 'Pod', spec, status })).toEqual([
    {
      name: 'wait',
      image: 'busybox',
      role: 'init',
      ports: [],
      requests: '',
      limits: '',
      state: { word: 'Completed', ready: true, restarts: 0 },
    },
    { name: 'proxy', image: 'envoy', role: 'sidecar', ports: [], requests: '', limits: '', state: null },
    {
      name: 'web',
      image: 'nginx',
      role: 'main',
      ports: ['80/TCP', '53/UDP'],
      requests: 'cpu 100m, memory 64Mi',
      limits: '',
      state: { word: 'CrashLoopBackOff', ready: false, restarts: 3 },
    },
  ])
})

const labels = { app: 'web' }
const template = { metadata: { labels }, spec }

test.each([
  ['a Deployment', { spec: { template } }],
  ['a CronJob', { spec: { jobTemplate: { spec: { template } } } }],
  ['a Pod', { metadata: { labels }, spec }],
])('the template of %s is found', (_, object) => {
  expect(containersOf(object).map(({ name }) => name)).toEqual(['wait', 'proxy', 'web'])
  expect(podLabelsOf(object)).toEqual(labels)
})

test('what makes no Pods has none', () => {
  expect(containersOf({ spec: { template: 'text' } })).toEqual([])
  expect(podLabelsOf({ kind: 'ConfigMap' })).toBeNull()
})
