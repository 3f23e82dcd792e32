import { afterAll, beforeAll, expect, test } from 'vitest'
import { usualDelete } from '../../../../contract/delete.ts'
import { wholeHistory } from '../../../../contract/history.ts'
import type { RecreateState } from '../../../../contract/recreate.ts'
import { mapAt } from '../../../../core/conditions.ts'
import { containersOf } from '../../../../core/containers.ts'
import { keptFields } from '../../../../core/dangers/kept-fields.ts'
import { openFields } from '../../../../core/fields/open-fields.ts'
import { parseJson } from '../../../../core/json.ts'
import { metadataText } from '../../../../core/object.ts'
import { refusesChange } from '../../../../core/recreation.ts'
import { untilEstablished } from '../../../established.ts'
import { type Editing, openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { followRecreation } from './recreation.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('recreate', { seeded: false })
  await bench.kubectl('create', 'namespace', bench.namespace)
})
afterAll(async () => {
  await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
  await bench.end()
})

function startRecreation({ opened: { edit } }: Editing, options = usualDelete) {
  return followRecreation(bench.client, edit, options)
}

const isOver = ({ step }: RecreateState) => !['deciding', 'deleting', 'creating'].includes(step.kind)
const container = { name: 'main', image: 'image:1' }

test('what a Job does not let be changed is changed by making it anew; each step is in the history', async () => {
  const spec = { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [container] } } }
  await bench.apply({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' }, spec })
  const before = await bench.get('jobs.v1.batch', 'job')
  const edit = await bench.open('jobs.v1.batch', 'job')
  await edit.replace('completionMode: NonIndexed', 'completionMode: Indexed\n  completions: 3')
  await edit.type(edit.text.replace('  completions: 1\n', ''))
  expect(refusesChange(await edit.refusal())).toBe(true)
  const again = await startRecreation(edit)
  expect(again.checked.trial).toEqual({ kind: 'taken' })
  // What its controller made of it goes: a Job with the old one's labels would be refused.
  expect(again.checked.text).not.toContain('controller-uid')
  expect(again.checked.text).toContain('completions: 3')
  await again.send()
  const { step } = await again.until(isOver)
  expect(step.kind).toBe('created')
  again.leave()
  const after = await bench.get('jobs.v1.batch', 'job')
  expect(mapAt(after, 'spec')).toMatchObject({ completionMode: 'Indexed', completions: 3 })
  expect(metadataText(after, 'uid')).not.toBe(metadataText(before, 'uid'))

  const object = { context: 'practice', group: 'batch', resource: 'jobs', namespace: bench.namespace, name: 'job' }
  const page = new AbortController()
  const ask = { window: { start: 0, count: 5 }, filter: { ...wholeHistory, object } }
  const states = await bench.client.history.watch(ask, { signal: page.signal })
  const { value, done } = await states.next()
  expect(!done && value.window.rows.map(({ strategy, outcome, reason }) => [strategy, outcome, reason])).toEqual([
    ['create', 'written', 'why'],
    ['delete', 'written', 'why'],
  ])
  page.abort()
})

test('how the old object goes may be changed a moment before it is sent', async () => {
  await bench.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'hasty' },
    immutable: true,
    data: { a: '1' },
  })
  const edit = await bench.open('configmaps.v1.', 'hasty')
  await edit.replace('a: "1"', 'a: "2"')
  const again = await startRecreation(edit)
  await Promise.all([again.adjust({ ...usualDelete, propagation: 'Foreground' }), again.send()])
  const { step } = await again.until(isOver)
  expect(step.kind).toBe('created')
  again.leave()
})

test('a running Pod gets a further container so; what only the old one could have is left behind', async () => {
  await bench.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: { containers: [container] } })
  const edit = await bench.open('pods.v1', 'pod')
  await edit.replace('  containers:\n', '  containers:\n  - {name: second, image: image:2}\n')
  expect(refusesChange(await edit.refusal())).toBe(true)
  const again = await startRecreation(edit, { ...usualDelete, grace: 0 })
  expect(again.checked.text).not.toMatch(/kube-api-access|nodeName|uid:/)
  await again.send()
  expect((await again.until(isOver)).step.kind).toBe('created')
  again.leave()
  const names = containersOf(await bench.get('pods.v1', 'pod')).map(({ name }) => name)
  expect(names).toEqual(['second', 'main'])
})

