import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { metadataOf, metadataText } from '../../../../core/object.ts'
import { getObject } from '../../../../electron/host/clusters/get.ts'
import { type Watched, watchObject } from '../../../../electron/host/clusters/watch.ts'
import { kubectl } from '../../../../scripts/practice/kubectl.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { type Handler, json, openFake, refusal, startFakeServer } from './fake-server.ts'
import { openPractice } from './practice-clusters.ts'

const configMaps = { group: '', version: 'v1', resource: 'configmaps' }

async function next(watched: AsyncGenerator<Watched>): Promise<Watched> {
  const { value, done } = await watched.next()
  if (done) throw new Error('the watch has ended')
  return value
}

const practice = await practiceForTests()
const host = await openPractice(practice)
afterAll(async () => {
  await host.end()
  await practice.stop()
})

describe('on a real server', () => {
  // A name of its own for each run, since a practice cluster may outlive one.
  const namespace = `clusters-watch-${process.pid}`
  beforeAll(() => practice.seed(namespace))
  const run = (line: string) => kubectl(practice, ['--namespace', namespace, ...line.split(' ')])

  async function follow(name: string, context?: string) {
    const at = { namespace, name }
    const read = await getObject(host.cluster(context), configMaps, at, host.signal)
    if (!read.ok) throw new Error(read.problem.code)
    const resourceVersion = metadataText(read.value.object, 'resourceVersion') ?? ''
    const leave = new AbortController()
    const watched = watchObject(host.cluster(context), configMaps, at, { resourceVersion, signal: leave.signal })
    return { watched, leave, uid: metadataText(read.value.object, 'uid') }
  }

  it('tells changes, deletion and the stranger that takes the name, and ends with its signal', async () => {
    await run('create configmap followed')
    await run('create configmap neighbour')
    const { watched, leave, uid } = await follow('followed')
    const changed = next(watched)
    await run('annotate configmap neighbour not=mine')
    await run('annotate configmap followed mine=yes')
    const first = await changed
    expect(first.kind === 'present' && metadataOf(first.object).annotations).toEqual({ mine: 'yes' })
    await run('delete configmap followed')
    expect(await next(watched)).toEqual({ kind: 'gone' })
    await run('create configmap followed')
    const stranger = await next(watched)
    expect(stranger.kind === 'present' && metadataText(stranger.object, 'uid')).not.toBe(uid)
    const ended = watched.next()
    leave.abort()
    expect(await ended).toEqual({ value: undefined, done: true })
  })

  it('works for someone who may watch this one object only', async () => {
    await run('create configmap only-this')
    await run('create role only-this --verb=get,watch --resource=configmaps --resource-name=only-this')
    await run('create rolebinding only-this --role=only-this --serviceaccount=default:only-this')
    const token = await kubectl(practice, ['--namespace', 'default', 'create', 'serviceaccount', 'only-this']).then(
      () => kubectl(practice, ['--namespace', 'default', 'create', 'token', 'only-this']),
    )
    const server = practice.servers[0]?.url ?? ''
    const user = { token: token.trim() }
    const fake = await openFake(server, { user, cluster: { 'insecure-skip-tls-verify': true } })
    const at = { namespace, name: 'only-this' }
    const read = await getObject(fake.cluster, configMaps, at, fake.signal)
    if (!read.ok) throw new Error(read.problem.code)
    const resourceVersion = metadataText(read.value.object, 'resourceVersion') ?? ''
    const watched = watchObject(fake.cluster, configMaps, at, { resourceVersion, signal: fake.signal })
    const changed = next(watched)
    await run('annotate configmap only-this seen=yes')
    expect((await changed).kind).toBe('present')
    await fake.end()
    await kubectl(practice, ['--namespace', 'default', 'delete', 'serviceaccount', 'only-this'])
  })
})

