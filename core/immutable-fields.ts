import { mapAt, numberAt, textAt } from './conditions.ts'
import { type Change, diffObjects } from './diff.ts'
import { canonicalJson, type Json, type JsonObject } from './json.ts'
import { isList } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'
import { type Path, startsWithPath, valueAt } from './path.ts'

/**
 * When a field keeps the value that it was given: `always`; `once-set`, it may be set while it is empty;
 * `first-once-set`, so is the first item of a list; `only-added`, `only-removed`, items of a list; `only-lowered`, a number;
 * `while-marked`, where the object says `immutable: true`; `while-running`, a Job that is not suspended; `unless-indexed`,
 * a Job's completions; `until-bound`, a claim's size, and whatever else only a bound claim lets through.
 */
export type ImmutableWhen =
  | 'always'
  | 'once-set'
  | 'first-once-set'
  | 'only-added'
  | 'only-removed'
  | 'only-lowered'
  | 'while-marked'
  | 'while-running'
  | 'unless-indexed'
  | 'until-bound'

/** A field of a built-in kind that the server does not let change. Names from the root, list items left out: `spec.selector`. */
export type ImmutableField = {
  readonly field: string
  readonly when: ImmutableWhen
  /** Fields below it that may change all the same, or have a rule of their own. */
  readonly but: readonly string[]
}

const always = (...fields: readonly string[]) => fields.map(field => rule(field, 'always'))
const onceSet = (...fields: readonly string[]) => fields.map(field => rule(field, 'once-set'))

function rule(field: string, when: ImmutableWhen, but: readonly string[] = []): ImmutableField {
  return { field, when, but }
}

/**
 * By group and kind. From the `Validate…Update` functions of Kubernetes 1.37, `pkg/apis/<group>/validation/validation.go`
 * (apiextensions-apiserver for definitions, kube-aggregator for APIServices). Fields whose change the server drops without
 * a word (`metadata.uid`, a CertificateSigningRequest's spec) are not here: the review tells of those.
 */
