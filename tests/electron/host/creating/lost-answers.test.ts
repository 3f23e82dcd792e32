import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type FaultProxy, startFaultProxy } from '../../../fault-proxy/fault-proxy.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { startDeletion } from '../deleting/deleting.ts'
import { openWorkbench, type Workbench } from '../editing/workbench.ts'
import { startCreation } from './making.ts'

let bench: Workbench
let proxy: FaultProxy
beforeAll(async () => {
  const practice = await practiceForTests()
  proxy = await startFaultProxy(practice)
  bench = await openWorkbench('lost', { kubeconfig: proxy.kubeconfigPath })
})
beforeEach(() => proxy.heal())
afterAll(async () => {
  await bench.end()
  await proxy.end()
})

const here = { context: 'practice', namespace: null }
const configMap = (metadata: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {${metadata}, namespace: ${bench.namespace}}\ndata: {a: b}\n`
const sent = (method: string) => proxy.requests.filter(one => one.method === method && !one.query.has('dryRun')).length

test('a creation whose answer was lost is found, and not sent again', async () => {
  const made = await startCreation(bench, configMap('name: found'), [here])
  proxy.inject({ method: 'POST', path: '/configmaps', dryRun: false }, { kind: 'cut', when: 'after' }, 1)
  const before = sent('POST')
  expect(await made.send()).toEqual(['ConfigMap found: created'])
  expect((await made.until(() => true)).cells[0]?.[0]).toMatchObject({ basis: 'read' })
  expect(sent('POST') - before).toBe(1)
  made.leave()
})

test('one that never came is said so, and can be tried again', async () => {
  const made = await startCreation(bench, configMap('name: never'), [here])
  proxy.inject({ method: 'POST', path: '/configmaps', dryRun: false }, { kind: 'cut', when: 'before' }, 1)
  expect(await made.send()).toEqual(['ConfigMap never: failed not-written'])
  expect(await made.send()).toEqual(['ConfigMap never: created'])
  made.leave()
})

test('of a name that the server makes nobody can tell, and it is not sent again', async () => {
  const made = await startCreation(bench, configMap('generateName: gen-'), [here])
  proxy.inject({ method: 'POST', path: '/configmaps', dryRun: false }, { kind: 'cut', when: 'after' }, 1)
  expect(await made.send()).toEqual(['ConfigMap gen-: unknown outcome-unknown'])
  expect(await made.send()).toEqual(['ConfigMap gen-: unknown outcome-unknown'])
  expect((await bench.kubectl('get', 'configmaps', '-o', 'name')).stdout.match(/gen-/g)).toHaveLength(1)
  made.leave()
})

test('a server that asks to wait is waited for', async () => {
  const made = await startCreation(bench, configMap('name: waited'), [here])
  const answer = { kind: 'answer', when: 'before', status: 429, headers: { 'retry-after': '1' } } as const
  proxy.inject({ method: 'POST', path: '/configmaps', dryRun: false }, answer, 1)
  expect(await made.send()).toEqual(['ConfigMap waited: created'])
  made.leave()
})

test('a deletion whose answer was lost is settled by what stands there', async () => {
  for (const name of ['one', 'two']) await bench.kubectl('create', 'configmap', name)
  const first = await startDeletion(bench, [{ type: 'configmaps.v1', name: 'one' }])
  proxy.inject({ method: 'DELETE', dryRun: false }, { kind: 'cut', when: 'after' }, 1)
  expect((await first.send()).items[0]?.state.kind).toBe('gone')
  first.leave()

  const second = await startDeletion(bench, [{ type: 'configmaps.v1', name: 'two' }])
  proxy.inject({ method: 'DELETE', dryRun: false }, { kind: 'cut', when: 'before' }, 1)
  expect((await second.send()).items[0]?.state).toMatchObject({ kind: 'failed', problem: { code: 'not-written' } })
  expect((await second.send()).items[0]?.state.kind).toBe('gone')
  second.leave()
})
