import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Ask, Row, ViewState } from '../../../../contract/browse.ts'
import { type Clusters, openClusters } from '../../../../electron/host/clusters/clusters.ts'
import { request } from '../../../../electron/host/clusters/connection.ts'
import { openView, type View } from '../../../../electron/host/views/view.ts'
import { kubectl } from '../../../../scripts/practice/kubectl.ts'
import { type FaultProxy, startFaultProxy } from '../../../fault-proxy/fault-proxy.ts'
import { statusBody } from '../../../fault-proxy/faults.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { scratchFolder } from '../clusters/fake-server.ts'
import { openGate } from '../clusters/open-gate.ts'
import { openPractice, type PracticeClusters } from '../clusters/practice-clusters.ts'

const namespace = `views-faults-${process.pid}`
// More than a first chunk has, so that lists have a second one.
const count = 620

const practice = await practiceForTests()
let direct: PracticeClusters
let proxy: FaultProxy
let clusters: Clusters
const folder = scratchFolder()
const life = new AbortController()

beforeAll(async () => {
  direct = await openPractice(practice)
  await kubectl(practice, ['create', 'namespace', namespace])
  await Promise.all(Array.from({ length: count }, (_, at) => write('POST', `map-${at}`, { at: String(at) })))
  proxy = await startFaultProxy(practice)
  clusters = await openClusters({
    kubeconfig: [proxy.kubeconfigPath],
    gate: openGate,
    signal: life.signal,
    cacheFolder: folder.path,
  })
})
afterAll(async () => {
  await clusters.end()
  life.abort()
  await proxy.end()
  await direct.end()
  folder.remove()
  await practice.stop()
})

const ends: (() => unknown)[] = []
afterEach(async () => {
  vi.useRealTimers()
  proxy.heal()
  await proxy.mend()
  for (const end of ends.splice(0).reverse()) await end()
})

/** Writes a ConfigMap past the proxy. */
async function write(method: 'POST' | 'PUT' | 'DELETE', name: string, labels: Record<string, string> = {}) {
  const collection = `/api/v1/namespaces/${namespace}/configmaps`
  const answer = await request(direct.cluster(), {
    method,
    path: method === 'POST' ? collection : `${collection}/${name}`,
    ...(method === 'DELETE' ? {} : { body: JSON.stringify({ metadata: { name, labels }, data: labels }) }),
    mediaType: 'application/json',
    asked: { verb: method, group: '', resource: 'configmaps', namespace, name },
    signal: direct.signal,
    writes: true,
  })
  if (!answer.ok) throw new Error(`${method} ${name}: ${answer.problem.code}`)
}

let turn = 0
/** Some objects come, go, change, and are there anew under an old name. */
async function changeSome(): Promise<void> {
  turn += 1
  await Promise.all([
    write('POST', `new-${turn}`, { turn: String(turn) }),
    write('PUT', 'map-7', { turn: String(turn), other: 'x' }),
    write('DELETE', `map-${100 + turn}`),
    write('DELETE', 'map-9').then(() => write('POST', 'map-9', { again: String(turn) })),
  ])
}

const everything: Ask = { filter: '', sort: null, labels: [], window: { start: 0, count: 500 } }
const scope = { contexts: ['practice'], group: '', version: 'v1', resource: 'configmaps', namespaces: [namespace] }

type Shown = Pick<Row, 'name' | 'uid'> & { readonly labels: string; readonly data: number }

/** The objects as the server has them now, asked past the proxy. */
async function served(): Promise<Shown[]> {
  const text = await kubectl(practice, ['get', 'configmaps', '--namespace', namespace, '--output', 'json'])
  const { items } = JSON.parse(text)
  return items.map((item: { metadata: { name: string; uid: string; labels?: object }; data?: object }) => ({
    name: item.metadata.name,
    uid: item.metadata.uid,
    labels: JSON.stringify(labelKeys.map(key => (item.metadata.labels as Record<string, string>)?.[key] ?? null)),
    data: Object.keys(item.data ?? {}).length,
  }))
}

const labelKeys = ['at', 'turn', 'other', 'again']

async function shown(view: View): Promise<Shown[]> {
  const all: Shown[] = []
  for await (const rows of view.rows(null, labelKeys))
    for (const { name, uid, labels, cells } of rows)
      all.push({ name, uid, labels: JSON.stringify(labels), data: Number(cells[1]) })
  return all
}

