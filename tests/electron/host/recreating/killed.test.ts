import { expect, test } from 'vitest'
import type { EditState } from '../../../../contract/edit.ts'
import { wholeHistory } from '../../../../contract/history.ts'
import type { Recreation } from '../../../../contract/recreation.ts'
import { metadataText } from '../../../../core/object.ts'
import type { Client } from '../../../../scripts/soak/host-alone.ts'
import { stall } from '../../../fault-proxy/stall.ts'
import { Editing, unwrap } from '../editing/workbench.ts'
import { killedHosts } from '../killed-hosts.ts'
import { followRecreation } from './recreation.ts'

const { bench, proxy, startFirst, startSecond } = killedHosts('again')

/** A moment at which the host is killed: what the request then under way meets, and what is told later. */
const moments = [
  { name: 'before-delete', request: 'DELETE', when: 'before', standing: 'untouched' },
  { name: 'after-delete', request: 'DELETE', when: 'after', standing: 'deleted' },
  { name: 'held', request: null, when: null, standing: 'deleting' },
  { name: 'before-create', request: 'POST', when: 'before', standing: 'deleted' },
  { name: 'after-create', request: 'POST', when: 'after', standing: 'created' },
  { name: 'taken', request: 'POST', when: 'before', standing: 'taken' },
] as const
type Name = (typeof moments)[number]['name']

test('killed at each step of a re-creation, the app tells how far it came and does what is left, once', async () => {
  const items = moments.map(({ name }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(name === 'held' ? { finalizers: ['example.com/hold'] } : {}) },
    immutable: true,
    data: { a: '1' },
  }))
  await bench().apply({ apiVersion: 'v1', kind: 'List', items })
  const host = await startFirst()
  const edits = new Map<Name, string>()
  const reached: Promise<unknown>[] = []
  for (const { name, request, when } of moments) {
    const edit = await open(host.client, name)
    edits.set(name, edit.opened.edit)
    await edit.replace('a: "1"', 'a: "2"')
    const run = await followRecreation(host.client, edit.opened.edit)
    if (request === null) reached.push(run.until(({ deletion }) => deletion.items[0]?.state.kind === 'deleting'))
    else {
      const path = request === 'DELETE' ? `/configmaps/${name}` : '/configmaps'
      reached.push(stall(proxy(), { method: request, path, dryRun: false }, when))
    }
    await run.send()
    // A creation's path does not name its object: one after the other.
    if (request === 'POST') await reached.at(-1)
  }
  await Promise.all(reached)
  await host.kill()
  proxy().heal()
  await bench().apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'taken' }, data: { a: 'theirs' } })

  const { client } = await startSecond()
  const listed = await client.edit.list()
  expect(listed.map(({ ref, recreating }) => [ref.name, recreating])).toEqual(moments.map(({ name }) => [name, true]))
  for (const { name, standing } of moments) {
    const kept = unwrap(await client.edit.resume({ edit: edits.get(name) ?? '' }))
    expect(kept.text).toContain('a: "2"')
    const told = await recreation(client, kept.edit, now => now?.standing === standing)
    expect([name, told?.held]).toEqual([name, standing === 'deleting' ? ['example.com/hold'] : []])
  }

  // What was made goes on as the edit of the new object, and what is to be left is told of no more.
  const made = unwrap(await client.recreation.goOn({ edit: edits.get('after-create') ?? '' }))
  expect(made.ref.uid).toBe(metadataText(await bench().get('configmaps.v1', 'after-create'), 'uid'))
  await client.recreation.leave({ edit: edits.get('taken') ?? '' })
  expect(await recreation(client, edits.get('taken') ?? '', now => now === null)).toBeNull()
  for (const name of ['before-delete', 'after-delete', 'before-create', 'held'] as const) {
    const run = await followRecreation(client, edits.get(name) ?? '')
    expect(run.checked.trial.kind).toBe('taken')
    await run.send()
    if (name === 'held') {
      // It waits for the old one, which is not deleted a second time.
      await run.until(({ step }) => step.kind === 'deleting')
      await bench().patch('configmaps.v1', 'held', { metadata: { finalizers: null } })
      await run.until(({ step }) => step.kind === 'failed' || step.kind === 'created')
    }
    expect((await run.until(({ step }) => step.kind === 'created' || step.kind === 'failed')).step.kind).toBe('created')
    run.leave()
  }
  const objects = await Promise.all(moments.map(({ name }) => bench().get('configmaps.v1', name)))
  expect(objects.map(({ data }) => data)).toEqual(
    moments.map(({ name }) => (name === 'taken' ? { a: 'theirs' } : { a: '2' })),
  )
  expect(await outcomes(client)).toEqual({
    'before-delete': ['delete not-written', 'delete written', 'create written'],
    'after-delete': ['delete written', 'create written'],
    held: ['delete written', 'create written'],
    'before-create': ['delete written', 'create not-written', 'create written'],
    'after-create': ['delete written', 'create written'],
    taken: ['delete written', 'create not-written'],
  })
  expect((await client.edit.list()).filter(({ recreating }) => recreating)).toEqual([])
}, 120_000)

async function open(client: Client, name: string): Promise<Editing> {
  const target = { context: 'practice', group: '', version: 'v1', resource: 'configmaps', subresource: null }
  return new Editing(client, unwrap(await client.edit.open({ ...target, namespace: bench().namespace, name })))
}

/** The first state of an edit's re-creation that is as wanted. */
async function recreation(
  client: Client,
  edit: string,
  isIt: (now: EditState['recreation']) => boolean,
): Promise<Recreation | null> {
  for await (const state of await client.edit.watch({ edit })) {
    if (isIt(state.recreation)) return state.recreation
  }
  throw new Error('the edit ended')
}

/** How each submit of each object ended, oldest first. */
async function outcomes(client: Client): Promise<Readonly<Record<string, readonly string[]>>> {
  const page = new AbortController()
  const ask = { window: { start: 0, count: 50 }, filter: wholeHistory }
  for await (const { window } of await client.history.watch(ask, { signal: page.signal })) {
    page.abort()
    const rows = window.rows.toReversed()
    const names = Object.entries(Object.groupBy(rows, ({ ref }) => ref.name))
    return Object.fromEntries(
      names.map(([name, mine = []]) => [name, mine.map(({ strategy, outcome }) => `${strategy} ${outcome}`)]),
    )
  }
  throw new Error('there is a history')
}
