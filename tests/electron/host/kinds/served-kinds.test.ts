import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { ServedKinds } from '../../../../contract/kinds.ts'
import type { Clusters } from '../../../../electron/host/clusters/clusters.ts'
import { kindDetails } from '../../../../electron/host/kinds/kind-details.ts'
import { refreshKinds, servedKinds } from '../../../../electron/host/kinds/served-kinds.ts'
import { kubectl } from '../../../../scripts/practice/kubectl.ts'
import { removeDefinition } from '../../../established.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { json, openFake, refusal, startFakeServer } from '../clusters/fake-server.ts'
import { openPractice } from '../clusters/practice-clusters.ts'
import { until } from '../until.ts'
import { definitionOf } from './definitions.ts'
import { discoveryOf, manyKinds } from './many-kinds.ts'

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

function follow(clusters: Clusters, contexts: readonly string[]) {
  const leave = new AbortController()
  const states = servedKinds(clusters, contexts, leave.signal)
  ends.push(async () => {
    leave.abort()
    await states.return()
  })
  return (wanted: (served: ServedKinds) => boolean) => until(states, wanted)
}

const allKnown = ({ sources }: ServedKinds) => sources.every(({ state }) => state === 'known')

describe('on the practice clusters', () => {
  const group = `kinds-${process.pid}.example.com`
  const has = (served: ServedKinds) => served.kinds.some(kind => kind.group === group)
  const apply = (object: unknown) => kubectl(practice, ['create', '-f', '-'], { input: JSON.stringify(object) })

  it('a kind appears and goes as its definition does, and is known to be missing elsewhere', async () => {
    const untilServed = follow(host.clusters, ['practice', 'practice-viewer', 'practice-2'])
    expect(has(await untilServed(allKnown))).toBe(false)
    await apply(definitionOf(group, ['v1', 'v1beta1']))
    // Who may not watch definitions learns it from the other context of the cluster; whichever of them hears it first.
    const known = (state: ServedKinds, context: string) =>
      state.kinds.every(kind => !kind.absentFrom?.includes(context))
    const served = await untilServed(state => has(state) && known(state, 'practice') && known(state, 'practice-viewer'))
    expect(served.kinds.filter(kind => kind.group === group)).toMatchObject([
      { version: 'v1', resource: 'gadgets', shortNames: ['gdg'], preferred: true, absentFrom: ['practice-2'] },
      { version: 'v1beta1', preferred: false },
    ])
    expect(served.kinds.find(kind => kind.resource === 'pods')?.absentFrom).toBeUndefined()
    const details = await kindDetails(host.cluster(), { group, resource: 'gadgets' }, host.signal)
    expect(details).toMatchObject({
      value: { definition: { storage: 'v1beta1', versions: [{ version: 'v1', served: true }, { deprecated: true }] } },
    })
    await removeDefinition(words => kubectl(practice, words), `gadgets.${group}`, `/apis/${group}/v1beta1/gadgets`)
    await untilServed(state => !has(state))
  })

  it('an aggregated API that is down is named, and everything else is served', async () => {
    const untilServed = follow(host.clusters, ['practice'])
    await untilServed(allKnown)
    const down = `down-${process.pid}.example.com`
    ends.push(() => kubectl(practice, ['delete', 'apiservice', `v1.${down}`]))
    await apply({
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `v1.${down}` },
      spec: {
        group: down,
        version: 'v1',
        groupPriorityMinimum: 100,
        versionPriority: 1,
        service: { namespace: 'default', name: 'nobody' },
        insecureSkipTLSVerify: true,
      },
    })
    const served = await untilServed(({ sources }) => sources[0]?.failedGroups.includes(down) ?? false)
    expect(served.kinds.some(kind => kind.resource === 'deployments')).toBe(true)
  })
})

describe('at the HTTP seam', () => {
  it('where definitions may not be watched, a refresh tells what came; a cluster that fails holds nothing back', async () => {
    let kinds = manyKinds(3)
    const server = await startFakeServer((request, response) => {
      if (request.url.startsWith('/apis/api'))
        return json(response, 403, refusal(403, 'Forbidden', 'User "u" cannot list it'))
      const items = request.url === '/api' ? [] : kinds
      json(response, 200, discoveryOf(items), { etag: `"${items.length}"` })
    })
    const fake = await openFake(server.url)
    ends.push(server.close, fake.end)
    const untilServed = follow(fake.clusters, ['fake', 'nowhere'])
    const first = await untilServed(({ sources }) => sources.every(({ state }) => state !== 'asking'))
    expect(first.kinds).toHaveLength(3)
    expect(first.sources).toMatchObject([{ state: 'known' }, { state: 'failed', problem: { code: 'context-unknown' } }])
    kinds = manyKinds(4)
    refreshKinds(fake.clusters, [])
    expect((await untilServed(({ kinds }) => kinds.length > 3)).kinds).toHaveLength(4)
  })

  it('odd discovery costs nobody else anything', async () => {
    const odd = [
      null,
      3,
      { metadata: null, versions: 'none' },
      { metadata: { name: 'a.io' }, versions: [{ resources: [{}, null] }] },
    ]
    const named = [{ resource: '../<b>/x', responseKind: { kind: '<script>' }, verbs: ['list', 4], scope: 'Odd' }]
    const items = [
      ...odd,
      { metadata: { name: 'b.io' }, versions: [{ version: 'v1', resources: named }] },
      ...manyKinds(1),
    ]
    const server = await startFakeServer((request, response) => {
      if (request.url.startsWith('/apis/'))
        return json(response, 403, refusal(403, 'Forbidden', 'User "u" cannot list it'))
      json(response, 200, discoveryOf(request.url === '/apis' ? items : []))
    })
    const fake = await openFake(server.url)
    ends.push(server.close, fake.end)
    const { kinds } = await follow(fake.clusters, ['fake'])(({ kinds }) => kinds.length > 0)
    expect(kinds.map(kind => kind.resource)).toEqual(['', '../<b>/x', 'widget0s'])
    expect(kinds[1]).toMatchObject({ kind: '<script>', verbs: ['list'], namespaced: false })
  })

  it('5,000 kinds are asked for once, however many wait for them', async () => {
    const document = JSON.stringify(discoveryOf(manyKinds(5_000)))
    const server = await startFakeServer((request, response) => {
      if (request.url === '/apis') response.writeHead(200, { etag: '"1"' }).end(document)
      else if (request.url === '/api') json(response, 200, discoveryOf([]), { etag: '"1"' })
      else json(response, 403, refusal(403, 'Forbidden', 'User "u" cannot list it'))
    })
    const fake = await openFake(server.url)
    ends.push(server.close, fake.end)
    const [one, other] = await Promise.all(
      [0, 1].map(() => follow(fake.clusters, ['fake'])(({ kinds }) => kinds.length > 0)),
    )
    expect(one?.kinds).toHaveLength(5_000)
    expect(other?.kinds[0]).toBe(one?.kinds[0])
    expect(server.seen.filter(({ url }) => url === '/apis')).toHaveLength(1)
  })
})
