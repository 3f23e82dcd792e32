import { afterAll, expect, test } from 'vitest'
import { parseCommandLine } from '../../../electron/command-line.mjs'
import { resolveTarget } from '../../../electron/host/target.ts'
import { json, openFake, startFakeServer } from './clusters/fake-server.ts'

const kinds = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: '' },
      versions: [
        {
          version: 'v1',
          resources: [
            {
              resource: 'pods',
              responseKind: { kind: 'Pod' },
              scope: 'Namespaced',
              shortNames: ['po'],
              verbs: ['list'],
            },
            { resource: 'nodes', responseKind: { kind: 'Node' }, scope: 'Cluster', verbs: ['list'] },
          ],
        },
      ],
    },
  ],
}
const server = await startFakeServer((request, response) => {
  json(response, 200, request.url === '/api' ? kinds : { ...kinds, items: [] })
})
const fake = await openFake(server.url)
afterAll(async () => {
  await fake.end()
  await server.close()
})

async function addressOf(words: string): Promise<string> {
  const parsed = parseCommandLine(words.split(' '))
  if (typeof parsed === 'string' || parsed.target === null) throw new Error(`no target: ${words}`)
  const resolved = await resolveTarget(fake.clusters, parsed.target, 'fake', fake.signal)
  return resolved.ok ? resolved.value : resolved.problem.code
}

test.each([
  ['get po', '/list/fake/core/v1/pods/default'],
  ['get pods -A --all-contexts', '/list/_all/core/v1/pods/_all'],
  ['get pods -n a -n b --context fake --context other', '/list/fake,other/core/v1/pods/a,b'],
  ['get nodes -n a', '/list/fake/core/v1/nodes/_all'],
  [
    'get pods -l app=x --sort-by=.metadata.name -o wide -L tier',
    '/list/fake/core/v1/pods/default?filter=app%3Dx&sort=Name&columns=**%2Clabel%3Atier',
  ],
  ['get po/a', '/object/fake/core/v1/pods/default/a'],
  ['get po a -o yaml', '/object/fake/core/v1/pods/default/a?section=yaml'],
  ['describe node a', '/object/fake/core/v1/nodes/_/a'],
  ['edit pod/a -n b', '/edit/fake/core/v1/pods/b/a'],
  ['explain po', '/explain/fake/core/v1/pods'],
  ['explain pods.v1.spec.containers', '/explain/fake/core/v1/pods?field=spec.containers'],
  ['explain node.spec --api-version=v1 --recursive', '/explain/fake/core/v1/nodes?field=spec'],
  ['explain spec.pods', 'resource-unknown'],
  ['get pots', 'resource-unknown'],
  ['get pods --context gone', 'context-unknown'],
])('npm start -- %s leads to %s', async (words, address) => {
  expect(await addressOf(words)).toBe(address)
})
