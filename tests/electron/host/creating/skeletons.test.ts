import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { startCreation } from './making.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('skeletons', { seeded: true })
})
afterAll(() => bench.end())

const kinds = [
  'pods.v1',
  'deployments.v1.apps',
  'statefulsets.v1.apps',
  'daemonsets.v1.apps',
  'jobs.v1.batch',
  'cronjobs.v1.batch',
  'services.v1',
  'configmaps.v1',
  'secrets.v1',
  'ingresses.v1.networking.k8s.io',
  'networkpolicies.v1.networking.k8s.io',
  'persistentvolumeclaims.v1',
  'serviceaccounts.v1',
  'roles.v1.rbac.authorization.k8s.io',
  'rolebindings.v1.rbac.authorization.k8s.io',
  'horizontalpodautoscalers.v2.autoscaling',
  'poddisruptionbudgets.v1.policy',
  'customresourcedefinitions.v1.apiextensions.k8s.io',
  // By their schemas alone.
  'leases.v1.coordination.k8s.io',
  'runtimeclasses.v1.node.k8s.io',
]

async function skeleton(type: string): Promise<string> {
  const [resource = '', version = '', ...group] = type.split('.')
  const ask = { context: 'practice', group: group.join('.'), version, resource, namespace: bench.namespace }
  return unwrap(await bench.client.create.skeleton(ask)).text
}

test('the server would take a new object of each kind, as it comes and with all that is offered', async () => {
  const texts = await Promise.all(kinds.map(skeleton))
  const made = await startCreation(bench, texts.join('---\n'), [{ context: 'practice', namespace: null }])
  expect(made.words().filter(word => !word.endsWith(': ready'))).toEqual([])
  made.leave()
})

test('it shows what else can be said, with the words of the schema', async () => {
  const text = await skeleton('deployments.v1.apps')
  expect(text).toContain('      # serviceAccountName: default # ServiceAccountName is the name of the ServiceAccount')
  expect(text).toContain('        # resources: # ')
  expect(text).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n {2}name: my-deployment\n/)
})
