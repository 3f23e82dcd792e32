import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HistoryFilter, type HistoryRow, type HistoryState, wholeHistory } from '../../../../contract/history.ts'
import { changeCause } from '../../../../core/change-cause.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { metadataOf } from '../../../../core/object.ts'
import { openWorkbench, problemOf, show, unwrap, type Workbench } from '../editing/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('history')
}, 120_000)
afterAll(() => bench?.end())

/** The first state of the list that is `right`. */
async function listed(
  filter: Partial<HistoryFilter>,
  right: (state: HistoryState) => boolean = () => true,
): Promise<HistoryState> {
  const ended = new AbortController()
  const input = { filter: { ...wholeHistory, ...filter }, window: { start: 0, count: 50 } }
  const states = await bench.client.history.watch(input, { signal: ended.signal })
  for await (const state of states) {
    if (!right(state)) continue
    ended.abort()
    return state
  }
  throw new Error('the list ended')
}

const rowsOf = async (filter: Partial<HistoryFilter>): Promise<readonly HistoryRow[]> =>
  (await listed(filter)).window.rows

async function newest(text: string) {
  const [row] = await rowsOf({ text })
  if (row === undefined) throw new Error(`nothing in the history for ${text}`)
  return unwrap(await bench.client.history.read({ entry: row.id }))
}

async function makeMap(name: string, data: Record<string, string>): Promise<void> {
  const literals = Object.entries(data).map(([key, value]) => `--from-literal=${key}=${value}`)
  await bench.kubectl('create', 'configmap', name, ...literals)
}

test('a submit is an entry with its reason, request, both sides and what changed by path', async () => {
  await makeMap('recorded', { colour: 'blue' })
  const edit = await (await bench.open('configmaps.v1', 'recorded')).replace('colour: blue', 'colour: green')
  await edit.submit(await edit.review(), false, 'TICKET-7: they asked for green')
  const [row] = await rowsOf({ text: 'ticket-7 recorded' })
  expect(row).toMatchObject({
    context: 'practice',
    outcome: 'written',
    reason: 'TICKET-7: they asked for green',
    paths: ['data.colour'],
    changed: 1,
    ref: { kind: 'ConfigMap', name: 'recorded', namespace: bench.namespace },
  })
  const entry = await newest('recorded')
  expect(entry).toMatchObject({
    readable: true,
    attempts: 1,
    guard: 'version',
    basis: 'answer',
    undo: 'edit',
    problem: null,
  })
  expect(entry.before).toContain('colour: blue')
  expect(entry.after).toContain('colour: green')
  expect(entry.changes).toEqual([{ path: 'data.colour', before: 'blue', after: 'green' }])
  expect(entry.request?.body).toContain('green')
  expect(entry.command?.posix).toMatch(/^kubectl .*patch configmaps\/recorded/)
})

test('what came in from others on the way is told with its writer, and the attempts', async () => {
  await makeMap('crowded', { mine: 'old', theirs: 'old' })
  const edit = await (await bench.open('configmaps.v1', 'crowded')).replace('mine: old', 'mine: new')
  const review = await edit.review()
  await bench.patch('configmaps.v1', 'crowded', { data: { theirs: 'new' } }, 'colleague')
  await edit.submit(review)
  const entry = await newest('crowded')
  expect(entry.attempts).toBe(2)
  expect(entry.mergedIn).toEqual([{ path: 'data.theirs', before: 'old', after: 'new', manager: 'colleague' }])
  expect(await rowsOf({ text: 'crowded' })).toHaveLength(1)
})

test('a refused submit is an entry that says why; one that goes back to review is none', async () => {
  await makeMap('refusing', { value: 'old' })
  const edit = await (await bench.open('configmaps.v1', 'refusing')).replace('value: old', 'value: mine')
  const review = await edit.review()
  await bench.patch('configmaps.v1', 'refusing', { data: { value: 'theirs' } })
  expect(problemOf(await edit.trySubmit(review)).code).toBe('merge-conflict')
  const entry = await newest('refusing')
  expect(entry).toMatchObject({
    outcome: 'refused',
    undo: 'none',
    basis: 'promise',
    problem: { code: 'merge-conflict' },
  })
  expect(await rowsOf({ text: 'refusing', outcome: 'not-written' })).toHaveLength(1)
  expect(await rowsOf({ text: 'refusing', outcome: 'written' })).toEqual([])
})

