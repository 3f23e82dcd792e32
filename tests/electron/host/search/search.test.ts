import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SearchInput, SearchState } from '../../../../contract/search.ts'
import type { Clusters } from '../../../../electron/host/clusters/clusters.ts'
import { keepNames } from '../../../../electron/host/search/known-names.ts'
import { openSearch, type Search } from '../../../../electron/host/search/search.ts'
import { kubectl } from '../../../../scripts/practice/kubectl.ts'
import { removeDefinition, untilEstablished } from '../../../established.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { json, openFake, refusal, startFakeServer } from '../clusters/fake-server.ts'
import { openPractice } from '../clusters/practice-clusters.ts'
import { definitionOf } from '../kinds/definitions.ts'
import { discoveryOf, manyKinds } from '../kinds/many-kinds.ts'
import { until as untilState } from '../until.ts'

const practice = await practiceForTests()
const host = await openPractice(practice)
afterAll(async () => {
  await host.end()
  await practice.stop()
})

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const plain: SearchInput = { search: 's', text: '', contexts: [], kinds: [], first: [], near: [], budget: 'whole' }

function open(clusters: Clusters, text: string, more: Partial<SearchInput> = {}): Search {
  const leave = new AbortController()
  const input = { ...plain, text, ...more }
  const parts = { clusters, names: keepNames(leave.signal), chosen: () => [] }
  const search = openSearch(parts, input, leave.signal)
  ends.push(async () => {
    leave.abort()
    await search.states.return()
  })
  return search
}

const until = (search: Search, wanted: (state: SearchState) => boolean) => untilState(search.states, wanted)
const isDone = (state: SearchState) => state.state === 'done'
const paths = ({ found }: SearchState) => found.map(one => `${one.contexts} ${one.kind} ${one.namespace}/${one.name}`)

describe('on the practice clusters', () => {
  const both = ['practice', 'practice-2']
  const group = `search-${process.pid}.example.com`
  const space = `search-${process.pid}`
  const run = (line: string, context = 'practice') =>
    kubectl(practice, ['--namespace', space, '--context', context, ...line.split(' ')])
  beforeAll(async () => {
    for (const context of both) {
      await kubectl(practice, ['create', 'namespace', space, '--context', context])
      await run(`create configmap needle-${context} --from-literal=a=b`, context)
    }
    await run('create secret generic needle')
    await run('label secret needle find=me')
    await run('create deployment needles --image=registry.example.com/needle:1.2 --replicas=0')
    await run('create service clusterip needle-service --tcp=80')
    await kubectl(practice, ['apply', '-f', '-'], {
      input: JSON.stringify(definitionOf(group, ['v1'], { additionalPrinterColumns: [] })),
    })
    await untilEstablished(words => kubectl(practice, words), `gadgets.${group}`)
    await kubectl(practice, ['create', '-f', '-'], {
      input: JSON.stringify({
        apiVersion: `${group}/v1`,
        kind: 'Gadget',
        metadata: { name: 'needle.b.odd', namespace: space },
      }),
    })
  })
  afterAll(async () => {
    await removeDefinition(words => kubectl(practice, words), `gadgets.${group}`, `/apis/${group}/v1/gadgets`)
    for (const context of both)
      await kubectl(practice, ['delete', 'namespace', space, '--wait=false', '--context', context])
  })

  it('finds names across clusters and all kinds, the very name first, custom kinds too', async () => {
    const state = await until(open(host.clusters, `ns:${space} needle`, { contexts: both }), isDone)
    expect(paths(state)[0]).toBe(`practice Secret ${space}/needle`)
    expect(paths(state)).toEqual(
      expect.arrayContaining([
        `practice ConfigMap ${space}/needle-practice`,
        `practice-2 ConfigMap ${space}/needle-practice-2`,
        `practice Deployment ${space}/needles`,
        `practice Gadget ${space}/needle.b.odd`,
      ]),
    )
    expect(state.contexts).toMatchObject([
      { context: 'practice', state: 'done', problem: null, unsearched: [] },
      { context: 'practice-2', state: 'done' },
    ])
    expect(state.contexts.every(({ asked, kinds }) => asked === kinds && kinds > 30)).toBe(true)
  })

  it('finds by label, uid, address and image', async () => {
    const only = { contexts: ['practice'] }
    expect(paths(await until(open(host.clusters, 'find=me', only), isDone))).toEqual([
      `practice Secret ${space}/needle`,
    ])
    const uid = await run('get secret needle -o jsonpath={.metadata.uid}')
    expect(paths(await until(open(host.clusters, uid, only), isDone))).toEqual([`practice Secret ${space}/needle`])
    const address = await run('get service needle-service -o jsonpath={.spec.clusterIP}')
    expect(paths(await until(open(host.clusters, address, only), ({ found }) => found.length > 0))).toContain(
      `practice Service ${space}/needle-service`,
    )
    const image = await until(open(host.clusters, 'registry.example.com/needle:1.2', only), isDone)
    expect(paths(image)).toContain(`practice Deployment ${space}/needles`)
  })

  it('an object that several contexts show is one; what one of them may not see is said', async () => {
    const contexts = ['practice-viewer', 'practice', 'nowhere']
    const state = await until(open(host.clusters, `needle ns:${space}`, { contexts }), isDone)
    const found = state.found.find(({ name }) => name === 'needle-practice')
    expect(found?.contexts).toEqual(['practice-viewer', 'practice'])
    const [viewer, , nowhere] = state.contexts
    expect(viewer?.unsearched).toContainEqual({
      kind: '/secrets',
      problem: expect.objectContaining({ code: 'forbidden' }),
    })
    expect(state.found.find(({ name }) => name === 'needle')?.contexts).toEqual(['practice'])
    expect(nowhere).toMatchObject({ state: 'failed', problem: { code: 'context-unknown' } })
  })
})

