import { afterEach, expect, it } from 'vitest'
import { discover } from '../../../../electron/host/clusters/discovery.ts'
import { type Handler, json, openFake, refusal, startFakeServer } from './fake-server.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function open(handler: Handler) {
  const server = await startFakeServer(handler)
  const fake = await openFake(server.url)
  ends.push(server.close, fake.end)
  return { server, ...fake }
}

it('a server without aggregated discovery is asked group by group; one that fails costs only itself', async () => {
  const documents: Record<string, unknown> = {
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/apis': {
      kind: 'APIGroupList',
      groups: [
        { name: 'apps', versions: [{ version: 'v1' }, { version: 'v1beta1' }], preferredVersion: { version: 'v1' } },
        { name: 'metrics.k8s.io', versions: [{ version: 'v1' }], preferredVersion: { version: 'v1' } },
      ],
    },
    '/api/v1': {
      resources: [
        { name: 'pods', kind: 'Pod', singularName: '', namespaced: true, verbs: ['get'], shortNames: ['po'] },
      ],
    },
    '/apis/apps/v1': {
      resources: [
        { name: 'deployments', kind: 'Deployment', namespaced: true, verbs: ['get', 'patch'] },
        { name: 'deployments/scale', kind: 'Scale', namespaced: true, verbs: ['patch'] },
      ],
    },
    '/apis/apps/v1beta1': {
      resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true, verbs: ['get'] }],
    },
  }
  const { cluster, signal } = await open((request, response) => {
    const document = documents[request.url]
    if (request.headers['if-none-match']) return void response.writeHead(304).end()
    if (document === undefined) return json(response, 503, refusal(503, 'ServiceUnavailable', 'service unavailable'))
    json(response, 200, document, { etag: '"1"' })
  })
  const answer = await discover(cluster, { signal })
  expect(answer).toMatchObject({
    ok: true,
    value: {
      kinds: [
        { group: '', resource: 'pods', shortNames: ['po'], preferred: true },
        { group: 'apps', version: 'v1', preferred: true, subresources: [{ name: 'scale', verbs: ['patch'] }] },
        { group: 'apps', version: 'v1beta1', preferred: false },
      ],
      failedGroups: ['metrics.k8s.io'],
    },
  })
  // The list of groups is the same as before; what is in them is not.
  documents['/apis/metrics.k8s.io/v1'] = { resources: [{ name: 'pods', kind: 'PodMetrics', verbs: ['get'] }] }
  expect(await discover(cluster, { signal, refresh: true })).toMatchObject({ ok: true, value: { failedGroups: [] } })
})

it('what did not change is not sent again, and stale groups are named', async () => {
  const list = (items: unknown[]) => ({
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2beta1',
    items,
  })
  const resource = { resource: 'pods', responseKind: { kind: 'Pod' }, scope: 'Namespaced', verbs: ['get'] }
  const { cluster, signal, server } = await open((request, response) => {
    if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end()
    const core = { metadata: {}, versions: [{ version: 'v1', resources: [resource], freshness: 'Current' }] }
    const gone = { metadata: { name: 'gone.io' }, versions: [{ version: 'v1', resources: [], freshness: 'Stale' }] }
    json(response, 200, list(request.url === '/api' ? [core] : [gone]), { etag: '"1"' })
  })
  const first = await discover(cluster, { signal })
  expect(first).toMatchObject({ value: { kinds: [{ kind: 'Pod', namespaced: true }], failedGroups: ['gone.io'] } })
  expect(await discover(cluster, { signal })).toEqual(first)
  expect(server.seen).toHaveLength(2)
  expect(await discover(cluster, { signal, refresh: true })).toEqual(first)
  expect(server.seen).toHaveLength(4)
})
