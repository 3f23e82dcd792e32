import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('compare', { seeded: true })
})
afterAll(() => bench.end())

const at = (resource: string, name: string, group = '', version = 'v1') => ({
  context: 'practice',
  group,
  version,
  resource,
  namespace: bench.namespace,
  name,
})

test('objects of two kinds are read side by side; one that is not there is said', async () => {
  const deployment = at('deployments', 'nginx-deployment', 'apps')
  const both = unwrap(
    await bench.client.compare.objects({ left: deployment, right: at('configmaps', 'envoy-initializer') }),
  )
  expect([JSON.parse(both.left).kind, JSON.parse(both.right ?? '').kind]).toEqual(['Deployment', 'ConfigMap'])
  const gone = await bench.client.compare.objects({ left: deployment, right: at('configmaps', 'no-such') })
  expect(gone).toMatchObject({ ok: false, problem: { code: 'not-found' } })
})

test('no value of a Secret leaves the host: beside another Secret, another kind, or a text', async () => {
  await bench.kubectl(
    'create',
    'secret',
    'generic',
    'one',
    '--from-literal=a=planted-same',
    '--from-literal=b=planted-1',
  )
  await bench.kubectl(
    'create',
    'secret',
    'generic',
    'two',
    '--from-literal=a=planted-same',
    '--from-literal=b=planted-2',
  )
  const { client } = bench
  const two = unwrap(await client.compare.objects({ left: at('secrets', 'one'), right: at('secrets', 'two') }))
  expect(JSON.parse(two.left).data).toEqual({ a: '***', b: '*** (before)' })
  expect(JSON.parse(two.right ?? '').data).toEqual({ a: '***', b: '*** (after)' })
  const mixed = unwrap(
    await client.compare.objects({ left: at('secrets', 'one'), right: at('configmaps', 'envoy-initializer') }),
  )
  expect(JSON.parse(mixed.left).data).toEqual({ a: '***', b: '***' })
  const beside = unwrap(await client.compare.withText({ object: at('secrets', 'one'), secret: null }))
  expect(JSON.parse(beside.left).data).toEqual({ a: '***', b: '***' })
  const said = { apiVersion: 'v1', kind: 'Secret', stringData: { a: 'planted-same', b: 'planted-3' } }
  const text = unwrap(await client.compare.withText({ object: at('secrets', 'one'), secret: JSON.stringify(said) }))
  expect(JSON.parse(text.right ?? '').data).toEqual({ a: '***', b: '*** (after)' })
  for (const { left, right } of [two, mixed, beside, text]) expect(`${left}${right}`).not.toMatch(/cGxhbnRlZC|planted-/)
})
