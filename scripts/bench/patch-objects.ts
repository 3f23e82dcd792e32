import type { Json, JsonObject } from '../../core/json.ts'

/** An object before and after an edit, with its kind as `group/version/kind`. */
export type Edited = {
  readonly name: string
  readonly kind: string
  readonly from: JsonObject
  readonly to: JsonObject
}

/** What the bench patches: Deployments that differ in length alone, and the two largest objects that people edit. */
export const editedObjects: readonly Edited[] = [
  ...[1, 10, 100, 1000].map(editedDeployment),
  editedConfigMap(900_000),
  editedDefinition(300_000),
]

/** One image, one variable, a label and the replicas. */
function editedDeployment(containers: number): Edited {
  const made = (replicas: number, image: string, extra: readonly Json[]): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', uid: 'b6f1', labels: { app: 'web', replicas: `${replicas}` } },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: Array.from({ length: containers }, (_, i) =>
            i === containers >> 1 ? container(i, image, extra) : container(i, 'registry.example/app:1.0', []),
          ),
          volumes: [{ name: 'data', emptyDir: {} }],
        },
      },
    },
  })
  return {
    name: `Deployment, ${containers} container${containers === 1 ? '' : 's'}`,
    kind: 'apps/v1/Deployment',
    from: made(2, 'registry.example/app:1.0', []),
    to: made(3, 'registry.example/app:1.1', [{ name: 'ADDED', value: 'yes' }]),
  }
}

function container(index: number, image: string, extra: readonly Json[]): JsonObject {
  return {
    name: `container-${index}`,
    image,
    imagePullPolicy: 'IfNotPresent',
    args: ['--listen=:8080', '--log-level=info'],
    ports: [
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
    ],
    env: [
      ...Array.from({ length: 8 }, (_, i) => ({ name: `SETTING_${i}`, value: `value ${i} of container ${index}` })),
      ...extra,
    ],
    resources: { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
    livenessProbe: {
      httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
      periodSeconds: 10,
      failureThreshold: 3,
    },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  }
}

/** One line of one of nine files. */
function editedConfigMap(size: number): Edited {
  const line = (i: number) => `setting.${i} = "a value of some length, number ${i}"\n`
  const lines = (count: number) => Array.from({ length: count }, (_, i) => line(i)).join('')
  const file = lines(Math.round(size / 9 / line(5000).length))
  const data = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`file-${i}.conf`, file]))
  const made = (text: string): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'default', uid: 'b6f2' },
    data: { ...data, 'file-4.conf': text },
  })
  return {
    name: 'ConfigMap, 900 kB',
    kind: '/v1/ConfigMap',
    from: made(file),
    to: made(file.replace('number 7"', 'number 8"')),
  }
}

/** One description in one of three versions. */
function editedDefinition(size: number): Edited {
  const field = (depth: number, text: string): JsonObject => ({
    type: 'object',
    description: text,
    properties: Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [
        `field${i}`,
        depth > 0
          ? field(depth - 1, `What field ${i} means, in a sentence as controllers' authors write them.`)
          : { type: 'string', maxLength: 253, description: `A name, number ${i}, of something else in the namespace.` },
      ]),
    ),
    required: ['field0', 'field1'],
  })
  const made = (text: string): JsonObject => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com', uid: 'b6f3' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: Array.from({ length: Math.round(size / 70_000) }, (_, i) => ({
        name: `v${i + 1}`,
        served: true,
        storage: i === 0,
        schema: { openAPIV3Schema: field(2, i === 1 ? text : 'Widget is what it is.') },
      })),
    },
  })
  return {
    name: 'CRD, 300 kB',
    kind: 'apiextensions.k8s.io/v1/CustomResourceDefinition',
    from: made('Widget is what it is.'),
    to: made('Widget is something else.'),
  }
}
