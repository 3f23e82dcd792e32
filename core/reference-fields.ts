import type { IndexPath } from './path.ts'

/** What a field's text is the name of. `group` is null where only the kind is known; `namespace` null for the object's own one (or none). */
export type NamedKind = { readonly group: string | null; readonly kind: string; readonly namespace: string | null }

/** What a field's text is one of, of another object: a key of its data, a port, a Gateway's listener. */
export type NamedPart = NamedKind & {
  readonly name: string
  readonly of: 'data' | 'port-names' | 'port-numbers' | 'listeners'
}

/** The text at another place of the same object; '' where there is none. */
export type Look = (path: IndexPath) => string

const core = ''
type Kind = readonly [group: string, kind: string]

/** Fields that are a name, by their key, wherever they stand. */
const named: Readonly<Record<string, Kind>> = {
  secretName: [core, 'Secret'],
  serviceAccountName: [core, 'ServiceAccount'],
  claimName: [core, 'PersistentVolumeClaim'],
  nodeName: [core, 'Node'],
  persistentVolumeName: [core, 'PersistentVolume'],
  priorityClassName: ['scheduling.k8s.io', 'PriorityClass'],
  runtimeClassName: ['node.k8s.io', 'RuntimeClass'],
  storageClassName: ['storage.k8s.io', 'StorageClass'],
  volumeAttributesClassName: ['storage.k8s.io', 'VolumeAttributesClass'],
  ingressClassName: ['networking.k8s.io', 'IngressClass'],
  gatewayClassName: ['gateway.networking.k8s.io', 'GatewayClass'],
  volumeSnapshotClassName: ['snapshot.storage.k8s.io', 'VolumeSnapshotClass'],
  deviceClassName: ['resource.k8s.io', 'DeviceClass'],
  resourceClaimName: ['resource.k8s.io', 'ResourceClaim'],
  resourceClaimTemplateName: ['resource.k8s.io', 'ResourceClaimTemplate'],
}

/** Fields that are a name in one kind alone, by that and their place. */
const namedIn: Readonly<Record<string, Kind>> = {
  'PersistentVolumeClaim spec.volumeName': [core, 'PersistentVolume'],
  'StatefulSet spec.serviceName': [core, 'Service'],
}

/** Maps whose `name` is one, by their key. */
const naming: Readonly<Record<string, Kind>> = {
  configMapKeyRef: [core, 'ConfigMap'],
  configMapRef: [core, 'ConfigMap'],
  configMap: [core, 'ConfigMap'],
  secretKeyRef: [core, 'Secret'],
  secretRef: [core, 'Secret'],
  secret: [core, 'Secret'],
  service: [core, 'Service'],
}

/** Maps whose `name` is that of the kind which they say, as those do whose key ends in `Ref`. */
const sayingKind: ReadonlySet<string> = new Set(['dataSource'])

/** Lists whose items' `name` is one, by their key: of this kind where the item says no other. */
const listing: Readonly<Record<string, Kind>> = {
  imagePullSecrets: [core, 'Secret'],
  secrets: [core, 'Secret'],
  backendRefs: [core, 'Service'],
  certificateRefs: [core, 'Secret'],
  parentRefs: ['gateway.networking.k8s.io', 'Gateway'],
}

/**
 * What the text of a field is the name of, by the names that Kubernetes gives such fields; null for most. A `…Ref` with a
 * kind, as custom resources have them too, names that kind.
 */
export function namedKind(path: IndexPath, look: Look): NamedKind | null {
  const key = path.at(-1)
  if (typeof key !== 'string') return null
  if (key !== 'name') return whole(own(named, key) ?? own(namedIn, `${look(['kind'])} ${path.join('.')}`))
  const holder = path.slice(0, -1)
  const [list, last] = [holder.at(-2), holder.at(-1)]
  const namespace = look([...holder, 'namespace']) || null
  if (typeof last === 'number') {
    const kind = typeof list === 'string' ? own(listing, list) : null
    return kind && (byItself(holder, namespace, look) ?? { ...whole(kind), namespace })
  }
  if (last === undefined) return null
  const known = own(naming, last) ?? (/SecretRef$/.test(last) ? ([core, 'Secret'] as const) : null)
  if (known !== null) return { ...whole(known), namespace }
  return /Ref$/.test(last) || sayingKind.has(last) ? byItself(holder, namespace, look) : null
}

/** The account that a binding's subject names; null of users and groups, which are nowhere kept. */
export function namedSubject(path: IndexPath, look: Look): NamedKind | null {
  const [list, item, key] = path.slice(-3)
  const holder = path.slice(0, -1)
  if (list !== 'subjects' || typeof item !== 'number' || key !== 'name') return null
  if (look([...holder, 'kind']) !== 'ServiceAccount') return null
  return { group: core, kind: 'ServiceAccount', namespace: look([...holder, 'namespace']) || null }
}

/** Whether the text of a field is a namespace's name: that of the object, of a reference, of a binding's subject. */
export function namesNamespace(path: IndexPath, look: Look): boolean {
  if (path.at(-1) !== 'namespace') return false
  if (path.length === 2 && path[0] === 'metadata') return true
  const name = [...path.slice(0, -1), 'name']
  return namedKind(name, look) !== null || namedSubject(name, look) !== null
}

/** The part of another object that the text of a field names; null for most, and where the other object is not named. */
export function namedPart(path: IndexPath, look: Look): NamedPart | null {
  const holder = path.slice(0, -1)
  const key = path.at(-1)
  const below = (name: IndexPath, of: NamedPart['of']): NamedPart | null => {
    const kind = namedKind(name, look)
    const text = kind === null ? '' : look(name)
    return kind === null || text === '' ? null : { ...kind, name: text, of }
  }
  if (key === 'key' && /^(configMap|secret)KeyRef$/.test(String(holder.at(-1))))
    return below([...holder, 'name'], 'data')
  if (key === 'key' && holder.at(-2) === 'items') {
    const source = holder.slice(0, -2)
    return below([...source, 'name'], 'data') ?? below([...source, 'secretName'], 'data')
  }
  // Of webhooks, and of the Gateway API.
  if (key === 'port' && (holder.at(-1) === 'service' || holder.at(-2) === 'backendRefs'))
    return below([...holder, 'name'], 'port-numbers')
  if (key === 'sectionName' && holder.at(-2) === 'parentRefs') return below([...holder, 'name'], 'listeners')
  if (holder.at(-1) !== 'port' || holder.at(-2) !== 'service') return null
  const service = [...holder.slice(0, -1), 'name']
  if (key === 'name') return below(service, 'port-names')
  return key === 'number' ? below(service, 'port-numbers') : null
}

/** Any reference that says its kind: `scaleTargetRef`, `roleRef`, `claimRef`, `targetRef`, and those of custom resources. */
function byItself(holder: IndexPath, namespace: string | null, look: Look): NamedKind | null {
  const said = (key: string) => look([...holder, key])
  const kind = said('kind')
  if (kind === '') return null
  const [version, group] = said('apiVersion').split('/').reverse()
  const named = said('apiGroup') || said('group')
  return { group: named || (version ? (group ?? core) : null), kind, namespace }
}

function own(table: Readonly<Record<string, Kind>>, key: string): Kind | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null
}

function whole(kind: Kind): NamedKind
function whole(kind: Kind | null): NamedKind | null
function whole(kind: Kind | null): NamedKind | null {
  return kind && { group: kind[0], kind: kind[1], namespace: null }
}
