import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Cluster, request } from '../../../../electron/host/clusters/connection.ts'
import { makeStarts } from '../../../../electron/host/clusters/starts.ts'
import { type Handler, json, openFake, refusal, startFakeServer } from './fake-server.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const end of ends.splice(0).reverse()) await end()
})

async function open(handler: Handler, user: unknown = {}) {
  const server = await startFakeServer(handler)
  ends.push(server.close)
  const fake = await openFake(server.url, { user })
  ends.push(fake.end)
  return { ...fake, server }
}

const get = (cluster: Cluster, signal: AbortSignal, path = '/api/v1/pods') => {
  const asked = { verb: 'list', group: '', resource: 'pods', namespace: null, name: null }
  return request(cluster, { method: 'GET', path, asked, signal, timeoutSeconds: 10 })
}
const fine: Handler = (_, response) => json(response, 200, {})
const forbidden = refusal(403, 'Forbidden', 'pods is forbidden: User "u" cannot list resource "pods"')
const unauthorized: Handler = (_, response) => json(response, 401, refusal(401, 'Unauthorized', 'Unauthorized'))
const known = { kind: 'ready', version: 'v1.37.2', tooOld: false, slowMs: null }

describe('what is known of a cluster', () => {
  it('is that it is slow, as long as its quickest answers are', async () => {
    let delay = 1_050
    const { cluster, signal } = await open((_, response) => void wait(delay).then(() => json(response, 200, {})))
    // The version comes quickly; the three latest answers count.
    await cluster.version()
    await Promise.all([1, 2, 3].map(() => get(cluster, signal)))
    expect(cluster.state()).toMatchObject({ ...known, slowMs: expect.any(Number) })
    expect(cluster.state()).toMatchObject({ slowMs: 1_100 })
    delay = 0
    await get(cluster, signal)
    expect(cluster.state()).toEqual(known)
  })

  it('is that nothing is granted, until something is', async () => {
    let granted = false
    const { cluster, signal } = await open((request, response) => {
      if (granted || request.url === '/api') json(response, 200, {})
      else json(response, 403, forbidden)
    })
    await cluster.version()
    // Discovery is open to all.
    await get(cluster, signal, '/api')
    expect(cluster.state()).toEqual(known)
    await get(cluster, signal)
    expect(cluster.state()).toMatchObject({ kind: 'failed', problem: { code: 'forbidden' } })
    granted = true
    await get(cluster, signal)
    expect(cluster.state()).toEqual(known)
    granted = false
    await get(cluster, signal)
    expect(cluster.state()).toEqual(known)
  })

  it('is asked again when the person wants it', async () => {
    let up = false
    const { cluster, signal } = await open((request, response) => (up ? fine : unauthorized)(request, response))
    await get(cluster, signal)
    expect(cluster.state()).toMatchObject({ kind: 'failed', problem: { code: 'unauthorized' } })
    up = true
    expect(await cluster.again()).toEqual(known)
  })

  it('says of a token that it is out of date, where the token itself says so', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = `${part({ alg: 'none' })}.${part({ exp: Date.UTC(2020, 0, 2) / 1000 })}.signature`
    const { cluster, signal } = await open(unauthorized, { token })
    const problem = { code: 'credentials-expired', what: 'token', since: '2020-01-02T00:00:00.000Z' }
    expect(await get(cluster, signal)).toEqual({ ok: false, problem })
    expect(cluster.state()).toEqual({ kind: 'failed', problem })
  })

  it('says of a certificate that it is out of date', async () => {
    const cert = readFileSync(join(import.meta.dirname, 'expired.crt')).toString('base64')
    const { cluster, signal } = await open(unauthorized, { 'client-certificate-data': cert })
    expect(await get(cluster, signal)).toMatchObject({
      problem: { code: 'credentials-expired', what: 'certificate', since: '2020-01-02T00:00:00.000Z' },
    })
  })

  it('is forgotten when nobody has used it for long, and its connections end', async () => {
    const { cluster, server, signal } = await open(fine)
    await get(cluster, signal)
    await cluster.version()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await get(cluster, signal)
    vi.advanceTimersByTime(4 * 60_000)
    expect(cluster.state()).toEqual(known)
    vi.advanceTimersByTime(2 * 60_000)
    expect(cluster.state()).toEqual({ kind: 'idle' })
    vi.useRealTimers()
    await vi.waitFor(async () => expect(await server.connections()).toBe(0), 20_000)
    expect((await get(cluster, signal)).ok).toBe(true)
    expect(await cluster.version()).toEqual(known)
  })

  it('does not sleep while something is watched', async () => {
    const { cluster, signal } = await open((_, response) => response.writeHead(200).write('{}\n'))
    await cluster.version()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asked = { verb: 'watch', group: '', resource: 'pods', namespace: null, name: null }
    const watch = await cluster.open({ method: 'GET', path: '/api/v1/pods', asked, signal })
    vi.advanceTimersByTime(60 * 60_000)
    expect(cluster.state()).toEqual(known)
    if (watch.ok) watch.value.body.destroy()
  })
})

describe('connections that begin', () => {
  it('do so twelve at a time, and who takes long makes way', async () => {
    vi.useFakeTimers()
    const starts = makeStarts()
    const begun: (() => void)[] = []
    for (let i = 0; i < 30; i++) void starts.begin().then(end => begun.push(end))
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toHaveLength(12)
    begun[0]?.()
    begun[0]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toHaveLength(13)
    await vi.advanceTimersByTimeAsync(400)
    expect(begun).toHaveLength(25)
    await vi.advanceTimersByTimeAsync(400)
    expect(begun).toHaveLength(30)
  })
})