const table: Readonly<Record<string, readonly ImmutableField[]>> = {
  // ValidatePodUpdate, and the subresources `resize` and `ephemeralcontainers`.
  '/Pod': [
    rule('spec', 'always', [
      ...['containers', 'initContainers'].flatMap(list =>
        ['image', 'resources', 'resizePolicy'].map(field => `spec.${list}.${field}`),
      ),
      'spec.resources',
      'spec.ephemeralContainers',
      'spec.activeDeadlineSeconds',
      'spec.terminationGracePeriodSeconds',
      'spec.tolerations',
      'spec.schedulingGates',
    ]),
    rule('spec.activeDeadlineSeconds', 'only-lowered'),
    rule('spec.tolerations', 'only-added'),
    rule('spec.schedulingGates', 'only-removed'),
  ],
  '/Service': [
    ...onceSet('spec.clusterIP', 'spec.healthCheckNodePort', 'spec.loadBalancerClass'),
    rule('spec.clusterIPs', 'first-once-set'),
    rule('spec.ipFamilies', 'first-once-set'),
  ],
  '/PersistentVolumeClaim': [
    rule('spec', 'always', [
      'spec.resources.requests',
      'spec.volumeAttributesClassName',
      'spec.volumeName',
      'spec.storageClassName',
    ]),
    ...onceSet('spec.volumeName', 'spec.storageClassName'),
    rule('spec.resources.requests', 'until-bound'),
    rule('spec.volumeAttributesClassName', 'until-bound'),
  ],
  // Its source stands beside what may change.
  '/PersistentVolume': [
    rule('spec', 'always', [
      ...['spec.accessModes', 'spec.capacity', 'spec.claimRef', 'spec.mountOptions', 'spec.nodeAffinity'],
      ...['spec.persistentVolumeReclaimPolicy', 'spec.storageClassName', 'spec.volumeAttributesClassName'],
      'spec.csi.controllerExpandSecretRef',
    ]),
    ...onceSet('spec.csi.controllerExpandSecretRef'),
  ],
  '/ConfigMap': ['data', 'binaryData', 'immutable'].map(field => rule(field, 'while-marked')),
  '/Secret': [...always('type'), ...['data', 'stringData', 'immutable'].map(field => rule(field, 'while-marked'))],
  '/Node': onceSet('spec.podCIDR', 'spec.podCIDRs', 'spec.providerID'),
  '/ResourceQuota': always('spec.scopes', 'spec.scopeSelector'),
  'apps/Deployment': always('spec.selector'),
  'apps/ReplicaSet': always('spec.selector'),
  'apps/DaemonSet': always('spec.selector'),
  'apps/StatefulSet': always(
    'spec.selector',
    'spec.volumeClaimTemplates',
    'spec.serviceName',
    'spec.podManagementPolicy',
  ),
  'apps/ControllerRevision': always('data'),
  'batch/Job': [
    ...always('spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.backoffLimitPerIndex'),
    ...always('spec.managedBy', 'spec.successPolicy'),
    rule('spec.template', 'while-running'),
    rule('spec.completions', 'unless-indexed'),
  ],
  'rbac.authorization.k8s.io/RoleBinding': always('roleRef'),
  'rbac.authorization.k8s.io/ClusterRoleBinding': always('roleRef'),
  'storage.k8s.io/StorageClass': always('parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'),
  'storage.k8s.io/CSIDriver': always('spec.attachRequired', 'spec.volumeLifecycleModes'),
  'storage.k8s.io/CSIStorageCapacity': always('nodeTopology', 'storageClassName'),
  'storage.k8s.io/VolumeAttachment': always('spec'),
  'storage.k8s.io/VolumeAttributesClass': always('driverName', 'parameters'),
  'networking.k8s.io/IngressClass': always('spec.controller'),
  'networking.k8s.io/IPAddress': always('spec.parentRef'),
  'scheduling.k8s.io/PriorityClass': always('value', 'preemptionPolicy'),
  'node.k8s.io/RuntimeClass': always('handler'),
  'discovery.k8s.io/EndpointSlice': always('addressType'),
  'resource.k8s.io/ResourceClaim': always('spec'),
  'resource.k8s.io/ResourceClaimTemplate': always('spec'),
  'certificates.k8s.io/ClusterTrustBundle': always('spec.signerName'),
  'apiextensions.k8s.io/CustomResourceDefinition': always(
    'spec.group',
    'spec.names.plural',
    'spec.names.kind',
    'spec.scope',
  ),
  // The name of an APIService is made of these.
  'apiregistration.k8s.io/APIService': always('spec.group', 'spec.version'),
}

/** Fields that the server fills in again with what they were, or with their default, when they are left out. */
const filledIn: ReadonlySet<string> = new Set([
  ...['spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies', 'spec.podManagementPolicy', 'spec.completionMode'],
  ...['spec.healthCheckNodePort', 'spec.volumeMode', 'reclaimPolicy', 'volumeBindingMode', 'preemptionPolicy', 'type'],
  ...['spec.attachRequired', 'spec.volumeLifecycleModes', 'spec.names.kind', 'spec.selector'],
])

/** The immutable fields of a kind; none for kinds that are not built in. */
export function immutableFields(group: string, kind: string): readonly ImmutableField[] {
  return table[`${group}/${kind}`] ?? []
}

/**
 * The rule that a field of a kind is under, null where it may change. `names`: its keys from the root, positions in lists
 * left out. What a rule lets through below its field has no rule, or one of its own.
 */
export function immutableAt(group: string, kind: string, names: readonly string[]): ImmutableField | null {
  const rules = immutableFields(group, kind).filter(
    ({ field, but }) => within(names, field) && !but.some(free => within(names, free)),
  )
  return rules.toSorted((a, b) => b.field.length - a.field.length)[0] ?? null
}

/** A change that the server refuses since the field keeps its value, and the rule that says so. */
export type RefusedChange = { readonly path: Path; readonly rule: ImmutableField }

/**
 * The changes between two versions of an object that the server refuses, in the object's order. Each stands at the finest
 * place that differs. `changes` may be given where they are known: those of `diffObjects`.
 */
