import { textAt } from '../../../core/conditions.ts'
import { podLabelsOf } from '../../../core/containers.ts'
import type { JsonObject } from '../../../core/json.ts'

/** What makes or is Pods: their specs name ConfigMaps, Secrets, claims, accounts and classes. */
const podMakers = [
  'apps/deployments',
  'apps/statefulsets',
  'apps/daemonsets',
  'batch/cronjobs',
  'batch/jobs',
  'apps/replicasets',
  '/pods',
]

/** Kinds (`group/resource`) whose objects may name an object of that kind, or select its Pods. */
const referrers: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: podMakers,
  Secret: [...podMakers, 'networking.k8s.io/ingresses', '/serviceaccounts'],
  PersistentVolumeClaim: podMakers,
  ServiceAccount: [
    ...podMakers,
    'rbac.authorization.k8s.io/rolebindings',
    'rbac.authorization.k8s.io/clusterrolebindings',
  ],
  Service: [
    '/pods',
    'networking.k8s.io/ingresses',
    'apps/statefulsets',
    'admissionregistration.k8s.io/validatingwebhookconfigurations',
    'admissionregistration.k8s.io/mutatingwebhookconfigurations',
    'apiregistration.k8s.io/apiservices',
  ],
  PodDisruptionBudget: ['/pods'],
  NetworkPolicy: ['/pods'],
  Node: ['/pods'],
  Role: ['rbac.authorization.k8s.io/rolebindings'],
  ClusterRole: ['rbac.authorization.k8s.io/rolebindings', 'rbac.authorization.k8s.io/clusterrolebindings'],
  PersistentVolume: ['/persistentvolumeclaims'],
  StorageClass: ['/persistentvolumeclaims', '/persistentvolumes'],
  IngressClass: ['networking.k8s.io/ingresses'],
  PriorityClass: podMakers,
  RuntimeClass: podMakers,
}

/** What selects Pods by their labels. */
const selectors = ['/services', 'policy/poddisruptionbudgets', 'networking.k8s.io/networkpolicies']

/** Kinds (`group/resource`) that must be looked through to know what is related to an object. */
export function looksAt(object: JsonObject): readonly string[] {
  const byKind = referrers[textAt(object, 'kind')] ?? []
  const isScalable = object.kind !== 'Pod' && podLabelsOf(object) !== null
  return [
    ...byKind,
    ...(podLabelsOf(object) === null ? [] : selectors),
    ...(isScalable ? ['autoscaling/horizontalpodautoscalers'] : []),
  ]
}
