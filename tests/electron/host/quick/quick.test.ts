import { afterAll, beforeAll, expect, test } from 'vitest'
import { wholeHistory } from '../../../../contract/history.ts'
import type { QuickAsk } from '../../../../contract/quick.ts'
import { mapAt, mapsAt, textAt } from '../../../../core/conditions.ts'
import { containersOf } from '../../../../core/containers.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { metadataOf } from '../../../../core/object.ts'
import { openWorkbench, problemOf, unwrap, type Workbench } from '../editing/workbench.ts'
import { untilNodesRest } from '../new-nodes.ts'
import { said, startQuick, targetOf } from './quick.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('quick', { seeded: false })
  await bench.kubectl('create', 'namespace', bench.namespace)
})
afterAll(async () => {
  await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
  await bench.end()
})

function workload(kind: string, name: string, { metadata = {}, spec = {} }: Record<string, JsonObject>): JsonObject {
  const labels = { of: name }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'image:1' }] } }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, ...metadata },
    spec: { selector: { matchLabels: labels }, template, ...spec },
  }
}

const stopped = { spec: { replicas: 0 } }
const deployments = 'deployments.v1.apps'
const imageOf = (object: JsonObject) => containersOf(object)[0]?.image

test('many are changed in one go: what does not fit is said, and what is sent is what was checked', async () => {
  const plain = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plain' } }
  const two = ['a', 'b'].map(name => workload('Deployment', name, stopped))
  await bench.apply({ apiVersion: 'v1', kind: 'List', items: [...two, plain] })
  await bench.kubectl('set', 'image', 'deployment/b', 'main=image:2')
  const named = [...['a', 'b'].map(name => ({ type: deployments, name })), { type: 'configmaps.v1', name: 'plain' }]
  const quick = await startQuick(bench, named, null)
  expect(quick.checked.totals).toMatchObject({
    objects: 3,
    kinds: { image: 2, label: 3 },
    replicas: { least: 0, most: 0 },
  })
  expect(said(quick.checked)).toEqual(['read', 'read', 'read'])

  // While one is checked another is asked for: the newest counts.
  await quick.ask({ kind: 'image', images: { main: 'image:9' } })
  const set = await quick.adjust({ kind: 'image', images: { main: 'image:2' } })
  expect(said(set)).toEqual(['ready', 'unchanged', 'unfit quick-edit-unfit'])
  expect(set.items[0]?.changes).toEqual([
    { path: 'spec.template.spec.containers[name=main].image', before: 'image:1', after: 'image:2' },
  ])
  expect(imageOf(await bench.get(deployments, 'a'))).toBe('image:1')

  // Somebody else writes another field between the check and the sending: it is kept.
  await bench.patch(deployments, 'a', { metadata: { labels: { theirs: 'kept' } } })
  const sent = await quick.send()
  expect(said(sent)).toEqual(['saved', 'unchanged', 'unfit quick-edit-unfit'])
  const after = await bench.get(deployments, 'a')
  expect([imageOf(after), textAt(mapAt(metadataOf(after), 'labels'), 'theirs')]).toEqual(['image:2', 'kept'])
  expect(sent.items[0]?.state).toMatchObject({ mergedIn: [{ path: 'metadata.labels' }] })
  quick.leave()

  // Each is in the history, as any submit is.
  const object = { context: 'practice', group: 'apps', resource: 'deployments', namespace: bench.namespace, name: 'a' }
  const page = new AbortController()
  const window = { start: 0, count: 5 }
  const states = await bench.client.history.watch(
    { window, filter: { ...wholeHistory, object } },
    { signal: page.signal },
  )
  const { value, done } = await states.next()
  expect(!done && value.window.rows).toMatchObject([{ outcome: 'written', reason: 'of a test' }])
  page.abort()
})

test('one that moves in the same field meanwhile is not overwritten', async () => {
  await bench.apply(workload('Deployment', 'moved', stopped))
  const quick = await startQuick(bench, [{ type: deployments, name: 'moved' }], {
    kind: 'image',
    images: { main: 'image:2' },
  })
  expect(said(quick.checked)).toEqual(['ready'])
  await bench.jsonPatch('deployment', 'moved', [
    { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'image:theirs' },
  ])
  expect(said(await quick.send())).toEqual(['failed merge-conflict'])
  expect(imageOf(await bench.get(deployments, 'moved'))).toBe('image:theirs')
  quick.leave()
})

test('who may only scale scales by the Scale; a read-only person is told so', async () => {
  await bench.apply(workload('Deployment', 'scaled', stopped))
  const named = [{ type: deployments, name: 'scaled', context: 'practice-viewer' }]
  const viewer = await startQuick(bench, named, { kind: 'scale', replicas: 1 })
  expect(said(viewer.checked)).toEqual(['refused forbidden'])
  viewer.leave()

  const role = { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get', 'patch', 'update'] }
  await bench.apply({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'scaler' },
    rules: [role],
  })
  await bench.kubectl('create', 'rolebinding', 'scaler', '--role=scaler', '--user=practice-viewer')
  const scaler = await startQuick(bench, named, { kind: 'scale', replicas: 1 })
  expect(said(scaler.checked)).toEqual(['ready'])
  expect(said(await scaler.send())).toEqual(['saved'])
  expect(mapAt(await bench.get(deployments, 'scaled'), 'spec').replicas).toBe(1)
  scaler.leave()
})

