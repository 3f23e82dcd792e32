import { afterAll, expect, it } from 'vitest'
import { openWorkbench } from '../editing/workbench.ts'

const bench = await openWorkbench('names')
afterAll(() => bench.end())

const secret = 'hidden-4711'
await bench.apply({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'mine' },
  stringData: { 'tls.crt': secret, password: secret },
})
await bench.apply({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { ports: [{ name: 'http', port: 80 }], selector: { app: 'web' } },
})

await bench.apply({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    containers: [
      { name: 'main', image: 'nginx', ports: [{ name: 'plain', containerPort: 8080 }, { containerPort: 9090 }] },
    ],
  },
})

const openAs = async (context: string) =>
  (await bench.open('deployments.v1.apps', 'nginx-deployment', { context })).opened.edit
const own = { namespace: null, group: '' }

it('offers what is there, in the object’s namespace or the named one, and its parts but no values', async () => {
  const { names } = bench.client
  const edit = await openAs('practice')
  const list = async (kind: string, more: { group?: string | null; namespace?: string | null } = {}) => {
    const answer = await names.list({ edit, ...own, kind, ...more })
    return answer.ok ? answer.value.names : answer.problem.code
  }
  expect(await list('Secret')).toContain('mine')
  expect(await list('Secret', { namespace: 'kube-system' })).not.toContain('mine')
  expect(await list('Deployment', { group: 'apps' })).toContain('nginx-deployment')
  expect(await list('Deployment', { group: null })).toContain('nginx-deployment')
  // Of the cluster, whatever namespace is meant.
  expect(await list('Namespace')).toContain(bench.namespace)
  expect(await list('Nonesuch')).toEqual([])
  const keys = await names.parts({ edit, ...own, kind: 'Secret', name: 'mine', of: 'data' })
  expect(keys).toEqual({ ok: true, value: ['password', 'tls.crt'].map(text => ({ text, note: '' })) })
  expect(await names.parts({ edit, ...own, kind: 'Service', name: 'web', of: 'port-numbers' })).toEqual({
    ok: true,
    value: [{ text: '80', note: 'http' }],
  })
  expect(await names.parts({ edit, ...own, kind: 'Secret', name: 'none', of: 'data' })).toEqual({ ok: true, value: [] })
})

it('offers the ports of what labels select', async () => {
  const edit = await openAs('practice')
  const { ports } = bench.client.names
  expect(await ports({ edit, of: 'pods', labels: { app: 'web' } })).toEqual({
    ok: true,
    value: [
      { text: 'plain', note: '8080 main' },
      { text: '8080', note: 'plain main' },
      { text: '9090', note: 'main' },
    ],
  })
  const services = await ports({ edit, of: 'services', labels: {} })
  expect(services.ok && services.value).toContainEqual({ text: 'http', note: '80' })
  expect(await ports({ edit, of: 'pods', labels: { app: 'none' } })).toEqual({ ok: true, value: [] })
})

it('says what is missing', async () => {
  const edit = await openAs('practice')
  const named = (kind: string, name: string) => ({ ...own, kind, name })
  const objects = [named('Secret', 'mine'), named('Secret', 'mime'), named('Nonesuch', 'x')]
  expect(await bench.client.names.missing({ edit, objects })).toEqual({ ok: true, value: [false, true, false] })
})

it('tells who may not list nothing, and asks the server for nothing', async () => {
  const edit = await openAs('practice-viewer')
  const asked = { edit, ...own, kind: 'Secret' }
  expect(await bench.client.names.list(asked)).toEqual({ ok: true, value: { names: [], more: false } })
  expect(await bench.client.names.parts({ ...asked, name: 'mine', of: 'data' })).toEqual({ ok: true, value: [] })
  const objects = [{ ...own, kind: 'Secret', name: 'none' }]
  expect(await bench.client.names.missing({ edit, objects })).toEqual({ ok: true, value: [false] })
})
