import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ObjectTarget, OwnedState, RelatedObject } from '../../../../contract/object.ts'
import { metadataText } from '../../../../core/object.ts'
import { ownerChain } from '../../../../electron/host/objects/owner-chain.ts'
import { untilEstablished } from '../../../established.ts'
import { openPractice } from '../clusters/practice-clusters.ts'
import { openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { seen } from './seen.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('around')
})
afterAll(() => bench.end())

function target(type: string, name: string): ObjectTarget {
  const [resource = '', version = '', ...group] = type.split('.')
  return { context: 'practice', group: group.join('.'), version, resource, namespace: bench.namespace, name }
}

function owned(of: ObjectTarget, passes: (state: OwnedState) => boolean): Promise<OwnedState> {
  return seen(signal => bench.client.object.owned({ target: of, everyKind: false }, { signal }), passes)
}

function tree({ owned }: OwnedState): string[] {
  return owned.map(({ depth, kind, columns }) => {
    const cell = (name: string) => columns.find(column => column.name === name)?.value
    return `${'  '.repeat(depth - 1)}${kind} ${cell('Status') ?? cell('Ready') ?? ''}`.trimEnd()
  })
}

test('what hangs on a Deployment: its ReplicaSet and the Pods of that, as they come and go', async () => {
  const of = target('deployments.v1.apps', 'nginx-deployment')
  const grown = ['ReplicaSet 4', ...Array.from({ length: 4 }, () => '  Pod Running')]
  const left = new AbortController()
  const told: string[][] = []
  const states = await bench.client.object.owned({ target: of, everyKind: false }, { signal: left.signal })
  for await (const state of states) {
    told.push(tree(state))
    const last = tree(state).join('\n')
    // The search is over when the Deployment grows: the new Pod comes by the watch.
    if (state.done && last === ['ReplicaSet 3', ...grown.slice(1, 4)].join('\n')) {
      await bench.patch('deployments.v1.apps', 'nginx-deployment', { spec: { replicas: 4 } })
    }
    if (last === grown.join('\n')) break
    if (told.length > 500) throw new Error(`never grown: ${last}`)
  }
  left.abort()
})

test('what a Pod hangs on, up to its Deployment', async () => {
  const pods = await bench.kubectl('get', 'pods', '-l', 'app=nginx', '-o', 'name')
  const name = pods.stdout.split('\n')[0]?.replace('pod/', '') ?? ''
  const { owners } = await owned(target('pods.v1', name), state => state.owners !== null)
  expect(owners?.map(({ kind, depth, state, controller }) => [kind, depth, state, controller])).toEqual([
    ['ReplicaSet', 1, 'present', true],
    ['Deployment', 2, 'present', true],
  ])
  expect(owners?.[1]?.target).toEqual(target('deployments.v1.apps', 'nginx-deployment'))
})

test('owners that are not there are said', async () => {
  const practice = await openPractice(bench.practice)
  const reference = (kind: string, name: string, apiVersion = 'v1') => ({
    apiVersion,
    kind,
    name,
    uid: `${kind} ${name}`,
  })
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'orphan',
      namespace: bench.namespace,
      ownerReferences: [
        reference('ConfigMap', 'nowhere'),
        reference('ConfigMap', 'backup-script'),
        reference('Gadget', 'g', 'tests.example/v1'),
      ],
    },
  }
  const chain = await ownerChain(practice.cluster(), object, practice.signal)
  expect(chain.map(({ name, state }) => [name, state])).toEqual([
    ['nowhere', 'missing'],
    ['backup-script', 'replaced'],
    ['g', 'unserved'],
  ])
  await practice.end()
})

async function related(of: ObjectTarget): Promise<string[]> {
  const { related } = await seen(
    signal => bench.client.object.related({ target: of }, { signal }),
    one => one.done,
  )
  const line = ({ relation, kind, name, state, optional }: RelatedObject) =>
    `${relation} ${kind}/${name}${state === 'present' ? '' : ` ${state}${optional ? ' optional' : ''}`}`
  return related.map(line).sort()
}

