import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeleteState, usualDelete } from '../../../../contract/delete.ts'
import { wholeHistory } from '../../../../contract/history.ts'
import { openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { startDeletion } from './deleting.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('deleting', { seeded: true })
})
afterAll(() => bench.end())

const isGone = ({ items }: DeleteState) => items.every(({ state }) => state.kind === 'gone')

function hanging({ hanging }: DeleteState): readonly string[] {
  return hanging.map(({ why, kind, count, depth }) => `${why} ${depth} ${kind} ${count}`)
}

const template = {
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'a', image: 'registry.k8s.io/pause:3.10' }] },
}

async function deployment(name: string): Promise<void> {
  const selector = { matchLabels: { app: 'a', of: name } }
  const labelled = { ...template, metadata: { labels: selector.matchLabels } }
  await bench.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas: 2, selector, template: labelled },
  })
  await bench.kubectl('wait', '--for=jsonpath={.status.replicas}=2', `deployment/${name}`, '--timeout=20s')
}

test('what hangs on a Deployment is shown, and goes with it', async () => {
  await deployment('tree')
  const deletion = await startDeletion(bench, [{ type: 'deployments.v1.apps', name: 'tree' }])
  expect(hanging(deletion.checked)).toEqual(['owned 1 ReplicaSet 1', 'owned 2 Pod 2'])
  expect(deletion.checked.items[0]?.state).toMatchObject({ kind: 'ready', unchecked: false })
  // The dry run has taken nothing away.
  await bench.get('deployments.v1.apps', 'tree')
  await deletion.send()
  await deletion.until(isGone)
  const left = () => bench.kubectl('get', 'rs,pods', '-l', 'of=tree', '-o', 'name')
  await expect.poll(async () => (await left()).stdout, { timeout: 20_000 }).toBe('')
  deletion.leave()
})

test('orphaned, what it owns stays; foreground, it goes last', async () => {
  await deployment('orphans')
  const orphaned = await startDeletion(bench, [{ type: 'deployments.v1.apps', name: 'orphans' }], {
    propagation: 'Orphan',
  })
  await orphaned.send()
  await orphaned.until(isGone)
  orphaned.leave()
  const { stdout } = await bench.kubectl('get', 'rs', '-l', 'of=orphans', '-o', 'name')
  const name = stdout.trim().replace(/^.*\//, '')
  expect(await bench.get('replicasets.v1.apps', name)).not.toHaveProperty('metadata.ownerReferences')

  const foreground = await startDeletion(bench, [{ type: 'replicasets.v1.apps', name }], { propagation: 'Foreground' })
  const sent = await foreground.send()
  const [item] = sent.items
  if (item?.state.kind === 'deleting') expect(item.state.held).toEqual(['foregroundDeletion'])
  await foreground.until(isGone)
  expect((await bench.kubectl('get', 'pods', '-l', 'of=orphans', '-o', 'name')).stdout).toBe('')
  foreground.leave()
})

test('another object of that name is not touched, nor one that has changed where that was asked', async () => {
  const config = (data: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' }, data: { data } })
  await bench.apply(config('1'))
  const stranger = await startDeletion(bench, [{ type: 'configmaps.v1', name: 'mine', uid: 'another' }])
  expect(stranger.checked.items[0]?.state).toMatchObject({ kind: 'refused', problem: { code: 'object-replaced' } })
  stranger.leave()

  const deletion = await startDeletion(bench, [{ type: 'configmaps.v1', name: 'mine' }], { version: true })
  await bench.apply(config('2'))
  expect((await deletion.send()).items[0]?.state).toMatchObject({
    kind: 'failed',
    problem: { code: 'version-conflict' },
  })
  // Deleted and made anew behind our back.
  await bench.kubectl('delete', 'configmap', 'mine')
  await bench.apply(config('3'))
  const adjusted = await deletion.adjust(usualDelete)
  expect(adjusted.items[0]?.state.kind).toBe('failed')
  expect((await deletion.send()).items[0]?.state).toMatchObject({ kind: 'failed', problem: { code: 'uid-conflict' } })
  expect(await bench.get('configmaps.v1', 'mine')).toMatchObject({ data: { data: '3' } })
  deletion.leave()
})

test('a finalizer holds it, which is said, and it is gone when that is taken away', async () => {
  await bench.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'held', finalizers: ['example.com/hold'] },
  })
  const deletion = await startDeletion(bench, [{ type: 'configmaps.v1', name: 'held' }])
  expect(deletion.checked.items[0]?.finalizers).toEqual(['example.com/hold'])
  const sent = await deletion.send()
  expect(sent.items[0]?.state).toEqual({ kind: 'deleting', held: ['example.com/hold'] })
  await bench.patch('configmaps.v1', 'held', { metadata: { finalizers: null } })
  await deletion.until(isGone)
  deletion.leave()
})

