import type { IndexPath } from './path.ts'
import type { Look } from './reference-fields.ts'

/** A field that names a port of what labels select in the object's namespace. `labels` is the place of those labels in it. */
export type SelectedPorts = {
  readonly of: 'pods' | 'services'
  readonly labels: IndexPath
  /** Whether no labels at all select everything, as a LabelSelector reads them; a Service's own selector then selects nothing. */
  readonly orAll: boolean
}

type Rule = Omit<SelectedPorts, 'labels'> & {
  readonly kind: string
  /** The field, without the positions of items. */
  readonly field: string
  /** The labels of the object that select, given the field's path. */
  readonly labels: (path: IndexPath) => IndexPath
}

const rules: readonly Rule[] = [
  { kind: 'Service', field: 'spec.ports.targetPort', of: 'pods', orAll: false, labels: () => ['spec', 'selector'] },
  {
    kind: 'NetworkPolicy',
    field: 'spec.ingress.ports.port',
    of: 'pods',
    orAll: true,
    labels: () => ['spec', 'podSelector', 'matchLabels'],
  },
  {
    kind: 'NetworkPolicy',
    field: 'spec.egress.ports.port',
    of: 'pods',
    orAll: true,
    labels: path => [...path.slice(0, 3), 'to', 0, 'podSelector', 'matchLabels'],
  },
  {
    kind: 'PodMonitor',
    field: 'spec.podMetricsEndpoints.port',
    of: 'pods',
    orAll: true,
    labels: () => ['spec', 'selector', 'matchLabels'],
  },
  {
    kind: 'ServiceMonitor',
    field: 'spec.endpoints.port',
    of: 'services',
    orAll: true,
    labels: () => ['spec', 'selector', 'matchLabels'],
  },
]

/** Whose ports a field names by labels; null for most. */
export function selectedPorts(path: IndexPath, look: Look): SelectedPorts | null {
  const field = path.filter(step => typeof step === 'string').join('.')
  const kind = look(['kind'])
  const rule = rules.find(one => one.field === field && one.kind === kind)
  return rule === undefined ? null : { of: rule.of, orAll: rule.orAll, labels: rule.labels(path) }
}
