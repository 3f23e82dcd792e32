import type { Text } from '@codemirror/state'
import type { IndexPath } from '../../core/path.ts'
import { lookInText, ofItems } from './text-look.ts'

/** A text that a field may hold, and what it is. */
export type OfferedText = { readonly text: string; readonly note: string }

/** A field that is asked for: its path, and the path of the Pod's spec around it, null where there is none. */
type Asked = { readonly text: Text; readonly path: IndexPath; readonly pod: IndexPath | null }

/** What the fields that an expression fits are completed with; `kind` where that holds in one kind alone. */
type Rule = {
  readonly fields: RegExp
  readonly kind?: string
  readonly offers: (asked: Asked) => readonly OfferedText[]
}

/**
 * What the object itself has under the names that a field refers to (its volumes, containers, ports), and what such a
 * field is known to hold where the schema says any text. None for most fields.
 */
export function ownNames(text: Text, path: IndexPath): readonly OfferedText[] {
  const field = path.filter(step => typeof step === 'string').join('.')
  const kind = lookInText(text)(['kind'])
  const rule = rules.find(one => one.fields.test(field) && (one.kind === undefined || one.kind === kind))
  return rule?.offers({ text, path, pod: podAround(path) }) ?? []
}

const listsOfPods = new Set(['containers', 'initContainers', 'ephemeralContainers', 'volumes'])

function podAround(path: IndexPath): IndexPath | null {
  const list = path.findIndex((step, at) => listsOfPods.has(String(step)) && typeof path[at + 1] === 'number')
  return list < 0 ? null : path.slice(0, list)
}

/** The Pod's spec below the place where a template's, or a Pod's own, metadata stand. */
function podBeside(path: IndexPath): IndexPath {
  return [...path.slice(0, path.indexOf('metadata')), 'spec']
}

const ofPod =
  (offered: (text: Text, pod: IndexPath) => readonly OfferedText[]) =>
  ({ text, pod }: Asked) =>
    pod === null ? [] : offered(text, pod)

const known = (...texts: readonly string[]) => {
  const offered = texts.map(text => ({ text, note: '' }))
  return () => offered
}

function named(text: Text, list: IndexPath, note: string): readonly OfferedText[] {
  return ofItems(text, list, ['name']).map(name => ({ text: name, note }))
}

/** A StatefulSet makes a volume of each of its claims. */
function volumes(text: Text, pod: IndexPath): readonly OfferedText[] {
  const isTemplate = pod.length === 3 && pod[0] === 'spec' && pod[1] === 'template'
  const claims = isTemplate ? ofItems(text, ['spec', 'volumeClaimTemplates'], ['metadata', 'name']) : []
  return [
    ...named(text, [...pod, 'volumes'], 'volumes'),
    ...claims.map(name => ({ text: name, note: 'volumeClaimTemplates' })),
  ]
}

function containers(text: Text, pod: IndexPath): readonly OfferedText[] {
  return ['containers', 'initContainers'].flatMap(list => named(text, [...pod, list], list))
}

/** Ports of the container around a field, by name and number. */
function ports({ text, path, pod }: Asked): readonly OfferedText[] {
  const list = [...path.slice(0, (pod?.length ?? 0) + 2), 'ports']
  const [names, numbers] = [ofItems(text, list, ['name']), ofItems(text, list, ['containerPort'])]
  return numbers.flatMap((number, index) => {
    const name = names[index] ?? ''
    return [...(name === '' ? [] : [{ text: name, note: number }]), { text: number, note: name }]
  })
}

function numbersOnly(asked: Asked): readonly OfferedText[] {
  return ports(asked).filter(({ text }) => /^\d+$/.test(text))
}

const ofVolumes = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.labels', 'metadata.annotations']
const ofEnvironments = [
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
const resources = ['cpu', 'memory', 'ephemeral-storage'].flatMap(name => [`limits.${name}`, `requests.${name}`])

// The first that fits counts. Fixed texts follow Go: `pkg/apis/core/validation` (validEnvDownwardAPIFieldPathExpressions), `pkg/fieldpath`.
const rules: readonly Rule[] = [
  { fields: /ontainers\.volume(Mounts|Devices)\.name$/, offers: ofPod(volumes) },
  { fields: /\.env\.valueFrom\.fieldRef\.fieldPath$/, offers: known(...ofVolumes, ...ofEnvironments) },
  { fields: /downwardAPI\.items\.fieldRef\.fieldPath$/, offers: known(...ofVolumes) },
  { fields: /resourceFieldRef\.resource$/, offers: known(...resources) },
  { fields: /resourceFieldRef\.containerName$|\.targetContainerName$/, offers: ofPod(containers) },
  { fields: /ontainers\..*(httpGet|tcpSocket)\.port$/, offers: ports },
  { fields: /ontainers\..*grpc\.port$/, offers: numbersOnly },
  {
    fields: /ontainers\.resources\.claims\.name$/,
    offers: ofPod((text, pod) => named(text, [...pod, 'resourceClaims'], 'resourceClaims')),
  },
  {
    fields: /metadata\.annotations\.kubectl\.kubernetes\.io\/default-(logs-)?container$/,
    offers: ({ text, path }) => containers(text, podBeside(path)),
  },
  {
    fields: /podFailurePolicy\.rules\.onExitCodes\.containerName$/,
    offers: ({ text, path }) =>
      containers(text, [...path.slice(0, path.indexOf('podFailurePolicy')), 'template', 'spec']),
  },
  {
    fields: /\btopologyKey$/,
    offers: known('kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region'),
  },
  { fields: /\bscaleTargetRef\.kind$/, offers: known('Deployment', 'StatefulSet', 'ReplicaSet') },
  { fields: /\bscaleTargetRef\.apiVersion$/, offers: known('apps/v1') },
  { kind: 'HorizontalPodAutoscaler', fields: /^spec\.metrics\.resource\.name$/, offers: known('cpu', 'memory') },
  { kind: 'RoleBinding', fields: /^roleRef\.kind$/, offers: known('Role', 'ClusterRole') },
  { kind: 'ClusterRoleBinding', fields: /^roleRef\.kind$/, offers: known('ClusterRole') },
  { fields: /^roleRef\.apiGroup$/, offers: known('rbac.authorization.k8s.io') },
  { fields: /^subjects\.kind$/, offers: known('ServiceAccount', 'User', 'Group') },
  {
    fields: /^rules\.verbs$/,
    offers: known('get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', '*'),
  },
]
