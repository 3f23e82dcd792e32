import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ObjectState, ObjectTarget } from '../../../../contract/object.ts'
import { metadataText } from '../../../../core/object.ts'
import { openWorkbench, show, unwrap, type Workbench } from '../editing/workbench.ts'
import { seen } from './seen.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('object')
})
afterAll(() => bench.end())

function target(type: string, name: string): ObjectTarget {
  const [resource = '', version = '', ...group] = type.split('.')
  return { context: 'practice', group: group.join('.'), version, resource, namespace: bench.namespace, name }
}

const watch = (of: ObjectTarget) => (signal: AbortSignal) => bench.client.object.watch({ target: of }, { signal })
const page = (of: ObjectTarget, passes: (state: ObjectState) => boolean) => seen(watch(of), passes)

describe('an object as its page sees it', () => {
  test('has its summary, its kind in all its versions, and the columns that the server prints', async () => {
    const state = await page(
      target('deployments.v1.apps', 'nginx-deployment'),
      one => one.columns.length > 0 && one.kind !== null,
    )
    expect(state).toMatchObject({
      live: { kind: 'present' },
      recreated: false,
      kind: { kind: 'Deployment' },
      versions: ['v1'],
      summary: {
        kind: 'Deployment',
        namespace: bench.namespace,
        readiness: { kind: 'settled' },
        containers: [{ name: 'nginx', image: 'nginx:1.14.2', role: 'main', ports: ['80/TCP'], state: null }],
        pod: null,
      },
    })
    expect(state.columns.map(({ name, value }) => `${name} ${value}`)).toEqual(
      expect.arrayContaining(['Ready 3/3', 'Selector app=nginx']),
    )
    expect(state.summary?.timeline.at(-1)).toMatchObject({ kind: 'created' })
    expect(state.summary?.timeline.map(moment => moment.kind)).toContain('condition')
  })

  test('is followed through its deletion and what comes after it under the same name', async () => {
    const of = target('configmaps.v1', 'passing')
    await bench.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'passing', finalizers: ['tests/held'] },
    })
    const states: ObjectState[] = []
    const left = new AbortController()
    const waiters = new Set<() => void>()
    const reading = (async () => {
      for await (const state of await bench.client.object.watch({ target: of }, { signal: left.signal })) {
        states.push(state)
        for (const wake of waiters) wake()
      }
    })().catch(error => {
      if (!left.signal.aborted) throw error
    })
    const until = async (passes: (state: ObjectState) => boolean) => {
      while (!states.some(passes)) await new Promise<void>(resolve => waiters.add(resolve))
    }
    await until(({ live }) => live.kind === 'present')
    await bench.kubectl('delete', 'configmap', 'passing', '--wait=false')
    await until(({ summary }) => summary?.deletion != null)
    expect(states.at(-1)?.summary).toMatchObject({ finalizers: ['tests/held'] })
    await bench.patch('configmaps.v1', 'passing', { metadata: { finalizers: null } })
    await until(({ live }) => live.kind === 'gone')
    // It is shown as it was seen last.
    expect(states.at(-1)?.summary?.name).toBe('passing')
    await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'passing' } })
    await until(({ recreated, live }) => recreated && live.kind === 'present')
    left.abort()
    await reading
  })

  test('that is not there says so, and comes when it is created', async () => {
    const of = target('configmaps.v1', 'to-come')
    const appearing = page(of, ({ live }) => live.kind === 'present')
    const missing = await page(of, ({ live }) => live.kind === 'unreadable')
    expect(missing).toMatchObject({ live: { problem: { code: 'not-found' } }, summary: null })
    await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'to-come' } })
    expect((await appearing).summary?.name).toBe('to-come')
  })

  test('may not be read: the refusal is told', async () => {
    const state = await page(
      { ...target('secrets.v1', 'database-credentials'), context: 'practice-viewer' },
      ({ live }) => live.kind === 'unreadable',
    )
    expect(state.live).toMatchObject({ problem: { code: 'forbidden' } })
  })
})

test('its events come as they happen, equal ones as one', async () => {
  const of = target('configmaps.v1', 'backup-script')
  const uid = metadataText(await bench.get('configmaps.v1', 'backup-script'), 'uid')
  const happened = (name: string, type: string) =>
    bench.apply({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name },
      involvedObject: { apiVersion: 'v1', kind: 'ConfigMap', name: 'backup-script', namespace: bench.namespace, uid },
      type,
      reason: 'Tested',
      message: '<b>it happened</b>',
      count: 2,
      lastTimestamp: new Date().toISOString().replace(/\.\d+/, ''),
    })
  const events = (signal: AbortSignal) => bench.client.object.events({ target: of }, { signal })
  const warned = seen(events, ({ events }) => events.some(({ type, count }) => type === 'Warning' && count === 4))
  await seen(events, ({ state }) => state === 'live')
  await happened('tested-1', 'Warning')
  await happened('tested-2', 'Warning')
  expect((await warned).events).toMatchObject([{ reason: 'Tested', message: '<b>it happened</b>' }])
})

describe('a Secret', () => {
  const planted = 'planted-object-page'

  test('tells nothing of its values but by reveal', async () => {
    await bench.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'sealed', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': planted } },
      stringData: { word: planted, bytes: 'short' },
    })
    const of = target('secrets.v1', 'sealed')
    const state = await page(of, one => one.columns.length > 0)
    const text = await seen(
      signal => bench.client.object.text({ target: of, managedFields: true }, { signal }),
      one => one !== null,
    )
    const writers = await seen(
      signal => bench.client.object.writers({ target: of }, { signal }),
      one => one.length > 0,
    )
    const fields = await Promise.all(
      writers.map(({ id }) => bench.client.object.writerFields({ target: of, writer: id })),
    )
    const related = await seen(
      signal => bench.client.object.related({ target: of }, { signal }),
      one => one.done,
    )
    const encoded = Buffer.from(planted).toString('base64')
    for (const told of [state, text, writers, fields, related]) {
      expect(show(told)).not.toContain(planted)
      expect(show(told)).not.toContain(encoded)
    }
    expect(state.summary?.data).toEqual([
      { key: 'bytes', bytes: 5, binary: false },
      { key: 'word', bytes: planted.length, binary: false },
    ])
    const lines = text?.text.split('\n') ?? []
    for (const { line, path } of text?.masked ?? [])
      expect(lines[line - 1]).toContain(path === 'data.word' ? "word: '***'" : '***')
  })

  test('reveals one value at a time, of what its page has on screen', async () => {
    const of = target('secrets.v1', 'sealed')
    const left = new AbortController()
    const texts = await bench.client.object.text({ target: of, managedFields: false }, { signal: left.signal })
    for await (const text of texts) if (text !== null) break
    const reveal = (path: string) => bench.client.object.reveal({ target: of, path })
    expect(unwrap(await reveal('data.word'))).toEqual({ form: 'text', value: planted })
    expect(unwrap(await reveal('data.nothing'))).toBeNull()
    left.abort()
  })
})
