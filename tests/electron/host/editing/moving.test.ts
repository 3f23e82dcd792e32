import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { valueAt } from '../../../../core/path.ts'
import { openApi } from '../../../../scripts/soak/api.ts'
import { editMoving } from '../../../../scripts/soak/moving.ts'
import { type FaultProxy, startFaultProxy } from '../../../fault-proxy/fault-proxy.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { type Editing, openWorkbench, problemOf, type Workbench } from './workbench.ts'

// An object that another writer rewrites faster than a version can travel. 30 edits each at 5 and 20 writes a second, and
// the same by version alone: `npm run soak -- moving`.
test('five edits of five of an object that is rewritten 20 times a second, 200 ms away', async () => {
  const moved = await editMoving({ edits: 5, writesPerSecond: 20, delay: 200, guard: null })
  expect(moved).toMatchObject({ saved: 5, kept: 5, byValue: 5, problems: [] })
  expect(moved.writes).toBeGreaterThan(50)
}, 120_000)

describe('an object that moves before each answer', () => {
  const practice = practiceForTests()
  let bench: Workbench
  let proxy: FaultProxy
  beforeAll(async () => {
    proxy = await startFaultProxy(await practice)
    bench = await openWorkbench('moving-one', { seeded: false, on: await practice, kubeconfig: proxy.kubeconfigPath })
    await bench.kubectl('create', 'namespace', bench.namespace)
  })
  afterAll(async () => {
    await bench?.end()
    await proxy?.end()
    await (await practice).stop()
  })

  /** An edit of `mine`, whose object is written by another before each of the next writes, real or dry, that the server is sent. */
  async function movingEdit(name: string, times: number, patch: unknown = { data: { count: 'x' } }): Promise<Editing> {
    await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { mine: 'before', count: '0' } })
    const edit = await bench.open('configmaps.v1', name)
    await edit.replace('mine: before', 'mine: after')
    moveBefore(name, times, patch)
    return edit
  }

  function moveBefore(name: string, times: number, patch: unknown): void {
    let writes = 0
    const path = `/api/v1/namespaces/${bench.namespace}/configmaps/${name}?fieldManager=counter`
    const act = async () => {
      const api = openApi(await practice)
      const text = JSON.stringify(patch).replaceAll('"x"', `"${++writes}"`)
      await api.send('PATCH', path, 'application/merge-patch+json', JSON.parse(text))
      api.end()
    }
    proxy.heal()
    proxy.inject({ method: 'PATCH', path: name }, { kind: 'first', act }, times)
  }

  test('the review says that it guards by value, shows that very request, and nothing of the other writer as mine', async () => {
    const edit = await movingEdit('reviewed', Number.POSITIVE_INFINITY)
    const review = await edit.review()
    expect(review).toMatchObject({
      strategy: 'json',
      guard: 'value',
      choice: { strategy: null, guard: null },
      recommended: { reason: 'moving' },
    })
    expect(JSON.parse(review.request.body)).toEqual([
      { op: 'test', path: '/metadata/uid', value: edit.opened.ref.uid },
      { op: 'test', path: '/data/mine', value: 'before' },
      { op: 'replace', path: '/data/mine', value: 'after' },
    ])
    expect(review.marks.filter(({ path }) => path.includes('count'))).toEqual([])
    expect(review.fates).toMatchObject([{ path: 'data.mine', fate: 'taken' }])
    const saved = await edit.submit(review)
    expect(saved).toMatchObject({ guard: 'value', attempts: 1, differences: [] })
    expect(saved.mergedIn).toMatchObject([{ path: 'data.count' }])
    const sent = proxy.requests.filter(({ method, query }) => method === 'PATCH' && !query.has('dryRun'))
    expect(sent.at(-1)?.body).toBe(JSON.stringify(JSON.parse(review.request.body)))
  })

  test('a plan by version is replaced by one by value with the reviewed change, and Submit says so', async () => {
    const edit = await movingEdit('submitted', 0)
    const review = await edit.review()
    expect(review).toMatchObject({ strategy: 'strategic', guard: 'version' })
    moveBefore('submitted', Number.POSITIVE_INFINITY, { data: { count: 'x' } })
    const saved = await edit.submit(review)
    expect(saved).toMatchObject({ guard: 'value', attempts: 2 })
    expect(saved.mergedIn).toMatchObject([{ path: 'data.count', before: '"0"', manager: 'counter' }])
    expect(valueAt(await bench.get('configmaps.v1', 'submitted'), ['data', 'mine'])).toBe('after')
  })

  test('by value, my field that another changed between review and submit is a conflict, and is not overwritten', async () => {
    const edit = await movingEdit('contested', Number.POSITIVE_INFINITY)
    const review = await edit.review()
    expect(review.guard).toBe('value')
    moveBefore('contested', 1, { data: { mine: 'theirs' } })
    expect(problemOf(await edit.trySubmit(review))).toMatchObject({
      code: 'merge-conflict',
      conflicts: [{ path: ['data', 'mine'], mine: 'after', theirs: 'theirs' }],
    })
    expect(valueAt(await bench.get('configmaps.v1', 'contested'), ['data', 'mine'])).toBe('theirs')
  })

  test('what the person chose stays chosen: a guard by version is never loosened', async () => {
    const edit = await movingEdit('chosen', Number.POSITIVE_INFINITY)
    expect(problemOf(await edit.tryReview({ guard: 'version' })).code).toBe('version-conflict')
  })
})
