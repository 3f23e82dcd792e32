import type { JsonObject } from '../../../../core/json.ts'
import type { ObjectRef } from '../../../../core/object.ts'

// The identity is opaque to the page.
const cluster = 'cluster' as ObjectRef['cluster']
/** The uid of every object here. */
export const uid = '3f2a8c1e-6a0b-4c2e-9d54-0f6f2b7c9a11'

/** Where the Deployment is. */
export const deploymentRef: ObjectRef = {
  cluster,
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespace: 'default',
  name: 'nginx-deployment',
  uid,
}

/** The object of most scenes. */
export const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    annotations: { 'deployment.kubernetes.io/revision': '1' },
    creationTimestamp: '2026-03-01T09:12:44Z',
    generation: 1,
    labels: { app: 'nginx', 'image-tag': '1.14.2' },
    name: 'nginx-deployment',
    namespace: 'default',
    resourceVersion: '4711',
    uid,
  },
  spec: {
    progressDeadlineSeconds: 600,
    replicas: 3,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: 'nginx' } },
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: {
        containers: [
          {
            image: 'nginx:1.14.2',
            imagePullPolicy: 'IfNotPresent',
            name: 'nginx',
            ports: [{ containerPort: 80, protocol: 'TCP' }],
            resources: { limits: { cpu: '500m', memory: '128Mi' } },
            terminationMessagePath: '/dev/termination-log',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
      },
    },
  },
  status: {
    availableReplicas: 3,
    conditions: [{ status: 'True', type: 'Available' }],
    observedGeneration: 1,
    readyReplicas: 3,
    replicas: 3,
  },
} satisfies JsonObject

/** A ConfigMap of about a mebibyte: 10,000 entries of 100 characters. */
export function largeConfigMap(): JsonObject {
  const data: Record<string, string> = {}
  for (let index = 0; index < 10_000; index += 1) {
    data[`entry-${String(index).padStart(5, '0')}`] = `value ${index} ${'x'.repeat(80)}`
  }
  const metadata = { name: 'large', namespace: 'default', resourceVersion: '1', uid }
  return { apiVersion: 'v1', data, kind: 'ConfigMap', metadata }
}
