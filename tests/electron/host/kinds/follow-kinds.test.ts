import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SchemaState } from '../../../../contract/schema.ts'
import { createAsks } from '../../../../electron/host/kinds/asks.ts'
import { followKinds } from '../../../../electron/host/kinds/follow-kinds.ts'
import { createSchemas } from '../../../../electron/host/schemas/schemas.ts'
import { type Handler, json, openFake, startFakeServer } from '../clusters/fake-server.ts'
import { until } from '../until.ts'
import { discoveryOf, manyKinds } from './many-kinds.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A cluster whose definitions are listed and watched as the test says, and which serves what `now` says. */
async function openServer({ onList = () => {}, onWatch = () => {}, answersAfterMs = 0 }: Partial<Definitions>) {
  const now = { kinds: 1, fields: 0 }
  const of = { group: 'late.example.com', version: 'v1', kind: 'Late' }
  const address = '/openapi/v3/apis/late.example.com/v1'
  const definition = { type: 'object', 'x-kubernetes-group-version-kind': [of] }
  const served: Handler = ({ url }, response) => {
    if (url === '/api') return json(response, 200, discoveryOf([]), { etag: '"none"' })
    if (url === '/apis') return json(response, 200, discoveryOf(manyKinds(now.kinds)), { etag: `"${now.kinds}"` })
    const properties = Object.fromEntries(Array.from({ length: now.fields }, (_, at) => [`field${at}`, {}]))
    if (url.startsWith(address))
      return json(response, 200, { components: { schemas: { Late: { ...definition, properties } } } })
    const paths = { 'apis/late.example.com/v1': { serverRelativeURL: `${address}?hash=${now.fields}` } }
    return json(response, 200, { paths: now.fields === 0 ? {} : paths })
  }
  const server = await startFakeServer((request, response) => {
    const { url } = request
    if (!url.startsWith('/apis/api')) {
      setTimeout(() => served(request, response), answersAfterMs)
    } else if (url.includes('watch=true')) {
      response.writeHead(200).flushHeaders()
      onWatch(() => response.write(`${JSON.stringify({ type: 'MODIFIED', object: { metadata: {} } })}\n`))
    } else {
      setTimeout(() => {
        onList(now)
        json(response, 200, { metadata: { resourceVersion: '1' } })
      }, 100)
    }
  })
  const fake = await openFake(server.url)
  ends.push(server.close, fake.end)
  return { ...fake, now, served: { kind: of, through: of } }
}

type Now = { kinds: number; fields: number }
type Definitions = {
  /** Before a list of definitions is answered, from whose version on they are watched. */
  readonly onList: (now: Now) => void
  /** A watch has begun, which tells of a change by `tell`. */
  readonly onWatch: (tell: () => void) => void
  readonly answersAfterMs: number
}

/** Resolves when a followed cluster serves so many kinds. */
function untilKinds(cluster: Parameters<typeof followKinds>[0], wanted: number): Promise<void> {
  return new Promise(resolve => {
    const followed = followKinds(cluster, () => {
      const known = followed.current()
      if (known?.ok && known.value.kinds.length === wanted) resolve()
    })
    ends.push(followed.stop)
  })
}

describe('what changes while nobody watches', () => {
  it('is asked for once definitions are watched: what came after the kinds were told, before the watch began', async () => {
    const { cluster } = await openServer({
      onList: now => {
        now.kinds = 2
      },
    })
    await untilKinds(cluster, 2)
  })

  it('of a schema is asked for too, where the server gathers it later than it serves the kind', async () => {
    const { cluster, now, served } = await openServer({})
    await untilKinds(cluster, 1)
    const schemas = createSchemas()
    const leave = new AbortController()
    ends.push(() => leave.abort())
    const states = schemas.watch(cluster, served, leave.signal)
    await until<SchemaState>(states, ({ kind }) => kind === 'none')
    now.fields = 1
    await until<SchemaState>(states, ({ kind }) => kind === 'known')
  })
})

it('a server whose definitions change all the time answers nevertheless', async () => {
  const { cluster, now, served } = await openServer({
    answersAfterMs: 200,
    onWatch: tell => {
      const timer = setInterval(tell, 50)
      ends.push(() => clearInterval(timer))
    },
  })
  now.fields = 1
  const schemas = createSchemas()
  const leave = new AbortController()
  ends.push(() => leave.abort())
  await until<SchemaState>(schemas.watch(cluster, served, leave.signal), ({ kind }) => kind === 'known')
})

describe('asking again', () => {
  it('a reason to ask now takes no later question away; the newest reason says how long it goes on', async () => {
    vi.useFakeTimers()
    ends.push(() => vi.useRealTimers())
    const life = new AbortController()
    const asked: number[] = []
    const began = performance.now()
    const asks = createAsks(async () => asked.push(performance.now() - began), life.signal)
    asks.after([60, 60])
    asks.after([0])
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toEqual([0, 60, 120])
    asks.after([50, 50])
    life.abort()
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toHaveLength(3)
  })

  it('a question goes to its end; what fell due meanwhile is asked once, afterwards', async () => {
    const answers: (() => void)[] = []
    const asks = createAsks(() => new Promise<void>(resolve => answers.push(resolve)), new AbortController().signal)
    asks.after([0])
    await expect.poll(() => answers.length).toBe(1)
    asks.after([0])
    asks.after([0])
    answers[0]?.()
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.()
  })
})