test('a namespace says what is in it, and wants its name typed', async () => {
  const name = `${bench.namespace}-full`
  await bench.kubectl('create', 'namespace', name)
  for (const one of ['a', 'b']) await bench.kubectl('create', 'configmap', one, '-n', name)
  const deletion = await startDeletion(bench, [{ type: 'namespaces.v1', name, namespace: null }])
  const found = hanging(deletion.checked)
  expect(found.find(one => one.includes('ConfigMap'))).toMatch(/^inside 0 ConfigMap [23]$/)
  expect(deletion.checked.typed).toBe(name)
  expect(await deletion.trySend('something')).toMatchObject({ ok: false, problem: { code: 'deletion-unconfirmed' } })
  await deletion.send(name)
  await deletion.until(isGone)
  deletion.leave()
})

test("a StatefulSet's claims stay; a claim's users hold it; a Pod's controller makes it again", async () => {
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } }
  await bench.apply({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'set' },
    spec: {
      serviceName: 'set',
      selector: { matchLabels: { app: 'a' } },
      template,
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
    },
  })
  await bench.kubectl('wait', '--for=create', 'pod/set-0', '--timeout=20s')
  const set = await startDeletion(bench, [{ type: 'statefulsets.v1.apps', name: 'set' }])
  expect(set.checked.items[0]?.storage).toEqual({ kind: 'claims', policy: 'Retain' })
  expect(hanging(set.checked)).toContain('claim 0 PersistentVolumeClaim 1')
  set.leave()
  const both = await startDeletion(bench, [
    { type: 'persistentvolumeclaims.v1', name: 'data-set-0' },
    { type: 'pods.v1', name: 'set-0' },
  ])
  expect(hanging(both.checked)).toContain('user 0 Pod 1')
  expect(both.checked.items[0]?.finalizers).toEqual(['kubernetes.io/pvc-protection'])
  expect(both.checked.items[1]).toMatchObject({ controller: { kind: 'StatefulSet', name: 'set' }, grace: 30 })
  both.leave()
})

test('several at once: each with its own end, those that may not be deleted too, and all of it in the history', async () => {
  for (const one of ['many-1', 'many-2']) await bench.kubectl('create', 'configmap', one)
  const type = 'configmaps.v1'
  const deletion = await startDeletion(bench, [
    { type, name: 'many-1' },
    { type, name: 'many-2', context: 'practice-viewer' },
    { type, name: 'many-3' },
  ])
  expect(deletion.checked.items.map(({ state }) => state.kind)).toEqual(['ready', 'refused', 'gone'])
  expect((await deletion.send()).items.map(({ state }) => state.kind)).toEqual(['gone', 'refused', 'gone'])
  deletion.leave()
  const filter = { ...wholeHistory, text: 'many-1' }
  const states = await bench.client.history.watch({ filter, window: { start: 0, count: 5 } })
  const { value } = (await states.next()) as { value: { window: { rows: { id: string; strategy: string }[] } } }
  expect(value.window.rows).toMatchObject([{ strategy: 'delete', outcome: 'written' }])
  const entry = value.window.rows[0]?.id ?? ''
  expect(unwrap(await bench.client.history.read({ entry }))).toMatchObject({ undo: 'create', after: '' })
  expect(unwrap(await bench.client.history.undo({ entry }))).toEqual({ kind: 'gone', uid: null, recreatable: true })
  expect(unwrap(await bench.client.history.recreate({ entry }))).toMatchObject({ origin: 'create' })
})
