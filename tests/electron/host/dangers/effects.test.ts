import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Impact } from '../../../../contract/dangers.ts'
import { type Editing, openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { untilNodesRest } from '../new-nodes.ts'

let bench: Workbench
let node: string
beforeAll(async () => {
  bench = await openWorkbench('effects', { seeded: false })
  node = bench.namespace
  await bench.kubectl('create', 'namespace', bench.namespace)
})
afterAll(async () => {
  const guards = [`validatingwebhookconfiguration/${node}`, `validatingadmissionpolicybinding/${node}`]
  await bench.kubectl('delete', '--wait=false', '--ignore-not-found', `node/${node}`, ...guards)
  await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
  await bench.end()
})

async function impactOf({ client, opened, version }: Editing): Promise<Impact> {
  return unwrap(await client.edit.impact({ edit: opened.edit, textVersion: version }))
}

/** What is told, with the names of what it concerns, in order. */
function told({ lines }: Impact): readonly string[] {
  return lines.map(({ kind, way, facts, objects }) => {
    const names = objects.map(({ target, use }) => (use === null ? target.name : `${target.name} by ${use}`)).toSorted()
    return [kind, way, facts.count ?? '', ...names].filter(part => part !== '').join(' ')
  })
}

const container = { name: 'main', image: 'busybox:1' }

test('a taint: the pods that the server then evicts are the ones that were told', async () => {
  const taint = { key: 'maintenance', effect: 'NoExecute' }
  const pod = (name: string, tolerations: readonly object[]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { nodeName: node, containers: [container], tolerations, terminationGracePeriodSeconds: 0 },
  })
  const items = [
    // Other files' DaemonSets shall have nothing to do here.
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: node },
      spec: { taints: [{ key: node, effect: 'NoSchedule' }] },
    },
    pod('plain', []),
    pod('other-key', [{ key: 'other', operator: 'Exists' }]),
    pod('stays', [{ ...taint, operator: 'Exists' }]),
    pod('for-a-while', [{ ...taint, operator: 'Exists', tolerationSeconds: 600 }]),
    pod('for-a-moment', [{ ...taint, operator: 'Exists', tolerationSeconds: 0 }]),
  ]
  await bench.apply({ apiVersion: 'v1', kind: 'List', items })
  await untilNodesRest(bench, node)
  const edit = await bench.open('nodes.v1', node, { namespace: null })
  await edit.replace('  taints:\n', '  taints:\n  - {key: maintenance, effect: NoExecute}\n')
  const impact = await impactOf(edit)
  expect(told(impact)).toEqual(['evicts 3 for-a-moment other-key plain', 'evicts later 1 for-a-while'])
  expect(impact.lines.map(({ facts }) => facts.seconds ?? null)).toEqual([null, 600])
  await edit.submit(await edit.review(), true)
  await bench.kubectl('wait', '--for=delete', '--timeout=20s', 'pod/plain', 'pod/other-key', 'pod/for-a-moment')
  const { stdout } = await bench.kubectl('get', 'pods', '-o', 'name')
  expect(stdout.trim().split('\n').toSorted()).toEqual(['pod/for-a-while', 'pod/stays'])
})

test('a Secret: who reads it at start, who follows it, who pulls with it; whatever makes the pods', async () => {
  const from = { env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } }] }
  const mount = { volumeMounts: [{ name: 's', mountPath: '/s' }] }
  const volumes = [{ name: 's', secret: { secretName: 'login' } }]
  const template = (app: string, spec: object) => ({ metadata: { labels: { app } }, spec })
  const never = { restartPolicy: 'Never' }
  const set = (kind: string, name: string, spec: object, more = {}) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: { selector: { matchLabels: { app: name } }, template: template(name, spec), ...more },
  })
  const job = template('nightly', { ...never, containers: [{ ...container, ...from }] })
  const items = [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, stringData: { password: 'first', unused: 'x' } },
    set('StatefulSet', 'by-volume', { containers: [{ ...container, ...mount }], volumes }, { replicas: 0 }),
    set('DaemonSet', 'by-env', { nodeSelector: { none: 'such' }, containers: [{ ...container, ...from }] }),
    set('Deployment', 'pulls', { containers: [container], imagePullSecrets: [{ name: 'login' }] }, { replicas: 0 }),
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: { template: job } } },
    },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'alone' }, spec: { containers: [{ ...container, ...from }] } },
  ]
  await bench.apply({ apiVersion: 'v1', kind: 'List', items })
  const edit = await bench.open('secrets.v1', 'login')
  await edit.replace('password: first', 'password: second')
  expect(told(await impactOf(edit))).toEqual([
    'uses restart 3 alone by environment by-env by environment nightly by environment',
    'uses soon 1 by-volume by volume',
    'uses pull 1 pulls by pull',
  ])
  await edit.client.edit.discard({ edit: edit.opened.edit })
})

test('labels of a Namespace: who begins to ask about its objects, which peers change, what its pods violate', async () => {
  const selector = { matchLabels: { guarded: node } }
  const webhook = (name: string, failurePolicy: string) => ({
    name,
    failurePolicy,
    namespaceSelector: selector,
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    clientConfig: { url: 'https://127.0.0.1:1/' },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }],
  })
  const ingress = [{ from: [{ namespaceSelector: selector }] }]
  const items = [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: node },
      webhooks: [webhook('may.example.com', 'Ignore'), webhook('must.example.com', 'Fail')],
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: node },
      spec: { policyName: node, validationActions: ['Audit'], matchResources: { namespaceSelector: selector } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'from-guarded' },
      spec: { podSelector: {}, ingress },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'on-the-host' },
      spec: { hostNetwork: true, containers: [container] },
    },
  ]
  await bench.apply({ apiVersion: 'v1', kind: 'List', items })
  const edit = await bench.open('namespaces.v1', bench.namespace, { namespace: null })
  const labels = `  labels:\n    guarded: ${node}\n    pod-security.kubernetes.io/enforce: restricted\n`
  await edit.replace('  labels:\n', labels)
  expect(told(await impactOf(edit))).toEqual([
    `admission begin-or-fail 1 ${node}`,
    `admission begin 2 ${node} ${node}`,
    'peers 1 from-guarded',
  ])
  const review = await edit.review()
  expect(review.warnings.map(({ message }) => message).join(' ')).toMatch(/violate.*restricted.*on-the-host/s)
  // It is as it was told: nobody answers, and nothing that is asked about can be written any more.
  await edit.submit(review, true)
  await expect(bench.kubectl('create', 'configmap', 'refused')).rejects.toThrow('must.example.com')
})
