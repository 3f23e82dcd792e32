import { expect, test } from 'vitest'
import { usualDelete } from '../../../../contract/delete.ts'
import { wholeHistory } from '../../../../contract/history.ts'
import type { QuickAsk, UnfinishedRun } from '../../../../contract/quick.ts'
import type { Client } from '../../../../scripts/soak/host-alone.ts'
import type { Match } from '../../../fault-proxy/faults.ts'
import { stall } from '../../../fault-proxy/stall.ts'
import { unwrap } from '../editing/workbench.ts'
import { killedHosts } from '../killed-hosts.ts'
import { targetOf } from './quick.ts'

const { bench, proxy, startFirst, startSecond } = killedHosts('batch')

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
const ask: QuickAsk = { kind: 'label', set: { of: 'batch' }, remove: [] }
const unguarded = { confirmations: {}, acknowledged: false }

test('what a kill cut off is settled by reading: each object of a quick edit of many, a creation, a deletion; nothing is sent twice, and the rest goes on', async () => {
  const all = [...names, 'gone', 'stays']
  const items = all.map(name => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }))
  await bench().apply({ apiVersion: 'v1', kind: 'List', items })
  const host = await startFirst()
  await makeAndDelete(host.client)
  const run = await host.client.quick.run({ run: 'run', objects: names.map(objectOf), ask })
  await stateOf(run, ({ phase }) => phase === 'checked')
  // Four are sent at once: of two the answers are lost, two never reach the server, and none of the rest is begun.
  const [a, b, c, d] = names
  const stalled = [lost('PATCH', a), lost('PATCH', b), held('PATCH', c), held('PATCH', d)]
  unwrap(await host.client.quick.send({ run: 'run', ...unguarded, reason: 'why' }))
  await Promise.all(stalled)
  await host.kill()
  proxy().heal()
  // Somebody takes the label back: whether it was there nobody can tell from the object.
  await bench().kubectl('patch', 'configmap', 'b', '-p', '{"metadata":{"labels":{"of":null}},"data":{"by":"them"}}')

  const { client } = await startSecond()
  const [unfinished] = await stateOf(await client.quick.unfinished(), ([one]) => one !== undefined && isSettled(one))
  expect(unfinished).toMatchObject({ run: 'run', ask, reason: 'why' })
  expect(unfinished?.items.map(sayItem)).toEqual([
    'a written',
    'b unknown changed',
    'c not-written',
    'd not-written',
    'e unsent',
    'f unsent',
    'g unsent',
    'h unsent',
  ])
  expect(await settledHistory(client)).toEqual([
    'a written',
    'b unknown',
    'c not-written',
    'd not-written',
    'gone written',
    'made written',
    'stays not-written',
  ])
  expect(await labelled()).toEqual(['a'])

  // What goes on takes the place of what was cut off.
  const left = unfinished?.items.filter(({ outcome }) => outcome === 'unsent' || outcome === 'not-written') ?? []
  const objects = left.map(({ object }) => object)
  const rest = await client.quick.run({ run: 'rest', objects, ask, goesOn: 'run' })
  await stateOf(rest, ({ phase }) => phase === 'checked')
  unwrap(await client.quick.send({ run: 'rest', ...unguarded, reason: null }))
  await stateOf(rest, state => state.items.every(item => item.state.kind === 'saved'))
  expect(await labelled()).toEqual(['a', 'c', 'd', 'e', 'f', 'g', 'h'])
  expect(await stateOf(await client.quick.unfinished(), () => true)).toEqual([])
}, 120_000)

/** A creation and a deletion whose answers never come, and a deletion that never comes to the server. */
async function makeAndDelete(client: Client): Promise<void> {
  const place = { context: 'practice', namespace: bench().namespace }
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: made}\ndata: {a: b}\n'
  const creation = await client.create.run({ run: 'made', text, places: [place] })
  await stateOf(creation, ({ phase }) => phase === 'checked')
  const objects = ['gone', 'stays'].map(objectOf)
  const deletion = await client.deletion.run({ run: 'gone', objects, options: usualDelete })
  await stateOf(deletion, ({ phase, search }) => phase === 'checked' && search.done)
  const stalled = [lost('POST'), lost('DELETE', 'gone'), held('DELETE', 'stays')]
  unwrap(await client.create.send({ run: 'made', cells: null, confirmations: {} }))
  unwrap(await client.deletion.send({ run: 'gone', items: null, confirmations: {}, typed: null }))
  await Promise.all(stalled)
}

/** The server acts, and its answer never comes. Ends when that is so. */
function lost(method: Method, name?: string): Promise<void> {
  return stall(proxy(), matchOf(method, name), 'after')
}

/** The request never comes to the server. Ends when it is on its way. */
function held(method: Method, name: string): Promise<void> {
  return stall(proxy(), matchOf(method, name), 'before')
}

type Method = 'PATCH' | 'POST' | 'DELETE'

function matchOf(method: Method, name?: string): Match {
  return { method, path: name === undefined ? '/configmaps' : `/configmaps/${name}`, dryRun: false }
}

function objectOf(name: string) {
  return { ...targetOf(bench(), { type: 'configmaps.v1', name }), uid: null }
}

function isSettled({ items }: UnfinishedRun): boolean {
  return items.every(({ outcome }) => outcome !== 'sent')
}

function sayItem({ object, outcome, problem }: UnfinishedRun['items'][number]): string {
  const why = problem !== null && 'reason' in problem ? ` ${problem.reason}` : ''
  return `${object.name} ${outcome}${why}`
}

async function labelled(): Promise<readonly string[]> {
  const { stdout } = await bench().kubectl('get', 'configmaps', '-l', 'of=batch', '-o', 'name')
  return stdout.split('\n').flatMap(line => line.split('/')[1] ?? [])
}

async function settledHistory(client: Client): Promise<readonly string[]> {
  const window = { start: 0, count: 20 }
  const states = await client.history.watch({ window, filter: wholeHistory })
  const { window: shown } = await stateOf(states, state => state.window.rows.every(({ outcome }) => outcome !== 'sent'))
  return shown.rows.map(({ ref, outcome }) => `${ref.name} ${outcome}`).toSorted()
}

/** Reads a stream, and leaves it open, until a state is the one that is waited for. */
async function stateOf<State>(states: AsyncIterator<State>, isIt: (state: State) => boolean): Promise<State> {
  for (;;) {
    const { value, done } = await states.next()
    if (done) throw new Error('the stream ended')
    if (isIt(value)) return value
  }
}
