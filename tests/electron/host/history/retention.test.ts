import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { defaultSettings } from '../../../../contract/app.ts'
import { wholeHistory } from '../../../../contract/history.ts'
import type { ClusterIdentity } from '../../../../core/object.ts'
import { openClusters } from '../../../../electron/host/clusters/clusters.ts'
import { createEdits } from '../../../../electron/host/editing/edits.ts'
import { createHistory } from '../../../../electron/host/history/history.ts'
import { openStore, type Store } from '../../../../electron/host/store/store.ts'

const day = 24 * 60 * 60 * 1_000
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

function open(): Store {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-history-'))
  const store = openStore(folder)
  ends.push(
    () => rmSync(folder, { recursive: true }),
    () => store.close(),
  )
  return store
}

/** Submits numbered from 0, of which every tenth has no answer yet; `daysAgo` tells when each was sent. */
function fill(store: Store, count: number, daysAgo: (nr: number) => number): void {
  const written = store.write(() => {
    for (let nr = 0; nr < count; nr++) {
      const ref = {
        // A test's own cluster.
        cluster: 'c' as ClusterIdentity,
        group: 'apps',
        version: 'v1',
        resource: 'deployments',
        kind: 'Deployment',
        namespace: `team-${nr % 20}`,
        name: `web-${nr}`,
        uid: `uid-${nr}`,
      }
      const texts = { plan: '{}', brief: `{"reason":"change ${nr}","paths":["spec.replicas"],"changed":1}` }
      const sent = Date.now() - daysAgo(nr) * day
      store.submits.send({ id: `p${nr}`, edit: `e${nr}`, context: 'practice', ref, sent, strategy: 'merge', ...texts })
      if (nr % 10 !== 9) store.submits.settle(`p${nr}`, { state: 'written', answered: sent, answer: null })
    }
  })
  expect(written.ok).toBe(true)
}

async function historyOf(store: Store) {
  const life = new AbortController()
  const clusters = await openClusters({
    kubeconfig: [],
    version: '0.0.0',
    gate: async () => null,
    signal: life.signal,
  })
  const edits = createEdits(clusters, store, {
    fieldManager: () => 'tests',
    dangersOff: () => [],
    kubeconfigGiven: false,
    isGuarded: async () => false,
  })
  ends.push(() => {
    life.abort()
    void edits.end()
  })
  return createHistory(clusters, store, edits, { kubeconfigGiven: false, signal: life.signal })
}

test('what is older than its days goes at the start, but for the newest and what has no answer', async () => {
  const store = open()
  fill(store, 200, nr => 400 - nr * 2)
  const history = await historyOf(store)
  const left = history.ids(wholeHistory)
  const kept = (nr: number) => nr % 10 === 9 || 400 - nr * 2 < (defaultSettings.history.days ?? 0) || nr >= 150
  expect(left).toEqual(
    Array.from({ length: 200 }, (_, at) => 199 - at)
      .filter(kept)
      .map(nr => `p${nr}`),
  )
})

test('no more than so many are kept, and a clock that jumps does not empty the history', async () => {
  const store = open()
  fill(store, 200, () => 100_000)
  store.saveSettings({ history: { days: null, entries: 120 } })
  const history = await historyOf(store)
  expect(history.ids(wholeHistory).filter(id => !id.endsWith('9'))).toHaveLength(108)
  store.saveSettings({ history: { days: 1, entries: 120 } })
  history.expire()
  expect(history.ids(wholeHistory).filter(id => !id.endsWith('9'))).toHaveLength(45)
})

test('10,000 entries: a window, a search by clear columns and one by reasons', async () => {
  const store = open()
  store.saveSettings({ history: { days: null, entries: null } })
  fill(store, 10_000, () => 0)
  const history = await historyOf(store)
  const ended = new AbortController()
  const look = async (text: string, start: number) => {
    const ask = { filter: { ...wholeHistory, text }, window: { start, count: 60 } }
    for await (const state of history.watch(ask, ended.signal)) return state
    throw new Error('the list ended')
  }
  expect(await look('', 5_000)).toMatchObject({ total: 10_000, matched: 10_000 })
  expect((await look('', 5_000)).window.rows[0]).toMatchObject({ id: 'p4999', reason: 'change 4999' })
  expect((await look('team-7 deployment', 0)).matched).toBe(500)
  expect((await look('change 1234', 0)).window.rows.map(({ id }) => id)).toEqual(['p1234'])
  ended.abort()
})
