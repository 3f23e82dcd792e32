import { canonicalJson, type Json } from './json.ts'
import { fieldOf, isList, isObject } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'
import { type IndexPath, type ItemIdentity, identityValue, type Path, type Step } from './path.ts'

/**
 * What is known of one place of an object: the schema, and inside pod templates also the built-in pod fields, which
 * speak where the schema is silent (custom resources without list types, servers whose OpenAPI lacks them).
 */
export type Ground = {
  readonly schema: PatchSchema | null
  readonly pod: PodField | null
  /** True for an object of which one member is set at a time (`retainKeys`: a volume, a Deployment's strategy). */
  readonly union: boolean
}

/** The ground of a whole object. The values (its versions being compared) tell a pod template by its shape. */
export function rootGround(schema: PatchSchema | null, ...values: readonly (Json | undefined)[]): Ground {
  return atPodTemplate({ schema, pod: null, union: false }, values)
}

/** The ground of a field, given the values it has in the versions being compared. */
export function fieldGround(ground: Ground, key: string, ...values: readonly (Json | undefined)[]): Ground {
  const schema = ground.schema?.field(key) ?? null
  const union = schema !== null && schema.type !== 'array' && schema.strategies.includes('retainKeys')
  return atPodTemplate({ schema, pod: ground.pod?.fields?.get(key) ?? null, union }, values)
}

/** The ground of a list's item, given the values it has in the versions being compared. */
export function itemGround(ground: Ground, ...values: readonly (Json | undefined)[]): Ground {
  const schema = ground.schema?.items() ?? null
  // Both speak of a list's items at the list: a strategy, and the table's fields (it has no lists of lists).
  const union = ground.schema?.strategies.includes('retainKeys') || ground.pod?.union === true
  return atPodTemplate({ schema, pod: ground.pod, union }, values)
}

function atPodTemplate(ground: Ground, values: readonly (Json | undefined)[]): Ground {
  return ground.pod === null && values.some(isPodTemplate) ? { ...ground, pod: podTemplate } : ground
}

/** Known by its shape, wherever it stands: `spec.containers` is a list of named items. */
function isPodTemplate(value: Json | undefined): boolean {
  const spec = isObject(value) ? fieldOf(value, 'spec') : undefined
  const containers = isObject(spec) ? fieldOf(spec, 'containers') : undefined
  return isList(containers) && containers.length > 0 && containers.every(isNamed)
}

function isNamed(item: Json): boolean {
  return isObject(item) && typeof fieldOf(item, 'name') === 'string'
}

/** How the items of a list are told apart: not at all, by their own value, or by some of their fields together. */
export type ListRule = 'atomic' | 'set' | readonly string[]

/**
 * The rule of a list. `x-kubernetes-list-type` and its keys decide. Where the list type is absent (OpenAPI before 1.31 for
 * many lists of pods, and custom resources), the built-in pod fields, then the merge key: there it is an identity
 * only because `identifyItems` refuses lists in which it is not unique.
 */
export function listRule(ground: Ground): ListRule {
  const { schema, pod } = ground
  if (schema !== null && schema.listType !== null) {
    if (schema.listType === 'map') return schema.listMapKeys.length > 0 ? schema.listMapKeys : 'atomic'
    return schema.listType
  }
  if (pod?.list !== undefined) return pod.list
  if (schema === null || !schema.strategies.includes('merge')) return 'atomic'
  if (schema.mergeKey !== null) return [schema.mergeKey]
  return schema.items()?.type === 'scalar' ? 'set' : 'atomic'
}

/** A list's item with its identity, in the order of the list. `id` is the same text for equal identities. */
export type IdentifiedItem = { readonly id: string; readonly step: ItemIdentity; readonly value: Json }

/** The items by identity, null when the list is atomic: by its rule, or since an item has no identity or shares it. */
export function identifyItems(list: readonly Json[], ground: Ground): ReadonlyMap<string, IdentifiedItem> | null {
  const rule = listRule(ground)
  if (rule === 'atomic') return null
  const itemSchema = ground.schema?.items() ?? null
  const items = new Map<string, IdentifiedItem>()
  for (const value of list) {
    const step = rule === 'set' ? { value } : keysOf(value, rule, itemSchema)
    if (step === null) return null
    const id = canonicalJson('value' in step ? step.value : step.keys)
    if (items.has(id)) return null
    items.set(id, { id, step, value })
  }
  return items
}

function keysOf(item: Json, keys: readonly string[], schema: PatchSchema | null): ItemIdentity | null {
  const found: [string, Json][] = []
  for (const key of keys) {
    const value = identityValue(item, key, schema)
    if (value === undefined || typeof value === 'object') return null
    found.push([key, value])
  }
  return isObject(item) ? { keys: Object.fromEntries(found) } : null
}

/**
 * The place with list items by identity instead of position, wherever they have one: so that it also means the same in
 * another version of the object. Steps below a place that is not there are kept as they are.
 */
export function identityPath(root: Json, path: IndexPath, schema: PatchSchema | null): Path {
  const result: Step[] = []
  let value: Json | undefined = root
  let ground = rootGround(schema, root)
  for (const step of path) {
    if (isList(value) && typeof step === 'number') {
      const item: Json | undefined = value[step]
      const items = identifyItems(value, ground)
      result.push((items === null ? undefined : [...items.values()][step]?.step) ?? step)
      value = item
      ground = itemGround(ground, item)
    } else {
      const key = String(step)
      result.push(isObject(value) ? key : step)
      value = isObject(value) ? fieldOf(value, key) : undefined
      ground = fieldGround(ground, key, value)
    }
  }
  return result
}

/** A field of the built-in pod template: a list's rule, the fields of the object or of the list's items, whether these are unions. */
type PodField = {
  readonly list?: ListRule
  readonly fields?: ReadonlyMap<string, PodField>
  readonly union?: true
}

const by = (...list: readonly string[]): PodField => ({ list })

const fields = (table: Readonly<Record<string, PodField>>): PodField => ({ fields: new Map(Object.entries(table)) })

const container: PodField = {
  ...by('name'),
  ...fields({
    env: by('name'),
    ports: by('containerPort', 'protocol'),
    volumeMounts: by('mountPath'),
    volumeDevices: by('devicePath'),
    resources: fields({ claims: by('name') }),
  }),
}

// The lists of Kubernetes' own PodTemplateSpec that are maps or sets; all others there are atomic.
const podTemplate: PodField = fields({
  metadata: fields({ finalizers: { list: 'set' }, ownerReferences: by('uid') }),
  spec: fields({
    containers: container,
    initContainers: container,
    ephemeralContainers: container,
    volumes: { ...by('name'), union: true },
    imagePullSecrets: by('name'),
    hostAliases: by('ip'),
    resourceClaims: by('name'),
    schedulingGates: by('name'),
    topologySpreadConstraints: by('topologyKey', 'whenUnsatisfiable'),
  }),
})