test('a creation is an entry with the name and the uid that the server gave', async () => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: made-\n  namespace: ${bench.namespace}\n`
  const opened = unwrap(await bench.client.manifest.open({ context: 'practice', namespace: null, text }))
  if (opened.kind !== 'opened') throw new Error('one object was to be opened')
  const creation = bench.editing({ ok: true, value: opened.opened })
  await creation.submit(await creation.review())
  const entry = await newest('made- configmap')
  expect(entry.ref.name).toMatch(/^made-.+/)
  expect(entry.ref.uid).not.toBe('')
  expect(entry).toMatchObject({ strategy: 'create', before: '', undo: 'delete', paths: [] })
})

test('the history of one object is its own, and the list tells of new entries', async () => {
  await makeMap('followed', { value: 'one' })
  const object = {
    context: 'practice',
    group: '',
    resource: 'configmaps',
    namespace: bench.namespace,
    name: 'followed',
  }
  expect((await listed({ object })).matched).toBe(0)
  const grown = listed({ object }, ({ matched }) => matched === 1)
  const edit = await (await bench.open('configmaps.v1', 'followed')).replace('value: one', 'value: two')
  await edit.submit(await edit.review())
  expect((await grown).window.rows[0]?.ref.name).toBe('followed')
  expect((await listed({ object: { ...object, name: 'recorded' } })).window.rows.map(({ ref }) => ref.name)).toEqual([
    'recorded',
  ])
})

test("a Secret's entry is masked whole", async () => {
  const planted = ['planted-history-old', 'planted-history-new'] as const
  const encoded = planted.map(value => Buffer.from(value).toString('base64'))
  await bench.kubectl('create', 'secret', 'generic', 'kept', `--from-literal=one=${planted[0]}`)
  const edit = await (await bench.open('secrets.v1', 'kept')).replace(...planted)
  await edit.submit(await edit.review())
  const entry = await newest('kept secret')
  expect(entry.before).toContain("one: '*** (before)'")
  expect(entry.after).toContain("one: '*** (after)'")
  expect(entry.command?.runnable).toBe(false)
  for (const form of [...planted, ...encoded]) expect(show(entry)).not.toContain(form)
})

test('an entry is removed for good', async () => {
  await makeMap('removed', { value: 'one' })
  const edit = await (await bench.open('configmaps.v1', 'removed')).replace('value: one', 'value: two')
  await edit.submit(await edit.review())
  const entry = await newest('removed')
  unwrap(await bench.client.history.remove({ entry: entry.id }))
  expect(problemOf(await bench.client.history.read({ entry: entry.id })).code).toBe('entry-unknown')
  expect(await rowsOf({ text: 'removed' })).toEqual([])
})

test('a reason in the annotation is a part of what is reviewed and sent, for an edit and for a creation', async () => {
  await makeMap('annotated', { value: 'one' })
  const edit = await (await bench.open('configmaps.v1', 'annotated')).replace('value: one', 'value: two')
  const review = await edit.review({ changeCause: 'TICKET-9' })
  expect(review.request.body).toContain('TICKET-9')
  expect(review.after).toContain('kubernetes.io/change-cause: TICKET-9')
  await edit.submit(review, false, 'TICKET-9')
  const annotations = (object: JsonObject) => metadataOf(object).annotations
  expect(annotations(await bench.get('configmaps.v1', 'annotated'))).toEqual({ [changeCause]: 'TICKET-9' })
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: caused\n  namespace: ${bench.namespace}\n`
  const opened = unwrap(await bench.client.manifest.open({ context: 'practice', namespace: null, text }))
  if (opened.kind !== 'opened') throw new Error('one object was to be opened')
  const creation = bench.editing({ ok: true, value: opened.opened })
  await creation.submit(await creation.review({ changeCause: 'because' }))
  expect(annotations(await bench.get('configmaps.v1', 'caused'))).toEqual({ [changeCause]: 'because' })
})

test('under a subresource no annotation is written', async () => {
  const scale = await bench.open('deployments.v1.apps', 'nginx-deployment', { subresource: 'scale' })
  const replicas = Number(/replicas: (\d+)\nstatus/.exec(scale.text)?.[1])
  await scale.replace(`spec:\n  replicas: ${replicas}\n`, `spec:\n  replicas: ${replicas + 1}\n`)
  expect((await scale.review({ changeCause: 'nowhere' })).request.body).not.toContain('nowhere')
})
