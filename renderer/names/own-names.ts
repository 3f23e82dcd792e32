import type { Text } from '@codemirror/state'
import type { IndexPath } from '../../core/path.ts'
import { ofItems } from './text-look.ts'

/** A text that a field may hold, and what it is. */
export type OfferedText = { readonly text: string; readonly note: string }

const containerLists = new Set(['containers', 'initContainers', 'ephemeralContainers'])

/** What the object itself has under the names that a field refers to: its volumes, containers, ports. None for most fields. */
export function ownNames(text: Text, path: IndexPath): readonly OfferedText[] {
  const container = path.findLastIndex(
    (step, at) => typeof step === 'number' && containerLists.has(String(path[at - 1])),
  )
  if (container < 0) return volumeOf(text, path)
  const [pod, inside] = [path.slice(0, container - 1), path.slice(container + 1)]
  const within = inside.filter(step => typeof step === 'string').join('.')
  switch (within) {
    case 'volumeMounts.name':
    case 'volumeDevices.name':
      return [...volumes(text, pod), ...claims(text, pod)]
    case 'env.valueFrom.resourceFieldRef.containerName':
      return containers(text, pod)
    case 'env.valueFrom.resourceFieldRef.resource':
      return known(resources)
    case 'env.valueFrom.fieldRef.fieldPath':
      return known(fieldPaths)
    default:
      return /(httpGet|tcpSocket)\.port$/.test(within) ? ports(text, path.slice(0, container + 1)) : []
  }
}

/** Fields of volumes, which hold files made of a Pod's own fields. */
function volumeOf(text: Text, path: IndexPath): readonly OfferedText[] {
  const names = path.filter(step => typeof step === 'string').join('.')
  const at = path.lastIndexOf('volumes')
  if (at < 0 || !/downwardAPI\.items\./.test(names)) return /\btopologyKey$/.test(names) ? known(topologyKeys) : []
  if (/fieldRef\.fieldPath$/.test(names)) return known(fieldPaths.slice(0, 5))
  if (/resourceFieldRef\.resource$/.test(names)) return known(resources)
  return /resourceFieldRef\.containerName$/.test(names) ? containers(text, path.slice(0, at)) : []
}

function volumes(text: Text, pod: IndexPath): readonly OfferedText[] {
  return ofItems(text, [...pod, 'volumes'], ['name']).map(name => ({ text: name, note: 'volumes' }))
}

/** A StatefulSet makes a volume of each of its claims. */
function claims(text: Text, pod: IndexPath): readonly OfferedText[] {
  const isTemplate = pod.length === 3 && pod[0] === 'spec' && pod[1] === 'template'
  const names = isTemplate ? ofItems(text, ['spec', 'volumeClaimTemplates'], ['metadata', 'name']) : []
  return names.map(name => ({ text: name, note: 'volumeClaimTemplates' }))
}

function containers(text: Text, pod: IndexPath): readonly OfferedText[] {
  return ['containers', 'initContainers'].flatMap(list =>
    ofItems(text, [...pod, list], ['name']).map(name => ({ text: name, note: list })),
  )
}

function ports(text: Text, container: IndexPath): readonly OfferedText[] {
  const list = [...container, 'ports']
  const [names, numbers] = [ofItems(text, list, ['name']), ofItems(text, list, ['containerPort'])]
  return numbers.flatMap((number, index) => {
    const name = names[index] ?? ''
    return [...(name === '' ? [] : [{ text: name, note: number }]), { text: number, note: name }]
  })
}

function known(texts: readonly string[]): readonly OfferedText[] {
  return texts.map(text => ({ text, note: '' }))
}

// What the schema has as any text. Go: `pkg/apis/core/validation` (validEnvDownwardAPIFieldPathExpressions), `pkg/fieldpath`.
const fieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  'metadata.annotations',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
const resources = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
]
const topologyKeys = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region']
