import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, expect, test } from 'vitest'
import type { AppState } from '../../../contract/app.ts'
import type { ViewState } from '../../../contract/browse.ts'
import {
  answer,
  backOff,
  connectHost,
  type Host,
  HostGone,
  type Link,
  type Transport,
} from '../../../renderer/app/client.ts'
import { portLink } from '../../../renderer/app/transports.ts'
import { createStandIn } from '../stand-in-host.ts'

const page = new AbortController()
const links: Link[] = []
afterEach(() => {
  for (const link of links.splice(0)) link.close()
})

/** A page's way to a stand-in; `refuse` makes the next openings fail, `close` ends the present one: hosts of earlier tests open theirs anew. */
function connect(standIn: ReturnType<typeof createStandIn>) {
  const way = { refuse: false, close: () => {} }
  const transport: Transport = async () => {
    if (way.refuse) throw new Error('refused')
    const { port1, port2 } = new MessageChannel()
    new RPCHandler(standIn.router).upgrade(port1)
    port1.start()
    const link = portLink(port2)
    links.push(link)
    way.close = link.close
    return link
  }
  return { host: connectHost(transport, page.signal), way }
}

async function reach(host: Host, kind: ReturnType<Host['state']>['kind']): Promise<void> {
  if (host.state().kind === kind) return
  await new Promise<void>(resolve => {
    const stop = host.subscribe(() => {
      if (host.state().kind !== kind) return
      stop()
      resolve()
    })
  })
}

test('a call waits for the first connection', async () => {
  const { host } = connect(createStandIn({ rows: 1 }))
  expect(host.state().kind).toBe('connecting')
  expect(await host.client.ping({})).toEqual({ version: '0.1.0' })
  expect(host.state().kind).toBe('open')
})

test('a stream tells every later state', async () => {
  const standIn = createStandIn({ rows: 1 })
  const { host } = connect(standIn)
  const states: AppState[] = []
  for await (const state of await host.client.app.watch()) {
    states.push(state)
    if (states.length === 2) break
    await host.client.app.saveSettings({ theme: 'dark' })
  }
  expect(states.map(state => state.settings.theme)).toEqual(['system', 'dark'])
})

test('an open list is adjusted', async () => {
  const standIn = createStandIn({ rows: 300 })
  const { host } = connect(standIn)
  const scope = { contexts: ['practice'], group: '', version: 'v1', resource: 'pods', namespaces: ['default'] }
  const ask = { filter: '', sort: null, labels: [], window: { start: 0, count: 10 } }
  const seen: ViewState[] = []
  for await (const state of await host.client.browse.view({ view: 'one', scope, ask })) {
    seen.push(state)
    if (seen.length === 2) break
    expect(await host.client.browse.adjust({ view: 'one', ask: { ...ask, filter: 'CrashLoopBackOff' } })).toBe(true)
  }
  expect(seen.map(({ total, matched }) => [total, matched])).toEqual([
    [300, 300],
    [300, 37],
  ])
})

test('calls fail at once while the host is gone, and work again when it is back', async () => {
  const { host, way } = connect(createStandIn({ rows: 1 }))
  await host.client.ping({})
  way.refuse = true
  way.close()
  await reach(host, 'gone')
  await expect(host.client.ping({})).rejects.toBeInstanceOf(HostGone)
  const asked = host.client.browse.kinds({ context: 'practice' })
  expect(await answer(asked)).toEqual({ ok: false, problem: { code: 'host-gone' } })
  way.refuse = false
  host.retry()
  await host.ready(page.signal)
  expect(host.state()).toEqual({ kind: 'open', session: 2 })
  expect((await host.client.browse.kinds({ context: 'practice' })).ok).toBe(true)
})

test('a call that is under way when the host goes is told so', async () => {
  const standIn = createStandIn({ rows: 1 })
  const { host, way } = connect(standIn)
  await host.client.ping({})
  way.refuse = true
  const asked = host.client.ping({})
  way.close()
  await expect(asked).rejects.toBeInstanceOf(HostGone)
})

test('waiting for the host ends with its signal', async () => {
  const { host, way } = connect(createStandIn({ rows: 1 }))
  await host.client.ping({})
  way.refuse = true
  way.close()
  await reach(host, 'gone')
  await expect(host.ready(AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
})

test('the pauses grow to ten seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(backOff)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000])
})