test('what a workload names and what selects it, and what is missing; the same from the other sides', async () => {
  const podSpec = {
    serviceAccountName: 'default',
    containers: [
      {
        name: 'web',
        image: 'nginx:1.14.2',
        envFrom: [{ configMapRef: { name: 'web-config' } }],
        env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'no-such-secret', key: 'x' } } }],
      },
    ],
    volumes: [{ name: 'extra', secret: { secretName: 'maybe', optional: true } }],
  }
  const labels = { app: 'related' }
  const manifests = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web-config' }, data: { secretName: 'not-a-reference' } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: labels, ports: [{ port: 80 }] } },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { minAvailable: 0, selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['related'] }] } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web' },
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 0, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } },
    },
  ]
  await bench.apply({ apiVersion: 'v1', kind: 'List', items: manifests })
  expect(await related(target('deployments.v1.apps', 'web'))).toEqual([
    'refers ConfigMap/web-config',
    'refers Secret/maybe missing optional',
    'refers Secret/no-such-secret missing',
    'refers ServiceAccount/default',
    'selected PodDisruptionBudget/web',
    'selected Service/web',
  ])
  expect(await related(target('configmaps.v1', 'web-config'))).toEqual(['referred Deployment/web'])
  expect(await related(target('services.v1', 'web'))).toEqual(['referred Ingress/web'])
  expect(await related(target('deployments.v1.apps', 'frontend'))).toContain(
    'referred HorizontalPodAutoscaler/frontend',
  )
})

test('what another served version does not show is told, and which version is stored', async () => {
  const group = `v${bench.namespace.replace(/\W/g, '')}.example`
  const version = (name: string, storage: boolean, properties: object) => ({
    name,
    served: true,
    storage,
    schema: {
      openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } },
    },
  })
  const text = { type: 'string' }
  await bench.apply({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gadgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget' },
      versions: [version('v2', true, { size: text, colour: text }), version('v1', false, { size: text })],
    },
  })
  await untilEstablished(words => bench.kubectl(...words), `gadgets.${group}`)
  await bench.apply({
    apiVersion: `${group}/v2`,
    kind: 'Gadget',
    metadata: { name: 'one' },
    spec: { size: 'l', colour: 'red' },
  })
  const of = target(`gadgets.v1.${group}`, 'one')
  expect(unwrap(await bench.client.object.versions({ target: of, other: 'v2' }))).toEqual({
    onlyHere: [],
    onlyThere: ['spec.colour'],
    differing: [],
    storage: 'v2',
  })
  const page = await seen(
    signal => bench.client.object.watch({ target: of }, { signal }),
    ({ versions }) => versions.length > 0,
  )
  expect(page.versions).toEqual(['v2', 'v1'])
  await bench.kubectl('delete', `crd/gadgets.${group}`, '--wait=false')
})

test('an object of a megabyte and ten thousand managed fields: each section is there', async () => {
  const markup = '<img src=x onerror=alert(1)>'
  const keys = Array.from({ length: 10_000 }, (_, n) => [`key-${n}`, markup.repeat(2)] as const)
  await bench.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'huge', annotations: { markup } },
    data: Object.fromEntries(keys),
  })
  const of = target('configmaps.v1', 'huge')
  const page = await seen(
    signal => bench.client.object.watch({ target: of }, { signal }),
    one => one.summary !== null,
  )
  expect(page.summary?.annotations).toContainEqual(['markup', markup])
  expect(page.summary?.data).toHaveLength(10_000)
  const [writer] = await seen(
    signal => bench.client.object.writers({ target: of }, { signal }),
    one => one.length > 0,
  )
  // Each key, the annotation, and the two maps themselves.
  expect(writer).toMatchObject({ manager: 'tests', operation: 'Apply', fields: 10_001 })
  const fields = unwrap(await bench.client.object.writerFields({ target: of, writer: writer?.id ?? '' }))
  expect(fields?.lines.length).toBeGreaterThan(10_000)
  expect(fields?.lines.find(({ path }) => path === 'data.key-77')).toMatchObject({
    value: markup.repeat(2),
    gone: false,
  })
  const text = await seen(
    signal => bench.client.object.text({ target: of, managedFields: true }, { signal }),
    one => one !== null,
  )
  expect(text?.text).toContain('f:key-9999')
  expect(metadataText(await bench.get('configmaps.v1', 'huge'), 'resourceVersion')).toBe(text?.resourceVersion)
})
