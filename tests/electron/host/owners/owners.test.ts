import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OwnersState } from '../../../../contract/owners.ts'
import { openWorkbench, type Workbench } from '../editing/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('owners')
}, 120_000)
afterAll(() => bench?.end())

const deployments = 'deployments.v1.apps'

/** The first state that is as wanted. */
async function told(name: string, wanted: (state: OwnersState) => boolean): Promise<OwnersState> {
  const edit = await bench.open(deployments, name)
  const stop = new AbortController()
  try {
    const states = await bench.client.edit.owners({ edit: edit.opened.edit }, { signal: stop.signal })
    for await (const state of states) if (wanted(state)) return state
    throw new Error('the stream ended')
  } finally {
    stop.abort()
    await edit.client.edit.discard({ edit: edit.opened.edit })
  }
}

test('the autoscaler that scales a Deployment is told with its numbers and its place', async () => {
  const state = await told('frontend', ({ keepers }) => keepers.length > 0)
  expect(state.keepers[0]).toMatchObject({
    keeper: 'autoscaler',
    object: { kind: 'HorizontalPodAutoscaler', state: 'present', target: { resource: 'horizontalpodautoscalers' } },
    replicas: { min: expect.any(Number), max: expect.any(Number) },
  })
  const managers = JSON.parse(state.managedFields).map((entry: { subresource?: string }) => entry.subresource ?? '')
  expect(managers).toContain('scale')
})

test('marks of Argo CD, Helm and Flux are read, whatever of their own kinds is served', async () => {
  await bench.kubectl('create', 'deployment', 'marked', '--image=app:1', '--replicas=0')
  await bench.patch(deployments, 'marked', {
    metadata: {
      labels: {
        'kustomize.toolkit.fluxcd.io/name': 'apps',
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        'helm.sh/chart': 'web-1.2.3',
      },
      annotations: {
        'argocd.argoproj.io/tracking-id': 'teams_shop:apps/Deployment:here/marked',
        'meta.helm.sh/release-name': 'web',
        'meta.helm.sh/release-namespace': 'prod',
      },
    },
  })
  const { keepers } = await told('marked', state => state.keepers.length === 3)
  expect(keepers).toMatchObject([
    { keeper: 'argo-cd', object: { kind: 'Application', name: 'shop', state: 'unreadable' } },
    { keeper: 'flux-kustomize', object: { kind: 'Kustomization', name: 'apps' } },
    { keeper: 'helm', release: { name: 'web', namespace: 'prod', chart: 'web-1.2.3' } },
  ])
})

test('who writes while the edit is open is told', async () => {
  await bench.kubectl('create', 'deployment', 'written', '--image=app:1', '--replicas=0')
  const later = told('written', ({ managedFields }) => managedFields.includes('"argocd-controller"'))
  await bench.patch(deployments, 'written', { spec: { revisionHistoryLimit: 4 } }, 'argocd-controller')
  expect((await later).managedFields).toContain('f:revisionHistoryLimit')
})
