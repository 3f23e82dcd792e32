import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FaultProxy, startFaultProxy } from '../../../fault-proxy/fault-proxy.ts'
import { statusBody } from '../../../fault-proxy/faults.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

const practice = practiceForTests()
let bench: Workbench
let proxy: FaultProxy
beforeAll(async () => {
  proxy = await startFaultProxy(await practice)
  bench = await openWorkbench('again-read', { seeded: false, on: await practice, kubeconfig: proxy.kubeconfigPath })
  await bench.kubectl('create', 'namespace', bench.namespace)
})
afterAll(async () => {
  await bench?.end()
  await proxy?.end()
  await (await practice).stop()
})

test('what a review could not read is read again by itself, though the watch is as good as ever and nothing changes', async () => {
  await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'refused' }, data: { mine: 'before' } })
  const edit = await bench.open('configmaps.v1', 'refused')
  await edit.replace('mine: before', 'mine: after')
  const stop = new AbortController()
  const states = await bench.client.edit.watch({ edit: edit.opened.edit }, { signal: stop.signal })
  const body = statusBody(403, 'Forbidden', 'configmaps "refused" is forbidden: User "me" cannot get resource')
  proxy.inject(
    { method: 'GET', path: '/configmaps/refused', watch: false },
    { kind: 'answer', when: 'before', status: 403, body },
    2,
  )
  expect((await edit.refusal()).code).toBe('forbidden')
  const seen: string[] = []
  for await (const { live } of states) {
    if (seen.at(-1) !== live.kind) seen.push(live.kind)
    if (seen.includes('unreadable') && live.kind === 'present') break
  }
  expect(seen.slice(-2)).toEqual(['unreadable', 'present'])
  stop.abort()
  expect((await edit.review()).changesAnything).toBe(true)
})
