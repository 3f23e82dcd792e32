import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Access } from './access.ts'
import { PracticeFailure } from './failure.ts'
import { assetsFolder } from './folders.ts'
import { type KubectlAnswer, type KubectlOptions, kubectl, tryKubectl } from './kubectl.ts'

/** The label by which the practice policies select a namespace; its value is `enabled`. */
export const policiesLabel = 'practice.patchbay/policies'

// As long as the API server takes to load policies, with plenty to spare on a busy machine.
const patience = 30_000

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
  await apply(access, ['--filename', join(assetsFolder, 'cluster')], { context, signal })
  await prepareNamespace(access, 'default', { context, signal })
  await waitForDefinitions(access, { context, signal })
  await waitForPolicies(access, { context, signal })
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

/** The path of a seed manifest, such as `nginx-deployment`; it names no namespace. */
export function seedManifest(name: string): string {
  return join(assetsFolder, 'objects', `${name}.yaml`)
}

async function prepareNamespace(access: Access, namespace: string, options: KubectlOptions): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: namespaceObjects(namespace) }
  await apply(access, ['--filename=-'], { ...options, input: JSON.stringify(list) })
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

async function apply(access: Access, args: readonly string[], options: KubectlOptions): Promise<void> {
  await kubectl(
    access,
    ['apply', '--server-side', '--force-conflicts', '--field-manager=practice-seed', ...args],
    options,
  )
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

// An API server that ended while it was establishing a definition does not go on when it is back: only a change of the
// definition makes it look again.
async function waitForDefinitions(access: Access, options: KubectlOptions): Promise<void> {
  const definition = 'customresourcedefinition/statefulsets.apps.kruise.io'
  const wait = (seconds: number) => ['wait', '--for=condition=Established', `--timeout=${seconds}s`, definition]
  if ((await tryKubectl(access, wait(5), options)).code === 0) return
  await kubectl(access, ['annotate', '--overwrite', definition, `practice.patchbay/asked-at=${Date.now()}`], options)
  await kubectl(access, wait(60), options)
}

// The API server loads policies some time after it has stored them. Each is asked by a dry run that it must answer.
async function waitForPolicies(access: Access, options: KubectlOptions): Promise<void> {
  await until('image-tag', deployment('nginx:1.2.3'), answer => answer.stdout.includes('"image-tag": "1.2.3"'))
  await until('image-rules', deployment('nginx:latest'), answer => answer.stderr.includes("'image-rules'"))
  await until('envoy-initializer', podForEnvoy, answer => answer.stdout.includes('"name": "envoy"'))

  async function until(policy: string, object: unknown, works: (answer: KubectlAnswer) => boolean): Promise<void> {
    const deadline = Date.now() + patience
    for (;;) {
      const input = JSON.stringify(object)
      const answer = await tryKubectl(access, ['create', '--dry-run=server', '--output=json', '--filename=-'], {
        ...options,
        input,
      })
      if (works(answer)) return
      options.signal?.throwIfAborted()
      if (Date.now() > deadline) {
        throw new PracticeFailure(
          `The practice cluster does not enforce its policy ${policy}: ${answer.stderr || answer.stdout}`,
        )
      }
      await delay(50)
    }
  }
}

function deployment(image: string) {
  const labels = { app: 'probe' }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { generateName: 'probe-', namespace: 'default' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'probe', image }] } },
    },
  }
}

const podForEnvoy = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    generateName: 'probe-',
    namespace: 'default',
    annotations: { 'initializer.kubernetes.io/envoy': 'true' },
  },
  spec: { containers: [{ name: 'probe', image: 'busybox:1.36' }] },
}