describe('at the HTTP seam', () => {
  /** A server of so many kinds with one object each, which answers as told to; any other text is the answer itself. */
  async function serve(count: number, onList: (url: URL) => string) {
    const listed: string[] = []
    let open = 0
    let most = 0
    const server = await startFakeServer((request, response) => {
      if (request.url === '/api') return json(response, 200, discoveryOf([]))
      if (request.url === '/apis') return json(response, 200, discoveryOf(manyKinds(count)))
      const url = new URL(request.url, 'http://fake')
      listed.push(url.pathname)
      most = Math.max(most, ++open)
      response.on('close', () => open--)
      const how = onList(url)
      if (how === 'hold') return
      if (how === 'forbid')
        return json(response, 403, refusal(403, 'Forbidden', 'widgets is forbidden: User "u" cannot list widgets'))
      if (how === 'down') return json(response, 503, refusal(503, 'ServiceUnavailable', 'no endpoints'))
      if (how !== 'answer') return void response.end(how)
      const name = `object-of-${url.pathname.split('/').at(-1)}`
      json(response, 200, { kind: 'List', metadata: {}, items: [{ metadata: { name, uid: url.pathname } }] })
    })
    const fake = await openFake(server.url)
    ends.push(server.close, fake.end)
    return { ...fake, listed, open: () => open, most: () => most }
  }

  it('asks few at once, goes on past what is down, and says which kinds', async () => {
    const fake = await serve(40, url => (url.pathname.includes('group7.') ? 'down' : 'answer'))
    const state = await until(open(fake.clusters, 'object'), isDone)
    expect(state.total).toBe(39)
    expect(state.contexts[0]?.unsearched).toMatchObject([{ kind: 'group7.example.com/widget7s' }])
    expect(fake.most()).toBeLessThanOrEqual(4)
  })

  it('what may not be listed everywhere is listed in the own namespace', async () => {
    const fake = await serve(2, url => (url.pathname.includes('/namespaces/') ? 'answer' : 'forbid'))
    const state = await until(open(fake.clusters, 'object'), isDone)
    expect(fake.listed).toContain('/apis/group1.example.com/v1/namespaces/default/widget1s')
    expect(state.contexts[0]).toMatchObject({
      partly: { namespace: 'default', kinds: 1 },
      unsearched: [{ kind: 'group0.example.com/widget0s' }],
    })
  })

  it('tables of a thousand odd columns, and no tables at all, are searched like others or named', async () => {
    const wide = {
      kind: 'Table',
      columnDefinitions: Array.from({ length: 1_000 }, (_, n) => ({ name: `<b>${n}</b>`, type: 'odd' })),
      rows: [
        { cells: [{ deep: [1] }, null, '10.1.2.3'], object: { metadata: { name: 'odd', uid: 'u', namespace: '<i>' } } },
      ],
    }
    const answers = [wide, { kind: 'Table' }, { items: [null, 3, { metadata: 'none' }] }, 'no list at all']
    const answerOf = (url: URL) => JSON.stringify(answers[Number(/group(\d)/.exec(url.pathname)?.[1])])
    const fake = await serve(4, answerOf)
    const state = await until(open(fake.clusters, '10.1.2.3'), isDone)
    expect(paths(state)).toEqual(['fake Widget0 <i>/odd'])
    expect(state.contexts[0]?.unsearched).toMatchObject([{ kind: 'group3.example.com/widget3s' }])
  })

  it('leaving it ends its requests, and sends no others', async () => {
    const fake = await serve(40, () => 'hold')
    const leave = new AbortController()
    const parts = { clusters: fake.clusters, names: keepNames(leave.signal), chosen: () => [] }
    const search = openSearch(parts, { ...plain, text: 'object' }, leave.signal)
    await until(search, () => fake.open() === 3)
    leave.abort()
    await search.states.return()
    await expect.poll(fake.open).toBe(0)
    expect(fake.listed).toHaveLength(3)
  })

  it('pauses when its budget of objects is spent, says what is left, and goes on when told to', async () => {
    // The sixth kind is one too many; two more may be on their way by then.
    const many = JSON.stringify({
      items: Array.from({ length: 40_000 }, () => ({ metadata: { name: 'x', uid: 'x' } })),
    })
    const fake = await serve(9, () => many)
    const search = open(fake.clusters, 'x')
    const paused = await until(search, state => state.state === 'paused')
    expect(paused.contexts[0]).toMatchObject({ state: 'paused', kinds: 9, problem: null })
    expect(paused.contexts[0]?.asked).toBeLessThan(9)
    search.goOn()
    expect(await until(search, isDone)).toMatchObject({ total: 1, contexts: [{ asked: 9 }] })
  })

  it('a glance asks the likely kinds alone, what is on screen first', async () => {
    const fake = await serve(30, () => 'answer')
    const glance = await until(
      open(fake.clusters, 'object', { budget: 'glance' }),
      state => state.state !== 'searching',
    )
    expect(glance).toMatchObject({ state: 'paused', total: 24, contexts: [{ kinds: 30, asked: 24 }] })
    const first = open(fake.clusters, 'object', { first: ['group29.example.com/widget29s'], budget: 'glance' })
    expect(paths(await until(first, state => state.total === 24))).toContain('fake Widget29 null/object-of-widget29s')
  })
})
