import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { startCreation } from './making.ts'

let bench: Workbench
let elsewhere: string
beforeAll(async () => {
  bench = await openWorkbench('copies', { seeded: true })
  elsewhere = `${bench.namespace}-other`
  await bench.kubectl('create', 'namespace', elsewhere)
})
afterAll(() => bench.end())

async function copy(type: string, name: string): Promise<string> {
  const [resource = '', version = '', ...group] = type.split('.')
  const object = {
    context: 'practice',
    group: group.join('.'),
    version,
    resource,
    namespace: bench.namespace,
    name,
    subresource: null,
  }
  return unwrap(await bench.client.create.copy({ object, owners: false })).text
}

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } }
const container = { name: 'a', image: 'registry.k8s.io/pause:3.10' }

test('a Service, a claim, a Job and a Pod are created again from their copies', async () => {
  await bench.apply({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'copied' },
        spec: { type: 'NodePort', ports: [{ port: 80 }] },
      },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'copied' }, spec: claim },
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'copied' },
        spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } },
      },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'copied' }, spec: { containers: [container] } },
    ],
  })
  const types = ['services.v1', 'persistentvolumeclaims.v1', 'jobs.v1.batch', 'pods.v1']
  const texts = await Promise.all(types.map(type => copy(type, 'copied')))
  const moved = texts.map(text => text.replace(`namespace: ${bench.namespace}`, `namespace: ${elsewhere}`))
  const made = await startCreation(bench, moved.join('---\n'), [{ context: 'practice', namespace: null }])
  expect(await made.send()).toEqual([
    'Service copied: created',
    'PersistentVolumeClaim copied: created',
    'Job copied: created',
    'Pod copied: created',
  ])
  made.leave()
})
