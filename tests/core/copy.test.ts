import { describe, expect, test } from 'vitest'
import { copyObject } from '../../core/copy.ts'
import type { JsonObject } from '../../core/json.ts'

const given = {
  uid: 'u',
  resourceVersion: '1',
  generation: 2,
  creationTimestamp: '2026-01-01T00:00:00Z',
  managedFields: [],
}

/** The copy's fields beside apiVersion and kind, and what was left out, as `path why`. */
function copied(object: JsonObject, owners = false): { readonly left: unknown; readonly out: readonly string[] } {
  const { object: copy, leftOut } = copyObject(object, { owners })
  const { apiVersion: _, kind: __, ...left } = copy
  return { left, out: leftOut.map(({ path, why }) => `${path} ${why}`) }
}

const token = { name: 'kube-api-access-x7k2p', projected: { sources: [] } }
const mount = { name: 'kube-api-access-x7k2p', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }
const notReady = {
  key: 'node.kubernetes.io/not-ready',
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}

describe('a copy is without what the server, admission and controllers made', () => {
  test.each<[string, JsonObject, unknown]>([
    [
      'any object',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', ...given, finalizers: ['x'] },
        data: { status: 'b' },
        status: {},
      },
      { metadata: { name: 'a' }, data: { status: 'b' } },
    ],
    [
      'a Deployment',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'a', annotations: { 'deployment.kubernetes.io/revision': '3', mine: 'x' } },
        spec: { replicas: 2 },
      },
      { metadata: { name: 'a', annotations: { mine: 'x' } }, spec: { replicas: 2 } },
    ],
    [
      'a Service',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'a' },
        spec: {
          clusterIP: '10.0.0.1',
          clusterIPs: ['10.0.0.1'],
          ipFamilies: ['IPv4'],
          ports: [{ port: 80, nodePort: 30_080 }],
        },
      },
      { metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } },
    ],
    [
      'a headless Service, which stays one',
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { clusterIP: 'None', clusterIPs: ['None'] } },
      { metadata: { name: 'a' }, spec: { clusterIP: 'None', clusterIPs: ['None'] } },
    ],
    [
      'a claim',
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'a', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
        spec: { volumeName: 'pv-1', storageClassName: 'fast' },
      },
      { metadata: { name: 'a' }, spec: { storageClassName: 'fast' } },
    ],
    [
      'a Pod of a controller',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a-1', generateName: 'a-', labels: { app: 'a', 'pod-template-hash': 'h' } },
        spec: {
          nodeName: 'n',
          priority: 0,
          containers: [{ name: 'c', volumeMounts: [{ name: 'own', mountPath: '/own' }, mount] }],
          volumes: [{ name: 'own', emptyDir: {} }, token],
          tolerations: [notReady, { key: 'mine' }],
        },
      },
      {
        metadata: { name: 'a-1', labels: { app: 'a' } },
        spec: {
          containers: [{ name: 'c', volumeMounts: [{ name: 'own', mountPath: '/own' }] }],
          volumes: [{ name: 'own', emptyDir: {} }],
          tolerations: [{ key: 'mine' }],
        },
      },
    ],
    [
      'a Job',
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'a', labels: { 'controller-uid': 'u', mine: 'x' } },
        spec: {
          selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u' } },
          template: { metadata: { labels: { 'batch.kubernetes.io/controller-uid': 'u', 'job-name': 'a' } }, spec: {} },
        },
      },
      { metadata: { name: 'a', labels: { mine: 'x' } }, spec: { template: { spec: {} } } },
    ],
    [
      'a Job whose author chose its selector',
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'a' },
        spec: { manualSelector: true, selector: { matchLabels: { a: 'b' } } },
      },
      { metadata: { name: 'a' }, spec: { manualSelector: true, selector: { matchLabels: { a: 'b' } } } },
    ],
    [
      "a service account's token",
      {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/service-account-token',
        metadata: {
          name: 'a',
          annotations: { 'kubernetes.io/service-account.name': 'sa', 'kubernetes.io/service-account.uid': 'u' },
        },
        data: { token: 'eA==' },
      },
      {
        type: 'kubernetes.io/service-account-token',
        metadata: { name: 'a', annotations: { 'kubernetes.io/service-account.name': 'sa' } },
      },
    ],
  ])('%s', (_, object, expected) => {
    expect(copied(object).left).toEqual(expected)
  })

  test('labels of custom resources are their own, whatever they are called', () => {
    const object = {
      apiVersion: 'example.com/v1',
      kind: 'Job',
      metadata: { name: 'a', labels: { 'job-name': 'x' } },
      spec: { selector: {} },
    }
    expect(copied(object)).toMatchObject({ left: { metadata: object.metadata, spec: object.spec }, out: [] })
  })

  test('owners go, unless they are to stay; each field says why it went', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', uid: 'u', ownerReferences: [{ uid: 'o' }] },
      spec: { nodeName: 'n' },
    }
    expect(copied(object).out).toEqual([
      'metadata.ownerReferences owner',
      'metadata.uid identity',
      'spec.nodeName bound',
    ])
    expect(copied(object, true).left).toMatchObject({ metadata: { ownerReferences: [{ uid: 'o' }] } })
  })
})
