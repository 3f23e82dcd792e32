import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Cluster } from '../../../../electron/host/clusters/connection.ts'
import { createPace } from '../../../../electron/host/editing/pace.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

// A pace only tells clusters apart.
const cluster = () => ({}) as Cluster
const never = new AbortController().signal
const takes = (milliseconds: number) => () =>
  new Promise<number>(resolve => setTimeout(() => resolve(performance.now()), milliseconds))

test('one at a time in each cluster, with a rest that is three times the work', async () => {
  const pace = createPace()
  const [one, other] = [cluster(), cluster()]
  const began = performance.now()
  const ends = Promise.all([
    pace.turn(one, never, takes(1_000)),
    pace.turn(one, never, takes(1_000)),
    pace.turn(other, never, takes(1_000)),
  ])
  await vi.advanceTimersByTimeAsync(10_000)
  const [first = 0, second = 0, elsewhere = 0] = await ends
  expect([first, second, elsewhere].map(at => Math.round((at - began) / 100) / 10)).toEqual([1, 5, 1])
})

test('who is called off before its turn never runs, and holds up nobody', async () => {
  const pace = createPace()
  const one = cluster()
  const stop = new AbortController()
  const ran = vi.fn(takes(100))
  const first = pace.turn(one, never, takes(1_000))
  const off = pace.turn(one, stop.signal, ran).catch(error => error)
  const last = pace.turn(one, never, takes(100))
  stop.abort(new Error('typed on'))
  await vi.advanceTimersByTimeAsync(10_000)
  await Promise.all([first, last])
  expect(await off).toMatchObject({ message: 'typed on' })
  expect(ran).not.toHaveBeenCalled()
})

test('a cluster that asks to be left alone is, longer each time until something goes well', async () => {
  const pace = createPace()
  const one = cluster()
  const wait = async () => {
    const began = performance.now()
    const turn = pace.turn(one, never, takes(0))
    await vi.advanceTimersByTimeAsync(600_000)
    return Math.round(((await turn) - began) / 1_000)
  }
  const refused = async () => {
    const turn = pace.turn(one, never, async () => pace.backOff(one, null))
    await vi.advanceTimersByTimeAsync(600_000)
    await turn
  }
  const held = async () => {
    pace.backOff(one, null)
    return wait()
  }
  expect(await held()).toBe(10)
  await refused()
  expect(await held()).toBe(20)
  pace.backOff(one, 90)
  expect(await wait()).toBe(90)
})