test('a Node is cordoned and tainted as kubectl does it', async () => {
  const names = ['ours', 'theirs'].map(one => `${bench.namespace}-${one}`)
  const [ours = '', theirs = ''] = names
  const taints = [
    { key: 'a', value: '1', effect: 'NoSchedule' },
    { key: 'b', effect: 'NoExecute' },
  ]
  const items = names.map(name => ({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { taints } }))
  await bench.apply({ apiVersion: 'v1', kind: 'List', items })
  await untilNodesRest(bench, ...names)
  const node = [{ type: 'nodes.v1', name: ours, cluster: true as const }]
  const change: QuickAsk = {
    kind: 'taint',
    set: [{ key: 'a', value: '2', effect: 'NoSchedule' }],
    remove: [{ key: 'b', effect: null }],
  }
  for (const ask of [change, { kind: 'cordon', on: true }] satisfies QuickAsk[]) {
    const quick = await startQuick(bench, node, ask)
    expect(said(await quick.send())).toEqual(['saved'])
    quick.leave()
  }
  await bench.kubectl('taint', 'node', theirs, '--overwrite', 'a=2:NoSchedule')
  await bench.kubectl('taint', 'node', theirs, 'b-')
  await bench.kubectl('cordon', theirs)
  const own = async (name: string) => {
    const spec = mapAt(await bench.get('nodes.v1', name), 'spec')
    const kept = mapsAt(spec, 'taints').filter(taint => textAt(taint, 'key').length === 1)
    return { kept, unschedulable: spec.unschedulable }
  }
  expect(await own(ours)).toEqual(await own(theirs))
  const again = await startQuick(bench, node, { kind: 'cordon', on: false })
  await again.send()
  expect(await own(ours)).not.toHaveProperty('unschedulable', true)
  again.leave()
  await bench.kubectl('delete', 'node', ...names, '--wait=false')
})

test.concurrent.each(['Deployment', 'StatefulSet', 'DaemonSet'])(
  'a %s is restarted and rolled back to what kubectl rollout undo makes',
  async kind => {
    const type = `${kind.toLowerCase()}s.v1.apps`
    const replicas: JsonObject = kind === 'DaemonSet' ? {} : { replicas: 0 }
    const names = ['ours', 'theirs'].map(one => `${kind.toLowerCase()}-${one}`)
    const [ours = '', theirs = ''] = names
    const words = names.map(name => `${kind.toLowerCase()}/${name}`)
    // No node takes the Pods of a DaemonSet that wants such a label.
    const versions = [
      { mine: 'first', container: { name: 'main', image: 'image:1', env: [{ name: 'A', value: '1' }] } },
      { mine: 'second', container: { name: 'main', image: 'image:2' } },
    ]
    for (const { mine, container } of versions) {
      const items = names.map(name => {
        const spec = { nodeSelector: { none: 'such' }, containers: [container] }
        const template = { metadata: { labels: { of: name } }, spec }
        return workload(kind, name, { metadata: { annotations: { mine } }, spec: { ...replicas, template } })
      })
      await bench.apply({ apiVersion: 'v1', kind: 'List', items })
      await Promise.all(words.map(word => bench.kubectl('rollout', 'status', word, '--timeout=20s')))
    }
    const own = async (name: string) => {
      const object = await bench.get(type, name)
      const { 'deployment.kubernetes.io/revision': _, ...annotations } = mapAt(metadataOf(object), 'annotations')
      const { template, ...spec } = mapAt(object, 'spec')
      return JSON.stringify({ annotations, spec, template }).replaceAll(name, 'NAME')
    }
    await expect.poll(async () => (await revisions(type, ours)).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2)
    const [newest, ...older] = await revisions(type, ours)
    expect(newest).toMatchObject({ present: true, images: ['image:2'], changes: [] })
    const first = older.at(-1)
    expect(first).toMatchObject({ present: false, images: ['image:1'] })
    expect(first?.changes.map(({ path }) => path)).toContain('spec.template.spec.containers[name=main].image')

    const quick = await startQuick(bench, [{ type, name: ours }], { kind: 'rollback', revision: first?.revision ?? -1 })
    expect(said(quick.checked)).toEqual(['ready'])
    expect(said(await quick.send())).toEqual(['saved'])
    quick.leave()
    await bench.kubectl('rollout', 'undo', `${kind.toLowerCase()}/${theirs}`, `--to-revision=${first?.revision}`)
    expect(await own(ours)).toBe(await own(theirs))

    const none = await startQuick(bench, [{ type, name: ours }], { kind: 'rollback', revision: 99 })
    expect(said(none.checked)).toEqual(['unfit quick-edit-unfit'])
    none.leave()

    const restart = await startQuick(bench, [{ type, name: ours }], { kind: 'restart', at: '2026-11-23T12:00:00Z' })
    expect(JSON.stringify(restart.checked.items[0]?.changes)).toContain('restartedAt: ')
    restart.leave()
  },
)

test('what keeps no revisions says so', async () => {
  await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'none' } })
  const object = targetOf(bench, { type: 'configmaps.v1', name: 'none' })
  expect(problemOf(await bench.client.quick.revisions({ object }))).toMatchObject({ reason: 'no-history' })
})

async function revisions(type: string, name: string) {
  return unwrap(await bench.client.quick.revisions({ object: targetOf(bench, { type, name }) }))
}
