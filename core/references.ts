import { textAt } from './conditions.ts'
import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject, metadataText } from './object.ts'
import { formatPath, type Path, type Step } from './path.ts'

/**
 * Another object that an object names. `group` is null where only the kind is known; `namespace` is null for the object's
 * own one (or a cluster-scoped kind). `optional`: the object does without it. `path` says where, as `formatPath` does.
 */
export type Reference = {
  readonly group: string | null
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  readonly optional: boolean
  readonly path: string
}

type Named = Pick<Reference, 'group' | 'kind' | 'name'> & { readonly namespace?: string | null }

/**
 * The objects that an object names, by the names that Kubernetes gives such fields: those of Pods and Pod templates wherever
 * they stand, of Ingresses, volumes, autoscalers, roles' bindings and webhooks, and any `…Ref` with a kind and a name, as
 * custom resources have them. Not its owners, and nothing of its status but the addresses that EndpointSlices hold.
 */
export function referencesOf(object: JsonObject): readonly Reference[] {
  const found = new Map<string, Reference>()
  // What stands in their data is text of somebody else's.
  if (object.apiVersion === 'v1' && (object.kind === 'ConfigMap' || object.kind === 'Secret')) return []
  const { metadata: _, status: __, ...rest } = object
  walk(rest, [], object, reference => {
    const { group, kind, namespace, name } = reference
    const key = JSON.stringify([group, kind, namespace, name])
    // One that is needed in one place is needed.
    const known = found.get(key)
    if (known === undefined || (known.optional && !reference.optional)) found.set(key, reference)
  })
  return [...found.values()]
}

/** Deeper than any kind's fields lie. */
const deepest = 40

function walk(value: Json, path: Path, root: JsonObject, found: (reference: Reference) => void): void {
  if (path.length > deepest) return
  if (isList(value)) {
    value.forEach((item, index) => {
      walk(item, [...path, stepOf(item, index)], root, found)
    })
    return
  }
  if (!isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    const place = [...path, key]
    for (const named of namedBy(key, inner, value, root)) {
      if (named.name === '') continue
      const { group, kind, name, namespace = null } = named
      const optional = fieldOf(isObject(inner) ? inner : value, 'optional') === true
      found({ group, kind, name, namespace, optional, path: formatPath(place) })
    }
    walk(inner, place, root, found)
  }
}

/** Items with a name are told by it, others by their place. */
function stepOf(item: Json, index: number): Step {
  const name = isObject(item) ? textAt(item, 'name') : ''
  return name === '' ? index : { keys: { name } }
}

const core = ''

/** What a field names, by its key; none for most. */
function namedBy(key: string, value: Json, holder: JsonObject, root: JsonObject): readonly Named[] {
  if (typeof value === 'string') {
    const named = byText(key, value, holder, root)
    return named === null ? [] : [named]
  }
  if (isList(value)) return key === 'imagePullSecrets' || key === 'secrets' ? value.flatMap(secretName) : []
  if (!isObject(value)) return []
  const named = byMap(key, value)
  return named === null ? [] : [named]
}

function secretName(item: Json): readonly Named[] {
  return isObject(item) ? [{ group: core, kind: 'Secret', name: textAt(item, 'name') }] : []
}

function byText(key: string, name: string, holder: JsonObject, root: JsonObject): Named | null {
  switch (key) {
    case 'secretName':
      return { group: core, kind: 'Secret', name }
    case 'serviceAccountName':
      return { group: core, kind: 'ServiceAccount', name }
    case 'claimName':
      return { group: core, kind: 'PersistentVolumeClaim', name }
    case 'nodeName':
      return { group: core, kind: 'Node', name }
    case 'priorityClassName':
      return { group: 'scheduling.k8s.io', kind: 'PriorityClass', name }
    case 'runtimeClassName':
      return { group: 'node.k8s.io', kind: 'RuntimeClass', name }
    case 'storageClassName':
      return { group: 'storage.k8s.io', kind: 'StorageClass', name }
    case 'ingressClassName':
      return { group: 'networking.k8s.io', kind: 'IngressClass', name }
    case 'gatewayClassName':
      return { group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name }
    case 'volumeName':
      return root.kind === 'PersistentVolumeClaim' ? { group: core, kind: 'PersistentVolume', name } : null
    case 'serviceName':
      return root.kind === 'StatefulSet' && isObject(holder.template) ? { group: core, kind: 'Service', name } : null
    default:
      return null
  }
}

function byMap(key: string, value: JsonObject): Named | null {
  const [name, namespace] = [textAt(value, 'name'), textAt(value, 'namespace') || null]
  switch (key) {
    case 'configMapKeyRef':
    case 'configMapRef':
    case 'configMap':
      return { group: core, kind: 'ConfigMap', name, namespace }
    case 'secretKeyRef':
    case 'secretRef':
    case 'secret':
      return { group: core, kind: 'Secret', name, namespace }
    case 'service':
      return { group: core, kind: 'Service', name, namespace }
    default:
      if (/SecretRef$/.test(key)) return { group: core, kind: 'Secret', name, namespace }
      return /Ref$/.test(key) && textAt(value, 'kind') !== '' ? byReference(value) : null
  }
}

/** Any reference that says its kind: `scaleTargetRef`, `roleRef`, `claimRef`, `targetRef`, and those of custom resources. */
function byReference(value: JsonObject): Named {
  const [version, group] = textAt(value, 'apiVersion').split('/').reverse()
  const said = fieldOf(value, 'apiGroup') ?? fieldOf(value, 'group')
  return {
    group: typeof said === 'string' ? said : version ? (group ?? core) : null,
    kind: textAt(value, 'kind'),
    name: textAt(value, 'name'),
    namespace: textAt(value, 'namespace') || null,
  }
}

/** The service accounts and others to whom a RoleBinding or ClusterRoleBinding grants its role. */
export function subjectsOf(binding: JsonObject): readonly Reference[] {
  const subjects = fieldOf(binding, 'subjects')
  return (isList(subjects) ? subjects.filter(isObject) : []).flatMap((subject, index) => {
    if (textAt(subject, 'kind') !== 'ServiceAccount') return []
    const namespace = textAt(subject, 'namespace') || metadataText(binding, 'namespace')
    const path = formatPath(['subjects', index])
    return [{ group: core, kind: 'ServiceAccount', namespace, name: textAt(subject, 'name'), optional: false, path }]
  })
}
