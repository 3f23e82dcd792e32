import type { ResourceKind } from '../../contract/browse.ts'
import type { ServedKinds } from '../../contract/kinds.ts'
import type { Problem } from '../../core/problem.ts'

/** A kind as discovery would tell it; only what the page looks at differs from kind to kind. */
export function kindOf(
  group: string,
  version: string,
  resource: string,
  kind: string,
  namespaced = true,
): ResourceKind {
  return {
    group,
    version,
    resource,
    kind,
    singular: kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced,
    verbs: ['get', 'list', 'watch', 'patch', 'create', 'update', 'delete'],
    subresources: [],
    preferred: true,
  }
}

/** The kinds of the stand-in's clusters. */
export const standInKinds: readonly ResourceKind[] = [
  { ...kindOf('', 'v1', 'pods', 'Pod'), shortNames: ['po'] },
  { ...kindOf('', 'v1', 'services', 'Service'), shortNames: ['svc'] },
  { ...kindOf('', 'v1', 'configmaps', 'ConfigMap'), shortNames: ['cm'] },
  kindOf('', 'v1', 'secrets', 'Secret'),
  kindOf('', 'v1', 'events', 'Event'),
  kindOf('', 'v1', 'namespaces', 'Namespace', false),
  kindOf('', 'v1', 'nodes', 'Node', false),
  kindOf('', 'v1', 'serviceaccounts', 'ServiceAccount'),
  kindOf('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  { ...kindOf('apps', 'v1', 'deployments', 'Deployment'), shortNames: ['deploy'] },
  kindOf('apps', 'v1', 'replicasets', 'ReplicaSet'),
  kindOf('apps', 'v1', 'statefulsets', 'StatefulSet'),
  kindOf('apps', 'v1', 'daemonsets', 'DaemonSet'),
  kindOf('batch', 'v1', 'jobs', 'Job'),
  kindOf('batch', 'v1', 'cronjobs', 'CronJob'),
  kindOf('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  { ...kindOf('autoscaling', 'v1', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'), preferred: false },
  kindOf('networking.k8s.io', 'v1', 'ingresses', 'Ingress'),
  kindOf('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy'),
  kindOf('rbac.authorization.k8s.io', 'v1', 'roles', 'Role'),
  kindOf('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole', false),
  kindOf('apps.kruise.io', 'v1alpha1', 'statefulsets', 'StatefulSet'),
]

/** The kinds as the contexts' clusters serve them. */
export function servedBy(names: readonly string[], contexts: Readonly<Record<string, Problem | null>>): ServedKinds {
  const sources = names.map(context => {
    const problem = contexts[context] ?? null
    return { context, state: problem === null ? 'known' : 'failed', problem, failedGroups: [] } as const
  })
  return { kinds: sources.some(({ state }) => state === 'known') ? standInKinds : [], sources }
}