test('what the server would not take is said before anything is deleted', async () => {
  await bench.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'wrong' }, spec: { containers: [container] } })
  const edit = await bench.open('pods.v1', 'wrong')
  await edit.replace('restartPolicy: Always', 'restartPolicy: Sometimes')
  const again = await startRecreation(edit)
  expect(again.checked.trial).toMatchObject({ kind: 'refused', problem: { code: 'invalid' } })
  expect(metadataText(await bench.get('pods.v1', 'wrong'), 'deletionTimestamp')).toBeNull()
  again.leave()
})

test('held by a finalizer it waits, and stops when asked to: the text stays, and creates the object later', async () => {
  const metadata = { name: 'held', finalizers: ['example.com/hold'] }
  await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata, immutable: true, data: { a: '1' } })
  const edit = await bench.open('configmaps.v1', 'held')
  await edit.replace('a: "1"', 'a: "2"')
  expect(refusesChange(await edit.refusal())).toBe(true)
  const again = await startRecreation(edit)
  await again.send()
  await again.until(({ deletion }) => deletion.items[0]?.state.kind === 'deleting')
  await again.stop()
  expect((await again.until(isOver)).step).toEqual({ kind: 'stopped' })
  again.leave()
  const kept = unwrap(await bench.client.edit.resume({ edit: edit.opened.edit }))
  expect(kept.text).toContain('a: "2"')
  await bench.patch('configmaps.v1', 'held', { metadata: { finalizers: null } })
  const creation = bench.editing(await bench.client.edit.recreate({ edit: kept.edit }))
  await creation.type(creation.text.replace('  finalizers:\n  - example.com/hold\n', ''))
  await creation.submit(await creation.review(), true)
  expect(await bench.get('configmaps.v1', 'held')).toMatchObject({ data: { a: '2' } })
})

test('what a rule of a definition keeps is refused in the words of the rule, and may be made anew', async () => {
  const group = `${bench.namespace}.example.com`
  const rules = [{ rule: 'self == oldSelf', message: 'take another pool' }]
  const size = { type: 'integer', 'x-kubernetes-validations': rules }
  const zone = { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] }
  const spec = { type: 'object', properties: { size, zone } }
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } }
  await bench.apply({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `pools.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'pools', singular: 'pool', kind: 'Pool' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  })
  await untilEstablished(words => bench.kubectl(...words), `pools.${group}`)
  const pool = { apiVersion: `${group}/v1`, kind: 'Pool', metadata: { name: 'pool' }, spec: { size: 1, zone: 'a' } }
  await bench.apply(pool)
  const edit = await bench.open(`pools.v1.${group}`, 'pool')
  // A definition is in force a moment before its schema is told.
  const kept = async () => {
    const fields = unwrap(await bench.client.schema.ofEdit({ edit: edit.opened.edit }))
    const root = fields === null ? null : openFields(unwrap(parseJson(fields.document)), fields.name)
    return root === null ? [] : keptFields(root)
  }
  await expect.poll(kept, { timeout: 15_000 }).toHaveLength(2)
  await edit.replace('size: 1', 'size: 2')
  const refusal = await edit.refusal()
  expect([refusesChange(refusal), refusesChange(refusal, await kept())]).toEqual([false, true])
  await edit.type(edit.opened.text.replace('zone: a', 'zone: b'))
  expect(refusesChange(await edit.refusal())).toBe(true)
  const again = await startRecreation(edit)
  expect(again.checked.trial).toEqual({ kind: 'taken' })
  await again.send()
  expect((await again.until(isOver)).step.kind).toBe('created')
  again.leave()
  expect(await bench.get(`pools.v1.${group}`, 'pool')).toMatchObject({ spec: { size: 1, zone: 'b' } })
  await bench.kubectl('delete', `crd/pools.${group}`, '--wait=false')
})
