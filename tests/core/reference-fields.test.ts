import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../../core/json.ts'
import { valueAt } from '../../core/path.ts'
import { type Look, namedKind, namedPart, namedSubject, namesNamespace } from '../../core/reference-fields.ts'

const lookIn =
  (object: Json): Look =>
  path => {
    const value = valueAt(object, path)
    return typeof value === 'string' ? value : ''
  }

const pod = (container: JsonObject, more: JsonObject = {}): JsonObject => ({
  kind: 'Pod',
  spec: { containers: [container], ...more },
})
const env = (from: JsonObject) => pod({ env: [{ valueFrom: from }] })
const value = ['spec', 'containers', 0, 'env', 0, 'valueFrom']
const backend = { service: { name: 'web', port: {} } }

// What is typed at a place: `group/Kind namespace`, or the part of an object that is.
test.each<[string, JsonObject, (string | number)[], string]>([
  ['a Secret by its name', pod({}), ['spec', 'volumes', 0, 'secret', 'secretName'], '/Secret'],
  ['a map that refers', env({ configMapKeyRef: {} }), [...value, 'configMapKeyRef', 'name'], '/ConfigMap'],
  [
    'a key of it',
    env({ configMapKeyRef: { name: 'a' } }),
    [...value, 'configMapKeyRef', 'key'],
    'data of /ConfigMap a',
  ],
  ['no key before there is a name', env({ secretKeyRef: {} }), [...value, 'secretKeyRef', 'key'], ''],
  [
    'a file of a volume',
    pod({}, { volumes: [{ secret: { secretName: 's' } }] }),
    ['spec', 'volumes', 0, 'secret', 'items', 0, 'key'],
    'data of /Secret s',
  ],
  ['an item of a list', pod({}), ['spec', 'imagePullSecrets', 0, 'name'], '/Secret'],
  [
    'a reference that says its kind',
    { kind: 'HorizontalPodAutoscaler', spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment' } } },
    ['spec', 'scaleTargetRef', 'name'],
    'apps/Deployment',
  ],
  ['a reference of unknown kind', { kind: 'X', spec: { targetRef: {} } }, ['spec', 'targetRef', 'name'], ''],
  [
    'in another namespace',
    { kind: 'X', spec: { authSecretRef: { namespace: 'there' } } },
    ['spec', 'authSecretRef', 'name'],
    '/Secret there',
  ],
  [
    'that namespace',
    { kind: 'X', spec: { authSecretRef: { name: 'a' } } },
    ['spec', 'authSecretRef', 'namespace'],
    'namespace',
  ],
  [
    'a port of a Service',
    { kind: 'Ingress', spec: { defaultBackend: backend } },
    ['spec', 'defaultBackend', 'service', 'port', 'number'],
    'port-numbers of /Service web',
  ],
  [
    'an account that is granted a role',
    { kind: 'RoleBinding', subjects: [{ kind: 'ServiceAccount', namespace: 'n' }] },
    ['subjects', 0, 'name'],
    '/ServiceAccount n',
  ],
  [
    'a port of a webhook',
    { kind: 'X', clientConfig: backend },
    ['clientConfig', 'service', 'port'],
    'port-numbers of /Service web',
  ],
  [
    'what a route leads to, a Service where it says no kind',
    { kind: 'HTTPRoute', spec: { rules: [{ backendRefs: [{ name: 'web' }] }] } },
    ['spec', 'rules', 0, 'backendRefs', 0, 'port'],
    'port-numbers of /Service web',
  ],
  [
    'a listener of its Gateway',
    { kind: 'HTTPRoute', spec: { parentRefs: [{ name: 'edge', namespace: 'infra' }] } },
    ['spec', 'parentRefs', 0, 'sectionName'],
    'listeners of gateway.networking.k8s.io/Gateway infra edge',
  ],
  [
    'what a claim is filled from',
    { kind: 'PersistentVolumeClaim', spec: { dataSource: { kind: 'PersistentVolumeClaim', apiGroup: '' } } },
    ['spec', 'dataSource', 'name'],
    '*/PersistentVolumeClaim',
  ],
  ['a user', { kind: 'RoleBinding', subjects: [{ kind: 'User' }] }, ['subjects', 0, 'name'], ''],
  ['a StatefulSet’s Service', { kind: 'StatefulSet' }, ['spec', 'serviceName'], '/Service'],
  ['that field of another kind', { kind: 'Certificate' }, ['spec', 'serviceName'], ''],
  ['a name that is its own', pod({}), ['spec', 'containers', 0, 'name'], ''],
  ['the object’s name', pod({}), ['metadata', 'name'], ''],
])('%s', (_, object, path, expected) => {
  const look = lookIn(object)
  const part = namedPart(path, look)
  const kind = namedKind(path, look) ?? namedSubject(path, look)
  const said = part ?? kind
  const words =
    said === null ? '' : `${said.group ?? '*'}/${said.kind}${said.namespace === null ? '' : ` ${said.namespace}`}`
  expect(
    part !== null ? `${part.of} of ${words} ${part.name}` : words || (namesNamespace(path, look) ? 'namespace' : ''),
  ).toBe(expected)
})