export function refusedChanges(
  before: JsonObject,
  after: JsonObject,
  schema: PatchSchema | null,
  changes: readonly Change[] = diffObjects(before, after, schema),
): readonly RefusedChange[] {
  const [group, kind] = groupAndKind(before)
  return immutableFields(group, kind)
    .filter(rule => isInForce(rule, before, after))
    .flatMap(rule => changes.filter(change => breaks(rule, change, before)).map(({ path }) => ({ path, rule })))
}

/** An object's group ('' for core) and kind. */
export function groupAndKind(object: JsonObject): readonly [group: string, kind: string] {
  const [version, group] = textAt(object, 'apiVersion').split('/').reverse()
  return [version === undefined ? '' : (group ?? ''), textAt(object, 'kind')]
}

function breaks({ field, when, but }: ImmutableField, change: Change, before: JsonObject): boolean {
  const names = namesOf(change.path)
  if (!within(names, field) || but.some(free => within(names, free))) return false
  if (change.kind === 'removed' && filledIn.has(names.join('.'))) return field === 'spec.selector' && isTyped(before)
  switch (when) {
    case 'only-added':
      return change.kind !== 'added' && !isLonger(change)
    case 'only-removed':
      return change.kind !== 'removed'
    case 'once-set':
    case 'first-once-set':
      return change.kind !== 'added'
    default:
      return true
  }
}

/** A Job's selector is made by the server; the others' stand in the text. */
function isTyped(object: JsonObject): boolean {
  return object.kind !== 'Job'
}

/** Whether a list that is compared as a whole only grew. */
function isLonger(change: Change): boolean {
  if (change.kind !== 'changed' || !isList(change.from) || !isList(change.to)) return false
  const there = new Set(change.to.map(item => canonicalJson(item)))
  return change.from.every(item => there.has(canonicalJson(item)))
}

function isInForce({ field, when }: ImmutableField, before: JsonObject, after: JsonObject): boolean {
  const path = field.split('.')
  const [was, is] = [valueAt(before, path), valueAt(after, path)]
  switch (when) {
    case 'while-marked':
      return before.immutable === true
    case 'while-running':
      return mapAt(before, 'spec').suspend !== true
    case 'unless-indexed':
      return textAt(mapAt(after, 'spec'), 'completionMode') !== 'Indexed'
    case 'until-bound':
      return textAt(mapAt(before, 'status'), 'phase') !== 'Bound'
    case 'only-lowered':
      return !isLowered(before, after, path)
    case 'once-set':
      return !isEmpty(was) && !isOtherService(field, before, after)
    case 'first-once-set':
      return isList(was) && isList(is) && was[0] !== is[0] && !isOtherService(field, before, after)
    default:
      return true
  }
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (isList(value) && value.length === 0)
}

function isLowered(before: JsonObject, after: JsonObject, path: readonly string[]): boolean {
  const at = (object: JsonObject) => {
    const holder = path.slice(0, -1).reduce((map, key) => mapAt(map, key), object)
    return numberAt(holder, path.at(-1) ?? '')
  }
  const [was, is] = [at(before), at(after)]
  return was === null || (is !== null && is <= was)
}

/** A Service from or to ExternalName, without an address (before and after), or of another type where the field hangs on the type. */
function isOtherService(field: string, before: JsonObject, after: JsonObject): boolean {
  if (before.kind !== 'Service') return false
  const [was, is] = [mapAt(before, 'spec'), mapAt(after, 'spec')]
  const isExternal = [was, is].some(spec => textAt(spec, 'type') === 'ExternalName')
  if (field === 'spec.loadBalancerClass' || field === 'spec.healthCheckNodePort') return was.type !== is.type
  const headless = [was, is].map(spec => spec.clusterIP === 'None')
  return isExternal || (field === 'spec.ipFamilies' ? headless.includes(true) : headless.every(Boolean))
}

/** The map keys of a path: which field it is of, whatever the list item. */
export function namesOf(path: Path): readonly string[] {
  return path.filter(step => typeof step === 'string')
}

function within(names: readonly string[], field: string): boolean {
  return startsWithPath(names, field.split('.'))
}