describe('on a server that misbehaves', () => {
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  const object = (resourceVersion: string) => ({
    kind: 'ConfigMap',
    metadata: { name: 'x', uid: 'u', resourceVersion },
  })
  const isWatch = (url: string) => url.includes('watch=true')
  const event = (type: string, about: unknown) => `${JSON.stringify({ type, object: about })}\n`

  async function follow(handler: Handler, name = 'x') {
    const server = await startFakeServer(handler)
    const fake = await openFake(server.url)
    ends.push(server.close, fake.end)
    const at = { namespace: 'n', name }
    const watched = watchObject(fake.cluster, configMaps, at, { resourceVersion: '5', signal: fake.signal })
    return { server, watched }
  }

  it('a name that holds what separates selectors is one name', async () => {
    const { server, watched } = await follow((_, response) => response.write(event('DELETED', object('6'))), 'a=b,c')
    expect(await next(watched)).toEqual({ kind: 'gone' })
    const { searchParams } = new URL(server.seen[0]?.url ?? '', server.url)
    expect(searchParams.get('fieldSelector')).toBe('metadata.name=a\\=b\\,c')
  })

  it('an expired version is read again, without telling what is known', async () => {
    let watches = 0
    const { server, watched } = await follow((request, response) => {
      if (!isWatch(request.url)) return json(response, 200, object('9'))
      watches += 1
      if (watches === 1) response.end(event('ERROR', refusal(410, 'Expired', 'too old resource version: 5 (8)')))
      else response.write(event('BOOKMARK', object('11')) + event('MODIFIED', object('12')))
    })
    expect(await next(watched)).toEqual({ kind: 'present', object: object('9') })
    expect(await next(watched)).toEqual({ kind: 'present', object: object('12') })
    const versions = server.seen.map(request => new URL(request.url, 'http://x').searchParams.get('resourceVersion'))
    expect(versions).toEqual(['5', null, '9'])
  })

  it('a watch cut in the middle goes on where it was, and an event in many pieces is one', async () => {
    const text = event('MODIFIED', { ...object('7'), data: { text: 'é'.repeat(40_000) } })
    let watches = 0
    const { server, watched } = await follow((request, response) => {
      if (!isWatch(request.url)) return json(response, 200, object('7'))
      watches += 1
      if (watches > 1) return void response.write(event('DELETED', object('8')))
      const bytes = Buffer.from(text)
      response.write(bytes.subarray(0, 1001), () => response.write(bytes.subarray(1001), () => response.destroy()))
    })
    const first = await next(watched)
    expect(first.kind === 'present' && JSON.stringify(first.object)).toContain('é'.repeat(40_000))
    const states = [await next(watched)]
    while (states.at(-1)?.kind !== 'gone') states.push(await next(watched))
    expect(server.seen.filter(request => isWatch(request.url)).at(-1)?.url).toContain('resourceVersion=7')
  })

  it('where watching is forbidden it reads, and tells when even that is refused', async () => {
    let reads = 0
    const { server, watched } = await follow((request, response) => {
      const forbid = () =>
        json(
          response,
          403,
          refusal(403, 'Forbidden', 'configmaps is forbidden: User "u" cannot watch resource "configmaps"'),
        )
      if (isWatch(request.url)) return forbid()
      reads += 1
      // The whole object, then its metadata, which say that it is the same.
      return reads <= 2 ? json(response, 200, object('6')) : forbid()
    })
    expect(await next(watched)).toMatchObject({ kind: 'present', object: object('6') })
    expect(await next(watched)).toMatchObject({ kind: 'unreadable', problem: { code: 'forbidden' } })
    const partial = server.seen.map(({ headers }) => String(headers.accept).includes('PartialObjectMetadata'))
    expect(partial).toEqual([false, false, true, true, false])
  })

  it('a server that is gone makes the object unknown, not gone', async () => {
    const server = await startFakeServer((_, response) => void response.write(event('MODIFIED', object('6'))))
    const fake = await openFake(server.url)
    ends.push(fake.end)
    const at = { namespace: 'n', name: 'x' }
    const watched = watchObject(fake.cluster, configMaps, at, { resourceVersion: '5', signal: fake.signal })
    expect((await next(watched)).kind).toBe('present')
    await server.close()
    expect((await next(watched)).kind).toBe('unknown')
  })
})
