import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kubectl } from '../../../../scripts/practice/kubectl.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { openPractice } from '../clusters/practice-clusters.ts'
import { until } from '../until.ts'
import { allLive, everything, names, open } from './opened.ts'

const practice = await practiceForTests()
const host = await openPractice(practice)
afterAll(async () => {
  await host.end()
  await practice.stop()
})

describe('on a real server', () => {
  const one = `views-one-${process.pid}`
  const two = `views-two-${process.pid}`
  const run = (namespace: string, line: string) => kubectl(practice, ['--namespace', namespace, ...line.split(' ')])
  beforeAll(async () => {
    for (const namespace of [one, two]) {
      await kubectl(practice, ['create', 'namespace', namespace])
      for (const name of ['map-1', 'map-2', 'map-10'])
        await run(namespace, `create configmap ${name} --from-literal=a=b`)
      await run(namespace, 'label configmap map-2 tier=web')
    }
  })

  it("has the server's columns and follows what happens", async () => {
    const view = open(host.clusters, { namespaces: [one] })
    const first = await until(view.states, allLive)
    expect(first.columns.map(column => column.name)).toEqual(['Name', 'Data', 'Age'])
    expect(names(first)).toEqual(['kube-root-ca.crt', 'map-1', 'map-10', 'map-2'])
    expect(first.window.rows[1]).toMatchObject({
      context: 'practice',
      namespace: one,
      deleting: false,
      cells: ['map-1', 1, expect.any(String)],
    })
    expect(first.window.rows[1]?.uid).toMatch(/^[0-9a-f-]{36}$/)
    expect(Date.parse(first.window.rows[1]?.created ?? '')).toBeGreaterThan(0)

    await run(one, 'create configmap new')
    const more = await until(view.states, state => names(state).includes('new'))
    expect(more.version).toBeGreaterThan(first.version)
    await run(one, 'patch configmap new --patch={"data":{"x":"y","z":"z"}}')
    await until(view.states, state => state.window.rows.some(row => row.name === 'new' && row.cells[1] === 2))
    await run(one, 'delete configmap new')
    expect((await until(view.states, state => !names(state).includes('new'))).total).toBe(4)
  })

  it('sorts, filters and cuts the window as asked, again and again', async () => {
    const view = open(host.clusters, { namespaces: [one] })
    await until(view.states, allLive)
    view.adjust({ ...everything, sort: { column: 'Name', descending: false }, filter: 'map' })
    const sorted = await until(view.states, state => state.matched === 3)
    expect(names(sorted)).toEqual(['map-1', 'map-2', 'map-10'])
    expect(sorted.total).toBe(4)
    view.adjust({
      filter: 'map',
      sort: { column: 'Name', descending: true },
      labels: [],
      window: { start: 1, count: 1 },
    })
    expect(names(await until(view.states, state => state.window.start === 1))).toEqual(['map-2'])
    view.adjust({ filter: '', sort: null, labels: [], window: { start: 50, count: 10 } })
    expect(names(await until(view.states, state => state.window.start === 50))).toEqual([])
  })

  it('sends selectors to the server, and says when it cannot read them', async () => {
    const view = open(host.clusters, { namespaces: [one, two] }, { filter: 'tier=web' })
    const web = await until(view.states, allLive)
    expect(names(web)).toEqual(['map-2', 'map-2'])
    view.adjust({ ...everything, filter: 'tier!=web map' })
    expect((await until(view.states, state => allLive(state) && state.matched === 4)).total).toBe(6)
    view.adjust({ ...everything, filter: 'field:no.such=field' })
    const refused = await until(view.states, state => state.filterProblem !== null && state.total === 0)
    expect(refused.filterProblem).toMatchObject({
      code: 'decoding-failed',
      message: expect.stringContaining('no.such'),
    })
    view.adjust({ ...everything, filter: 'field:metadata.name=map-10' })
    const byField = await until(view.states, state => allLive(state) && state.total === 2)
    expect(byField.filterProblem).toBeNull()
    expect(byField.window.rows.map(row => row.namespace)).toEqual([one, two])
  })

  it('a selector that narrows is answered from the rows that are there, and a wider one without a blink', async () => {
    const view = open(host.clusters, { namespaces: [one] })
    await until(view.states, state => allLive(state) && state.total === 4)
    view.adjust({ ...everything, filter: 'tier in (web,db)' })
    const narrowed = await until(view.states, state => state.matched === 1)
    expect([names(narrowed), narrowed.total, allLive(narrowed)]).toEqual([['map-2'], 4, true])

    const narrow = open(host.clusters, { namespaces: [one] }, { filter: 'tier=web' })
    await until(narrow.states, state => allLive(state) && state.total === 1)
    narrow.adjust({ ...everything, filter: 'tier in (db,web)' })
    const seen: number[] = []
    await until(narrow.states, state => {
      seen.push(state.matched)
      return allLive(state) && state.version > 2
    })
    narrow.adjust(everything)
    await until(narrow.states, state => {
      seen.push(state.matched)
      return allLive(state) && state.matched === 4
    })
    expect(Math.min(...seen)).toBe(1)
  })

  it('has labels as columns, tells their keys, and what changed lately by whom', async () => {
    await run(one, 'label configmap map-10 tier=db release=7')
    const view = open(host.clusters, { namespaces: [one] }, { labels: ['tier', 'none'] })
    const all = await until(view.states, state => allLive(state) && state.labelKeys[0]?.count === 2)
    expect(all.labelKeys).toEqual([
      { key: 'tier', count: 2 },
      { key: 'release', count: 1 },
    ])
    expect(all.window.rows.map(row => [row.name, ...row.labels])).toEqual([
      ['kube-root-ca.crt', null, null],
      ['map-1', null, null],
      ['map-10', 'db', null],
      ['map-2', 'web', null],
    ])
    const labelled = all.window.rows[2]
    expect(labelled).toMatchObject({ changedBy: 'kubectl-label', changedIn: null })
    expect(Date.parse(labelled?.changed ?? '')).toBeGreaterThanOrEqual(Date.parse(labelled?.created ?? ''))

    view.adjust({ ...everything, filter: 'changed:1h by:kubectl-label', sort: { column: 'Changed', descending: true } })
    const recent = await until(view.states, state => state.matched === 2)
    expect(names(recent)).toEqual(['map-10', 'map-2'])
    view.adjust({ ...everything, sort: { column: 'label:tier', descending: true } })
    expect(names(await until(view.states, state => state.matched === 4)).slice(0, 2)).toEqual(['map-2', 'map-10'])
  })

  it('a source that is refused or unknown never holds back the others', async () => {
    const secrets = { group: '', version: 'v1', resource: 'secrets' }
    const contexts = ['practice', 'practice-viewer', 'no-such-context']
    const view = open(host.clusters, { ...secrets, contexts, namespaces: ['default'] })
    const state = await until(view.states, one => one.sources.every(source => source.state !== 'loading'))
    expect(state.sources.map(source => [source.context, source.state, source.problem?.code ?? null])).toEqual([
      ['practice', 'live', null],
      ['practice-viewer', 'failed', 'forbidden'],
      ['no-such-context', 'failed', 'context-unknown'],
    ])
    expect(state.total).toBe(state.sources[0]?.rows)
  })

  it('two contexts of one cluster show each object in each', async () => {
    const view = open(
      host.clusters,
      { contexts: ['practice', 'practice-viewer'], namespaces: [one] },
      { filter: 'map-10' },
    )
    const state = await until(view.states, allLive)
    expect(state.window.rows.map(row => row.context)).toEqual(['practice', 'practice-viewer'])
    expect(new Set(state.window.rows.map(row => row.key)).size).toBe(2)
  })

  it('lists more than one chunk, and kinds of no namespace', async () => {
    const view = open(host.clusters, { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles' })
    const state = await until(view.states, allLive)
    expect(state.total).toBeGreaterThan(30)
    expect(state.window.rows[0]?.namespace).toBeNull()
  })
})
