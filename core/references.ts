import { textAt } from './conditions.ts'
import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject, metadataText } from './object.ts'
import { formatPath, type IndexPath, type Path, type Step } from './path.ts'
import { type Look, type NamedKind, namedKind } from './reference-fields.ts'

/**
 * Another object that an object names. `group` is null where only the kind is known; `namespace` is null for the object's
 * own one (or a cluster-scoped kind). `optional`: the object does without it. `path` says where, as `formatPath` does, and
 * `place` where exactly the name stands.
 */
export type Reference = NamedKind & {
  readonly name: string
  readonly optional: boolean
  readonly path: string
  readonly place: IndexPath
}

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
  walk(rest, { path: [], place: [], holder: object, look: lookIn(object) }, reference => {
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

/** Where the walk is: `path` tells list items by their names, `place` by their positions. */
type Here = { readonly path: Path; readonly place: IndexPath; readonly holder: JsonObject; readonly look: Look }

function walk(value: Json, here: Here, found: (reference: Reference) => void): void {
  const { path, place, holder, look } = here
  if (path.length > deepest) return
  if (typeof value === 'string') {
    const kind = value === '' ? null : namedKind(place, look)
    if (kind === null) return
    const optional = fieldOf(holder, 'optional') === true
    found({ ...kind, name: value, optional, path: formatPath(withoutName(path)), place })
  } else if (isList(value)) {
    value.forEach((item, index) => {
      walk(item, { ...here, path: [...path, stepOf(item, index)], place: [...place, index] }, found)
    })
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      walk(inner, { path: [...path, key], place: [...place, key], holder: value, look }, found)
    }
  }
}

/** A reference is told by what holds its name: `secretRef`, `imagePullSecrets`. */
function withoutName(path: Path): Path {
  if (path.at(-1) !== 'name') return path
  return typeof path.at(-2) === 'string' ? path.slice(0, -1) : path.slice(0, -2)
}

function lookIn(object: JsonObject): Look {
  return path => {
    let value: Json | undefined = object
    for (const step of path) {
      if (typeof step === 'number') value = isList(value) ? value[step] : undefined
      else value = isObject(value) ? fieldOf(value, step) : undefined
    }
    return typeof value === 'string' ? value : ''
  }
}

/** Items with a name are told by it, others by their place. */
function stepOf(item: Json, index: number): Step {
  const name = isObject(item) ? textAt(item, 'name') : ''
  return name === '' ? index : { keys: { name } }
}

/** The service accounts and others to whom a RoleBinding or ClusterRoleBinding grants its role. */
export function subjectsOf(binding: JsonObject): readonly Reference[] {
  const subjects = fieldOf(binding, 'subjects')
  return (isList(subjects) ? subjects.filter(isObject) : []).flatMap((subject, index) => {
    if (textAt(subject, 'kind') !== 'ServiceAccount') return []
    const namespace = textAt(subject, 'namespace') || metadataText(binding, 'namespace')
    const [name, place] = [textAt(subject, 'name'), ['subjects', index, 'name']]
    const path = formatPath(['subjects', index])
    return [{ group: '', kind: 'ServiceAccount', namespace, name, optional: false, path, place }]
  })
}
