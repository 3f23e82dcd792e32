import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Handler, json, kubeconfigText, openFake, refusal, startFakeServer } from '../clusters/fake-server.ts'
import { until } from '../until.ts'
import { allLive, ends, everything, names, open } from './opened.ts'

describe('on a server that misbehaves', () => {
  const isWatch = (url: string) => url.includes('watch=true')
  const rowOf = (name: string, version: string, cells: unknown[] = [name]) => ({
    cells,
    object: {
      kind: 'PartialObjectMetadata',
      metadata: { name, namespace: 'n', uid: `uid-${name}`, resourceVersion: version },
    },
  })
  const table = (rows: unknown[], metadata: unknown = { resourceVersion: '5' }, columns = ['Name']) => ({
    kind: 'Table',
    metadata,
    columnDefinitions: columns.map(name => ({ name, type: 'string', format: '', description: '', priority: 0 })),
    rows,
  })
  const event = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`

  async function serveFake(handler: Handler) {
    const server = await startFakeServer(handler)
    const fake = await openFake(server.url)
    ends.push(server.close, fake.end)
    return { server, fake }
  }
  async function serve(handler: Handler) {
    const { server, fake } = await serveFake(handler)
    return { server, view: open(fake.clusters, { contexts: ['fake'] }) }
  }

  it('chunks are asked one after the other and shown as they come', async () => {
    const second = Promise.withResolvers<() => void>()
    const { server, view } = await serve((request, response) => {
      if (isWatch(request.url)) return void response.writeHead(200).flushHeaders()
      if (!request.url.includes('continue='))
        return json(response, 200, table([rowOf('a', '1')], { resourceVersion: '5', continue: 'more' }))
      second.resolve(() => json(response, 200, table([rowOf('b', '2')])))
    })
    expect(names(await until(view.states, state => state.total === 1))).toEqual(['a'])
    const answer = await second.promise
    answer()
    expect(names(await until(view.states, allLive))).toEqual(['a', 'b'])
    const limits = server.seen.map(request => new URL(request.url, 'http://x').searchParams.get('limit'))
    expect(limits.slice(0, 2)).toEqual(['100', '5000'])
  })

  it('a long list of one namespace has all its names before the metadata of the rest has come', async () => {
    const later = (from: number) => Array.from({ length: 1_500 }, (_, at) => String(from + at).padStart(5, '0'))
    const whole = Promise.withResolvers<() => void>()
    const named = { ...table([]).columnDefinitions[0], format: 'name' }
    const answer = (rows: unknown[], metadata: unknown = { resourceVersion: '5' }) => ({
      ...table(rows, metadata),
      columnDefinitions: [named],
    })
    const { server, fake } = await serveFake((request, response) => {
      if (isWatch(request.url)) return void response.writeHead(200).flushHeaders()
      if (!request.url.includes('continue='))
        return json(response, 200, answer([rowOf('00000', '1')], { continue: 'more', remainingItemCount: 1_500 }))
      if (request.url.includes('includeObject=None'))
        return json(response, 200, answer(later(1).map(name => ({ cells: [name], object: null }))))
      whole.resolve(() =>
        json(
          response,
          200,
          answer(
            later(1)
              .slice(1)
              .map(name => rowOf(name, '2')),
          ),
        ),
      )
    })
    const view = open(fake.clusters, { contexts: ['fake'], namespaces: ['n'] })
    const early = await until(view.states, state => state.total === 1_501)
    expect(early.sources[0]?.state).toBe('loading')
    expect(early.window.rows.slice(0, 3).map(row => [row.name, row.namespace, row.uid])).toEqual([
      ['00000', 'n', 'uid-00000'],
      ['00001', 'n', ''],
      ['00002', 'n', ''],
    ])
    const answerWhole = await whole.promise
    answerWhole()
    // What was deleted in between is gone, the rest has become whole, each row once.
    const late = await until(view.states, allLive)
    expect(late.total).toBe(1_500)
    expect(late.window.rows.slice(0, 2).map(row => row.uid)).toEqual(['uid-00000', 'uid-00002'])
    expect(late.window.rows[1]?.key).toBe(early.window.rows[2]?.key)
    expect(server.seen.filter(request => request.url.includes('limit=')).length).toBe(3)
  })

  it('what changed within a time passes only for that time, though nothing happens', async () => {
    const { view } = await serve((request, response) => {
      if (isWatch(request.url)) return void response.writeHead(200).flushHeaders()
      const row = rowOf('a', '1')
      const managedFields = [{ manager: 'me', time: new Date().toISOString() }]
      json(response, 200, table([{ ...row, object: { metadata: { ...row.object.metadata, managedFields } } }]))
    })
    view.adjust({ ...everything, filter: 'changed:2s by:me' })
    await until(view.states, state => allLive(state) && state.matched === 1)
    const after = await until(view.states, state => state.matched === 0)
    expect([after.total, allLive(after)]).toEqual([1, true])
  })

  it('an expired watch lists anew without a blink, and drops what went meanwhile', async () => {
    let lists = 0
    let answerSecond = () => {}
    let expire = () => {}
    const { view } = await serve((request, response) => {
      if (isWatch(request.url)) {
        response.writeHead(200).flushHeaders()
        expire = () => response.end(event('ERROR', refusal(410, 'Expired', 'too old resource version')))
        return
      }
      lists += 1
      if (lists === 1) return json(response, 200, table([rowOf('stays', '1'), rowOf('goes', '1')]))
      answerSecond = () =>
        json(response, 200, table([rowOf('stays', '1'), rowOf('comes', '7')], { resourceVersion: '8' }))
    })
    await until(view.states, allLive)
    const totals: number[] = []
    expire()
    while (lists < 2) await new Promise(resolve => setImmediate(resolve))
    answerSecond()
    const after = await until(view.states, state => {
      totals.push(state.total)
      return names(state).includes('comes') && !names(state).includes('goes')
    })
    expect(names(after)).toEqual(['comes', 'stays'])
    expect(Math.min(...totals)).toBeGreaterThanOrEqual(2)
  })

  it('bookmarks are no rows, and a watch goes on after them', async () => {
    let watches = 0
    const { server, view } = await serve((request, response) => {
      if (!isWatch(request.url)) return json(response, 200, table([rowOf('a', '1')]))
      watches += 1
      if (watches > 1) return void response.write(event('ADDED', { ...table([rowOf('b', '60')]), metadata: {} }))
      response.write(event('BOOKMARK', { ...table([rowOf('', '50')]), metadata: {} }), () => response.destroy())
    })
    expect(names(await until(view.states, state => state.total === 2))).toEqual(['a', 'b'])
    expect(server.seen.filter(request => isWatch(request.url)).at(-1)?.url).toContain('resourceVersion=50')
  })

  it('changed columns are listed anew', async () => {
    let lists = 0
    const { view } = await serve((request, response) => {
      if (isWatch(request.url)) {
        const columns = ['Name', 'Phase']
        return void response.write(event('MODIFIED', table([rowOf('a', '6', ['a', 'new'])], {}, columns)))
      }
      lists += 1
      const now =
        lists === 1
          ? table([rowOf('a', '1')])
          : table([rowOf('a', '6', ['a', 'new'])], { resourceVersion: '6' }, ['Name', 'Phase'])
      json(response, 200, now)
    })
    const state = await until(view.states, one => one.columns.length === 2)
    expect(state.window.rows[0]?.cells).toEqual(['a', 'new'])
  })

  it('rows stay in sight while the server is away', async () => {
    const server = await startFakeServer((request, response) =>
      isWatch(request.url)
        ? void response.writeHead(200).flushHeaders()
        : json(response, 200, table([rowOf('a', '1')])),
    )
    const fake = await openFake(server.url)
    ends.push(fake.end)
    const view = open(fake.clusters, { contexts: ['fake'] })
    await until(view.states, allLive)
    await server.close()
    const away = await until(view.states, state => state.sources[0]?.state === 'reconnecting')
    expect(names(away)).toEqual(['a'])
  })

  it('a source that failed is asked again at once when the person asks, and the others are left alone', async () => {
    let refuses = true
    const { server, view } = await serve((request, response) => {
      if (isWatch(request.url)) return void response.writeHead(200).flushHeaders()
      if (refuses) return json(response, 403, refusal(403, 'Forbidden', 'not you'))
      json(response, 200, table([rowOf('a', '1')]))
    })
    await until(view.states, state => state.sources[0]?.state === 'failed')
    refuses = false
    view.retry()
    expect(names(await until(view.states, allLive))).toEqual(['a'])
    view.retry()
    expect(server.seen.filter(request => !isWatch(request.url))).toHaveLength(2)
  })

  it('a list of all contexts has those that are added, and loses those that are removed', async () => {
    const { server, fake } = await serveFake((request, response) =>
      isWatch(request.url)
        ? void response.writeHead(200).flushHeaders()
        : json(response, 200, table([rowOf('a', '1')])),
    )
    const view = open(fake.clusters, { contexts: [] })
    await until(view.states, allLive)
    const config = JSON.parse(kubeconfigText(server.url))
    const more = [...config.contexts, { name: 'second', context: { cluster: 'fake', user: 'fake' } }]
    writeFileSync(join(fake.folder, 'config'), JSON.stringify({ ...config, contexts: more }))
    const both = await until(view.states, state => state.sources.length === 2 && allLive(state))
    expect(both.window.rows.map(row => row.context)).toEqual(['fake', 'second'])
    writeFileSync(join(fake.folder, 'config'), JSON.stringify({ ...config, contexts: more.slice(1) }))
    const one = await until(view.states, state => state.sources.length === 1 && state.total === 1)
    expect(one.window.rows.map(row => row.context)).toEqual(['second'])
  })

  it('an API without Tables is shown by name and age', async () => {
    const { view } = await serve((request, response) =>
      isWatch(request.url)
        ? void response.write(
            event('ADDED', { kind: 'Thing', metadata: { name: 'second', namespace: 'n', resourceVersion: '9' } }),
          )
        : json(response, 200, {
            kind: 'ThingList',
            metadata: { resourceVersion: '5' },
            items: [{ metadata: { name: 'first', namespace: 'n' } }],
          }),
    )
    const state = await until(view.states, one => one.total === 2)
    expect(state.columns.map(column => column.name)).toEqual(['Name', 'Age'])
    expect(names(state)).toEqual(['first', 'second'])
  })

  it('nothing is asked before the first read, and nothing after the last', async () => {
    let closed = () => {}
    const watchClosed = new Promise<void>(resolve => {
      closed = resolve
    })
    const { server, view } = await serve((request, response) => {
      if (!isWatch(request.url)) return json(response, 200, table([rowOf('a', '1')]))
      response.on('close', closed)
      response.writeHead(200).flushHeaders()
    })
    expect(server.seen).toHaveLength(0)
    for await (const state of view.states) if (allLive(state) && server.seen.length === 2) break
    await watchClosed
  })

  it('a storm of events becomes a few states', async () => {
    const { view } = await serve((request, response) => {
      if (!isWatch(request.url)) return json(response, 200, table([]))
      for (let at = 0; at < 5_000; at++) response.write(event('ADDED', table([rowOf(`row-${at}`, String(at + 6))], {})))
    })
    let states = 0
    const last = await until(view.states, state => {
      states += 1
      return state.total === 5_000
    })
    expect(last.matched).toBe(5_000)
    expect(states).toBeLessThan(200)
  })
})
