import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type LinkState, linkServer, type ServerPort } from '../../../renderer/schema/server-link.ts'

type Asked = { readonly id: number; readonly method: string }

/** A worker that does nothing but what a test has it do. */
class SilentWorker implements ServerPort {
  readonly asked: Asked[] = []
  ended = false
  onmessage: ServerPort['onmessage'] = null
  onerror: ServerPort['onerror'] = null
  onmessageerror: ServerPort['onmessageerror'] = null

  postMessage(message: Asked): void {
    this.asked.push(message)
  }

  terminate(): void {
    this.ended = true
  }

  say(message: unknown): void {
    this.onmessage?.call(worker(this), new MessageEvent('message', { data: message }))
  }

  /** Answers all that was asked, so that nothing is waited for. */
  answerAll(): void {
    for (const { id } of this.asked.splice(0)) this.say({ id, result: null })
  }

  crash(): void {
    this.onerror?.call(worker(this), Object.assign(new Event('error'), { message: 'crash' }) as ErrorEvent)
  }
}

// A handler's `this`, which none of ours looks at.
const worker = (port: ServerPort) => port as Worker

function startLink() {
  const workers: SilentWorker[] = []
  const states: LinkState[] = []
  const heard: { readonly id: number; readonly result: unknown }[] = []
  let anew = 0
  const start = () => {
    workers.push(new SilentWorker())
    return current()
  }
  const current = () => {
    const last = workers.at(-1)
    if (last === undefined) throw new Error('none was started')
    return last
  }
  const link = linkServer(start, { onState: state => states.push(state), onAnew: () => anew++ })
  link.transport.subscribe(message => heard.push(JSON.parse(message)))
  const hover = (id: number) =>
    link.transport.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'textDocument/hover', params: {} }))
  return { link, current, workers, states, heard, hover, anew: () => anew }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

test('what a worker answers comes back, and the schema went ahead of it', () => {
  const { current, heard, hover } = startLink()
  expect(current().asked.map(({ method }) => method)).toEqual(['patchbay/schema'])
  current().answerAll()
  expect(heard).toEqual([])
  hover(1)
  current().say({ id: 1, result: { contents: { kind: 'markdown', value: 'x' } } })
  expect(heard).toEqual([{ jsonrpc: '2.0', id: 1, result: { contents: { kind: 'markdown', value: 'x' } } }])
})

test('the protocol begins without the worker', async () => {
  const { link, heard } = startLink()
  link.transport.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} }))
  await Promise.resolve()
  expect(heard).toEqual([expect.objectContaining({ id: 1, result: { capabilities: expect.anything() } })])
})

test.for<[string, (worker: SilentWorker) => void]>([
  ['crashes', worker => worker.crash()],
  ['hangs', () => vi.advanceTimersByTime(30_000)],
  ['says nonsense', worker => worker.say('nonsense')],
  ['answers what nobody asked', worker => worker.say({ id: 77, result: null })],
  ['answers nonsense', worker => worker.say({ id: 1, result: { contents: 'not as asked' } })],
])('one that %s is ended, what was asked is answered with nothing, and another takes its place', ([, fail]) => {
  const { link, current, workers, states, heard, hover, anew } = startLink()
  link.setSchema({ document: '{}', name: 'x', words: { required: '', default: '', deprecated: '', values: '' } })
  hover(1)
  fail(current())
  expect(workers[0]?.ended).toBe(true)
  expect(heard).toEqual([{ jsonrpc: '2.0', id: 1, result: null }])
  // Asked while nobody is there.
  hover(2)
  expect(heard.at(-1)).toMatchObject({ id: 2, result: null })
  vi.advanceTimersByTime(500)
  expect([workers.length, anew(), states.at(-1)]).toEqual([2, 1, 'running'])
  expect(current().asked).toMatchObject([{ method: 'patchbay/schema', params: { schema: { name: 'x' } } }])
})

test('one that fails again and again is left alone, until somebody asks for it', () => {
  const { link, current, workers, states } = startLink()
  for (const wait of [500, 3_000, 10_000]) {
    current().crash()
    vi.advanceTimersByTime(wait)
  }
  current().crash()
  vi.advanceTimersByTime(3_600_000)
  expect([workers.length, states.at(-1)]).toEqual([4, 'stopped'])
  link.retry()
  expect([workers.length, states.at(-1)]).toEqual([5, 'running'])
})

test('failures that lie far apart do not add up', () => {
  const { current, workers, states } = startLink()
  for (let time = 0; time < 6; time++) {
    current().answerAll()
    vi.advanceTimersByTime(61_000)
    current().crash()
    vi.advanceTimersByTime(500)
  }
  expect([workers.length, states.at(-1)]).toEqual([7, 'running'])
})

test('nothing goes on after the end', () => {
  const { link, current, workers, heard, hover } = startLink()
  hover(1)
  link.end()
  expect(workers[0]?.ended).toBe(true)
  current().crash()
  vi.advanceTimersByTime(60_000)
  expect([workers.length, heard.length]).toEqual([1, 0])
})