/** A view that is read all the time, and what it said. */
function watched() {
  const leave = new AbortController()
  const view = openView(clusters, { scope, ask: everything }, leave.signal)
  const states: ViewState[] = []
  let look = () => {}
  const reading = (async () => {
    for await (const state of view.states) {
      states.push(state)
      look()
    }
  })()
  ends.push(async () => {
    leave.abort()
    await reading
  })
  const until = (wanted: (state: ViewState) => boolean) =>
    new Promise<void>(resolve => {
      look = () => {
        const latest = states.at(-1)
        if (latest !== undefined && wanted(latest)) resolve()
      }
      look()
    })
  return { view, states, until }
}

const live = (state: ViewState) => state.sources.every(source => source.state === 'live')

/** Opens a view, does harm, and waits until it shows again what the server has. Answers the states in between. */
async function healedAfter(harm: () => Promise<void>): Promise<readonly ViewState[]> {
  const { view, states, until } = watched()
  await until(state => live(state) && state.total >= count)
  states.splice(0)
  await harm()
  const wanted = await served()
  const latest = `new-${turn}`
  await until(live)
  await vi.waitUntil(async () => (await shown(view)).some(row => row.name === latest), { timeout: 20_000 })
  await vi.waitFor(async () => expect(await shown(view)).toEqual(wanted), { timeout: 20_000 })
  // Nothing vanished to come back: objects go one by one, and three at most.
  expect(Math.min(...states.map(state => state.total))).toBeGreaterThanOrEqual(wanted.length - 3)
  expect(new Set((await shown(view)).map(row => row.uid)).size).toBe(wanted.length)
  return states
}

it('a connection that is cut is taken up again before anybody reads of it', async () => {
  const states = await healedAfter(async () => {
    await proxy.cut()
    await changeSome()
    await proxy.mend()
  })
  expect(states.filter(state => !live(state))).toEqual([])
})

it('a server that is away for seconds is said to be, its rows stay, and it goes on from where it was', async () => {
  const lists = () => proxy.requests.filter(ask => ask.path.endsWith('configmaps') && !ask.query.has('watch')).length
  let listed = 0
  const states = await healedAfter(async () => {
    listed = lists()
    await proxy.cut()
    await changeSome()
    await new Promise(resolve => setTimeout(resolve, 1_500))
    await proxy.mend()
  })
  expect(states.map(state => state.sources[0]?.state)).toContain('reconnecting')
  expect(lists()).toBe(listed)
})

it('a watch whose version has expired lists anew', async () => {
  const body = `${JSON.stringify({ type: 'ERROR', object: JSON.parse(statusBody(410, 'Expired', 'too old')) })}\n`
  await healedAfter(async () => {
    proxy.inject({ watch: true }, { kind: 'answer', when: 'before', status: 200, body }, 1)
    await proxy.cut()
    await changeSome()
    await proxy.mend()
  })
})

it.each([
  ['is cut in the middle', { kind: 'truncate' }],
  ['must wait', { kind: 'answer', when: 'before', status: 429, headers: { 'retry-after': '1' } }],
  ['expires', { kind: 'answer', when: 'before', status: 410, body: statusBody(410, 'Expired', 'too old') }],
  ['is slow', { kind: 'delay', milliseconds: 800 }],
] as const)('a list of which a later chunk %s is whole in the end', async (_, fault) => {
  proxy.inject({ path: '/configmaps', continues: true }, fault, 1)
  const { view, states, until } = watched()
  await until(state => state.total >= 500)
  await changeSome()
  await until(state => live(state) && state.total >= count)
  const wanted = await served()
  await vi.waitFor(async () => expect(await shown(view)).toEqual(wanted), { timeout: 20_000 })
  // The objects that changed meanwhile may go; nothing else vanishes to come back.
  const losses = states.map(({ total }, at) => (states[at - 1]?.total ?? 0) - total)
  expect(Math.max(...losses)).toBeLessThanOrEqual(3)
})

// What runs on time here is the watchdog alone: connections and pauses keep to the real clock.
const clock = { toFake: ['setInterval', 'clearInterval', 'Date'] as ('setInterval' | 'clearInterval' | 'Date')[] }

it('a machine that slept takes up its watches at once, on a new connection', async () => {
  vi.useFakeTimers(clock)
  await healedAfter(async () => {
    proxy.freeze()
    await changeSome()
    vi.setSystemTime(Date.now() + 8 * 3_600_000)
    vi.advanceTimersByTime(5_000)
  })
})

it('a connection that was lost without a word is noticed by its silence', async () => {
  vi.useFakeTimers(clock)
  await healedAfter(async () => {
    proxy.freeze()
    await changeSome()
    vi.advanceTimersByTime(80_000)
  })
})
