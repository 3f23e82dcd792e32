import { addAbortSignal, PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Cluster } from '../../../../electron/host/clusters/connection.ts'
import { watchStream } from '../../../../electron/host/clusters/watch-stream.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A watch of a server that has fallen silent, and is being asked whether it is there. */
async function silentWatch() {
  const renew = vi.fn()
  const body = new PassThrough()
  const { promise: probed, resolve: onProbe } = Promise.withResolvers<AbortSignal>()
  const open = async ({ path, signal }: { readonly path: string; readonly signal: AbortSignal }) => {
    if (path !== '/version') {
      return { ok: true, value: { status: 200, headers: {}, body: addAbortSignal(signal, body), warnings: [] } }
    }
    onProbe(signal)
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }
  const asked = { verb: 'watch', group: '', resource: 'pods', namespace: null, name: null }
  const call = { path: '/api/v1/pods', query: [], resourceVersion: '1', asked, signal: new AbortController().signal }
  // Of a cluster a watch needs no more than this.
  const events = watchStream({ open, renew } as unknown as Cluster, call)
  await events.next()
  const next = events.next()
  await vi.advanceTimersByTimeAsync(80_000)
  return { renew, body, events, next, probe: await probed }
}

it('the question whether a silent server is there ends with its watch, and renews nothing', async () => {
  const { renew, body, events, next, probe } = await silentWatch()
  body.end()
  expect((await next).value).toEqual({ kind: 'end', problem: null })
  await events.return(undefined)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(renew).not.toHaveBeenCalled()
  expect(probe.aborted).toBe(true)
})

it('where it is not answered the watch ends, and the next one gets a new connection', async () => {
  const { renew, next } = await silentWatch()
  await vi.advanceTimersByTimeAsync(10_000)
  expect((await next).value).toMatchObject({ kind: 'end', problem: { code: 'unreachable' } })
  expect(renew).toHaveBeenCalledTimes(1)
})
