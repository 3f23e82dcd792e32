import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Access } from './access.ts'
import { PracticeFailure } from './failure.ts'
import { assetsFolder } from './folders.ts'
import { type KubectlAnswer, type KubectlOptions, kubectl, tryKubectl } from './kubectl.ts'

// By this label, with the value `enabled`, the policies select a namespace.
const policiesLabel = 'practice.patchbay/policies'

// Far more than the API server takes, even on a busy machine.
const patience = 60_000

/**
 * Brings the cluster of one context to its seeded state: definitions, roles, policies, the node, and in `default` the
 * seed objects that are not there (unless `objects` is false). What a person changed stays. Resolves when the policies work.
 */
export async function seedCluster(
  access: Access,
  context: string,
  options: { readonly objects: boolean; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { signal } = options
  // As few runs of kubectl as can be: each costs a tenth of a second of a processor.
  await prepareNamespace(access, 'default', { context, signal }, ['--filename', join(assetsFolder, 'cluster')])
  await waitUntilInForce(access, { context, signal })
  if (options.objects) await createObjects(access, 'default', { context, signal })
}

/**
 * Makes a namespace with its own copy of the seed objects, in which `practice-editor` may edit and the policies hold.
 * Repeated, it adds what is missing. Resolves when they are created, before any controller has acted on them.
 */
export async function seedNamespace(access: Access, namespace: string, context = 'practice'): Promise<void> {
  await prepareNamespace(access, namespace, { context })
  await createObjects(access, namespace, { context })
}

async function prepareNamespace(
  access: Access,
  namespace: string,
  options: KubectlOptions,
  also: readonly string[] = [],
): Promise<void> {
  const input = JSON.stringify(listOf(namespaceObjects(namespace)))
  const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=practice-seed', ...also, '--filename=-']
  await kubectl(access, args, { ...options, input })
}

function listOf(items: readonly unknown[]) {
  return { apiVersion: 'v1', kind: 'List', items }
}

function namespaceObjects(name: string) {
  const metadata = { namespace: name }
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [policiesLabel]: 'enabled' } } },
    // A Pod needs it at once, and in a cluster without controllers nobody else makes it. No token is mounted, so that
    // a Pod is stored as it was written.
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadata, name: 'default' },
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { ...metadata, name: 'practice-editor' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'practice-editor' }],
    },
  ]
}

// Created, not applied: a seed that is there belongs to the person, with all that was done to it.
async function createObjects(access: Access, namespace: string, options: KubectlOptions): Promise<void> {
  const args = ['create', '--namespace', namespace, '--filename', join(assetsFolder, 'objects')]
  const { code, stderr } = await tryKubectl(access, args, options)
  const errors = stderr
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('Warning:') && !line.includes('(AlreadyExists)'))
  if (code !== 0 && errors.length > 0)
    throw new PracticeFailure(`Seeding the namespace ${namespace} failed: ${errors.join('; ')}.`)
}

// The API server serves a definition, and enforces a policy, some time after it has stored it. Dry runs tell when.
async function waitUntilInForce(access: Access, options: KubectlOptions): Promise<void> {
  const args = ['create', '--dry-run=server', '--output=json', '--filename=-']
  const input = JSON.stringify(listOf(probes.map(probe => probe.object)))
  const began = Date.now()
  let reminded = false
  for (;;) {
    const answer = await tryKubectl(access, args, { ...options, input })
    const waiting = probes.filter(probe => !probe.works(answer))
    if (waiting.length === 0) return
    const waited = Date.now() - began
    if (waited > patience) {
      const names = waiting.map(probe => probe.name).join(', ')
      throw new PracticeFailure(`These seeds of the practice cluster do not work: ${names}. ${answer.stderr.trim()}`)
    }
    if (waited > 5_000 && !reminded) {
      reminded = true
      await remindOfDefinition(access, options)
    }
    await delay(50)
  }
}

// An API server that ended while it was establishing a definition does not go on when it is back: only a change of the
// definition makes it look again.
async function remindOfDefinition(access: Access, options: KubectlOptions): Promise<void> {
  const value = `practice.patchbay/asked-at=${Date.now()}`
  await kubectl(access, ['annotate', '--overwrite', 'customresourcedefinition', definitionName, value], options)
}

const definitionName = 'statefulsets.apps.kruise.io'

type Probe = { readonly name: string; readonly object: unknown; readonly works: (answer: KubectlAnswer) => boolean }

const probes: readonly Probe[] = [
  {
    name: 'image-tag',
    object: deployment('nginx:1.2.3'),
    works: ({ stdout }) => stdout.includes('"image-tag": "1.2.3"'),
  },
  { name: 'image-rules', object: deployment('nginx:latest'), works: ({ stderr }) => stderr.includes("'image-rules'") },
  {
    name: 'envoy-initializer',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: probeMetadata({ 'initializer.kubernetes.io/envoy': 'true' }),
      spec: { containers: [{ name: 'probe', image: 'busybox:1.36' }] },
    },
    works: ({ stdout }) => stdout.includes('"name": "envoy"'),
  },
  {
    name: definitionName,
    object: {
      apiVersion: 'apps.kruise.io/v1alpha1',
      kind: 'StatefulSet',
      metadata: probeMetadata(),
      spec: { selector: {}, template: {} },
    },
    works: ({ stdout }) => stdout.includes('apps.kruise.io/v1alpha1'),
  },
]

function deployment(image: string) {
  const labels = { app: 'probe' }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'probe', image }] } }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: probeMetadata(),
    spec: { selector: { matchLabels: labels }, template },
  }
}

function probeMetadata(annotations: Readonly<Record<string, string>> = {}) {
  return { generateName: 'probe-', namespace: 'default', annotations }
}
