import type { Json, JsonObject } from './json.ts'

/**
 * What a new object of a built-in kind begins with, beside apiVersion, kind and metadata; and what is offered beside it, as
 * comments: a path (numbers are list items) and an example. `NAME` stands for the object's name.
 */
export type Start = {
  readonly fields: JsonObject
  readonly offers: readonly (readonly [path: readonly (string | number)[], example: Json])[]
}

const image = 'registry.example.com/app:1.0'
const labels = { app: 'NAME' }

const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }
const container = { name: 'NAME', image }
const once = { name: 'NAME', image, command: ['sh', '-c', 'echo done'] }

type Offers = Start['offers']

/** What is often said of a Pod, wherever its spec stands. */
function podOffers(at: readonly (string | number)[]): Offers {
  const first = [...at, 'containers', 0]
  return [
    [[...first, 'ports'], [{ name: 'http', containerPort: 8080 }]],
    [[...first, 'env'], [{ name: 'LOG_LEVEL', value: 'info' }]],
    [[...first, 'envFrom'], [{ configMapRef: { name: 'NAME' } }]],
    [[...first, 'resources'], resources],
    [[...first, 'readinessProbe'], { httpGet: { path: '/', port: 8080 } }],
    [[...first, 'livenessProbe'], { httpGet: { path: '/', port: 8080 } }],
    [[...first, 'volumeMounts'], [{ name: 'config', mountPath: '/etc/config' }]],
    [[...at, 'volumes'], [{ name: 'config', configMap: { name: 'NAME' } }]],
    [[...at, 'serviceAccountName'], 'default'],
    [[...at, 'imagePullSecrets'], [{ name: 'registry' }]],
    [[...at, 'nodeSelector'], { 'kubernetes.io/os': 'linux' }],
    [[...at, 'securityContext'], { runAsNonRoot: true }],
  ]
}

const template = { metadata: { labels }, spec: { containers: [container] } }
const workload = { selector: { matchLabels: labels }, template }
const inTemplate = podOffers(['spec', 'template', 'spec'])
const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }
const subject = { kind: 'ServiceAccount', name: 'default', namespace: 'default' }
const job = { template: { spec: { restartPolicy: 'Never', containers: [once] } } }

/** By `group/Kind`. */
export const starts: Readonly<Record<string, Start>> = {
  '/Pod': { fields: { spec: { containers: [container] } }, offers: podOffers(['spec']) },
  'apps/Deployment': {
    fields: { spec: { replicas: 1, ...workload } },
    offers: [...inTemplate, [['spec', 'strategy'], { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } }]],
  },
  'apps/ReplicaSet': { fields: { spec: { replicas: 1, ...workload } }, offers: inTemplate },
  'apps/StatefulSet': {
    fields: { spec: { replicas: 1, serviceName: 'NAME', ...workload } },
    offers: [
      ...inTemplate,
      [
        ['spec', 'volumeClaimTemplates'],
        [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      ],
    ],
  },
  'apps/DaemonSet': { fields: { spec: workload }, offers: inTemplate },
  'batch/Job': {
    fields: { spec: job },
    offers: [
      [['spec', 'backoffLimit'], 6],
      [['spec', 'completions'], 1],
      [['spec', 'parallelism'], 1],
      [['spec', 'ttlSecondsAfterFinished'], 86_400],
      ...podOffers(['spec', 'template', 'spec']),
    ],
  },
  'batch/CronJob': {
    fields: { spec: { schedule: '0 3 * * *', jobTemplate: { spec: job } } },
    offers: [
      [['spec', 'timeZone'], 'Etc/UTC'],
      [['spec', 'concurrencyPolicy'], 'Forbid'],
      [['spec', 'suspend'], true],
      [['spec', 'successfulJobsHistoryLimit'], 3],
      ...podOffers(['spec', 'jobTemplate', 'spec', 'template', 'spec']),
    ],
  },
  '/Service': {
    fields: { spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] } },
    offers: [
      [['spec', 'type'], 'LoadBalancer'],
      [['spec', 'clusterIP'], 'None'],
    ],
  },
  '/ConfigMap': { fields: { data: { 'config.yaml': 'key: value\n' } }, offers: [[['immutable'], true]] },
  '/Secret': { fields: { type: 'Opaque', stringData: { password: 'change-me' } }, offers: [[['immutable'], true]] },
  'networking.k8s.io/Ingress': {
    fields: {
      spec: {
        rules: [
          {
            host: 'app.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'NAME', port: { number: 80 } } } }],
            },
          },
        ],
      },
    },
    offers: [
      [['spec', 'ingressClassName'], 'nginx'],
      [['spec', 'tls'], [{ hosts: ['app.example.com'], secretName: 'app-tls' }]],
    ],
  },
  'networking.k8s.io/NetworkPolicy': {
    fields: {
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }] }],
      },
    },
    offers: [[['spec', 'egress'], [{ to: [{ namespaceSelector: {} }] }]]],
  },
  '/PersistentVolumeClaim': {
    fields: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
    offers: [[['spec', 'storageClassName'], 'standard']],
  },
  '/Namespace': { fields: {}, offers: [] },
  '/ServiceAccount': { fields: {}, offers: [[['automountServiceAccountToken'], false]] },
  'rbac.authorization.k8s.io/Role': { fields: { rules: [rule] }, offers: [] },
  'rbac.authorization.k8s.io/ClusterRole': { fields: { rules: [rule] }, offers: [] },
  'rbac.authorization.k8s.io/RoleBinding': {
    fields: {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [subject],
    },
    offers: [],
  },
  'rbac.authorization.k8s.io/ClusterRoleBinding': {
    fields: {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [subject],
    },
    offers: [],
  },
  'autoscaling/HorizontalPodAutoscaler': {
    fields: {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'NAME' },
        minReplicas: 1,
        maxReplicas: 3,
      },
    },
    offers: [
      [
        ['spec', 'metrics'],
        [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      ],
    ],
  },
  'policy/PodDisruptionBudget': {
    fields: { spec: { minAvailable: 1, selector: { matchLabels: labels } } },
    offers: [[['spec', 'unhealthyPodEvictionPolicy'], 'AlwaysAllow']],
  },
  '/ResourceQuota': { fields: { spec: { hard: { pods: '10', 'requests.cpu': '4' } } }, offers: [] },
  '/LimitRange': {
    fields: { spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '100m', memory: '128Mi' } }] } },
    offers: [],
  },
  'scheduling.k8s.io/PriorityClass': { fields: { value: 1_000 }, offers: [[['description'], 'what it is for']] },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    fields: {
      spec: {
        group: 'example.com',
        names: { kind: 'Widget', plural: 'widgets' },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
          },
        ],
      },
    },
    offers: [],
  },
}

/** Where an object's name is not the person's to choose. */
export const fixedNames: Readonly<Record<string, string>> = {
  'apiextensions.k8s.io/CustomResourceDefinition': 'widgets.example.com',
}
