import { expect, test } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { referencesOf, subjectsOf } from '../../core/references.ts'

/** What an object names, a line each: `group/Kind namespace/name path`, `?` after what may be missing. */
function lines(object: JsonObject): string[] {
  return referencesOf(object).map(
    ({ group, kind, namespace, name, path, optional }) =>
      `${group ?? '*'}/${kind} ${namespace === null ? '' : `${namespace}/`}${name} ${path}${optional ? '?' : ''}`,
  )
}

const pod = (spec: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Pod', spec })

test.each<[string, JsonObject, string[]]>([
  [
    'an account and a node',
    pod({ serviceAccountName: 'a', nodeName: 'n' }),
    ['/ServiceAccount a spec.serviceAccountName', '/Node n spec.nodeName'],
  ],
  [
    'environment',
    pod({ containers: [{ name: 'c', envFrom: [{ secretRef: { name: 's', optional: true } }] }] }),
    ['/Secret s spec.containers[name=c].envFrom[0].secretRef?'],
  ],
  [
    'volumes',
    pod({
      volumes: [
        { name: 'v', secret: { secretName: 's', optional: true } },
        { name: 'w', persistentVolumeClaim: { claimName: 'p' } },
      ],
    }),
    [
      '/Secret s spec.volumes[name=v].secret.secretName?',
      '/PersistentVolumeClaim p spec.volumes[name=w].persistentVolumeClaim.claimName',
    ],
  ],
  ['pull secrets', pod({ imagePullSecrets: [{ name: 's' }] }), ['/Secret s spec.imagePullSecrets']],
  [
    'a driver’s secret',
    pod({ csi: { nodePublishSecretRef: { name: 's' } } }),
    ['/Secret s spec.csi.nodePublishSecretRef'],
  ],
  [
    'a scale target',
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' } },
    },
    ['apps/Deployment d spec.scaleTargetRef'],
  ],
  [
    'a role',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
    },
    ['rbac.authorization.k8s.io/Role r roleRef'],
  ],
  [
    'a webhook’s service in another namespace',
    {
      apiVersion: 'x/v1',
      kind: 'Hook',
      webhooks: [{ name: 'h', clientConfig: { service: { name: 's', namespace: 'n' } } }],
    },
    ['/Service n/s webhooks[name=h].clientConfig.service'],
  ],
  [
    'a reference without a group',
    { apiVersion: 'x/v1', kind: 'Y', spec: { targetRef: { kind: 'Z', name: 'z' } } },
    ['*/Z z spec.targetRef'],
  ],
  ['data is nobody’s reference', { apiVersion: 'v1', kind: 'ConfigMap', data: { secretName: 's' } }, []],
  ['names that are none', pod({ secretName: '', nodeName: 3, configMap: { name: { a: 1 } } }), []],
  ['what a status says', { apiVersion: 'v1', kind: 'Pod', status: { nodeName: 'n' } }, []],
])('%s', (_, object, expected) => {
  expect(lines(object)).toEqual(expected)
})

test('one that is named twice is told once, as needed where it is needed once', () => {
  const env = (optional: boolean) => ({ secretKeyRef: { name: 's', optional } })
  expect(lines(pod({ containers: [{ name: 'a', first: env(true), second: env(false) }] }))).toEqual([
    '/Secret s spec.containers[name=a].second.secretKeyRef',
  ])
})

test('no depth of nesting ends it', () => {
  let spec: JsonObject = { secretName: 's' }
  for (let depth = 0; depth < 10_000; depth += 1) spec = { inner: spec }
  expect(lines(pod(spec))).toEqual([])
})

test('a binding’s service accounts, those of its own namespace too', () => {
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { namespace: 'here' },
    subjects: [
      { kind: 'ServiceAccount', name: 'a' },
      { kind: 'User', name: 'u' },
      { kind: 'ServiceAccount', name: 'b', namespace: 'there' },
    ],
  }
  expect(subjectsOf(binding).map(({ namespace, name, path }) => [namespace, name, path])).toEqual([
    ['here', 'a', 'subjects[0]'],
    ['there', 'b', 'subjects[2]'],
  ])
})
