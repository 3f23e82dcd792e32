import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject, metadataText } from './object.ts'
import { formatPath } from './path.ts'

/**
 * Why a field is left out of a copy. `identity`: who the object is (uid, versions, times); `status`: what was observed;
 * `applied`: what a client remembered; `owner`: whom it belongs to; `finalizer`: what holds its deletion; `allocated`: an
 * address or port that only one can have; `bound`: the node or volume that it was given; `controller`: labels and selectors
 * by which a controller knows it; `injected`: what admission put in and will put in again; `token`: a credential that the
 * server made.
 */
export type CopyReason =
  | 'identity'
  | 'status'
  | 'applied'
  | 'owner'
  | 'finalizer'
  | 'allocated'
  | 'bound'
  | 'controller'
  | 'injected'
  | 'token'

/** Why a field is left out of a copy; `path` as `formatPath` writes it. */
export type LeftOut = { readonly path: string; readonly why: CopyReason }

/** Fields that are left out: of these kinds (`group/Kind`; null for all), at `path` (`*`: each item), where `when` says so. */
type Rule = {
  readonly kinds: readonly string[] | null
  readonly path: readonly string[]
  readonly why: CopyReason
  readonly when?: (value: Json, object: JsonObject) => boolean
}

const workloads = ['/Pod', 'batch/Job', 'apps/ReplicaSet', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/Deployment']

/** The labels by which controllers know what they made. (Kubernetes: well-known labels, annotations and taints.) */
const controllerLabels = [
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'job-name',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
]

const controllerAnnotations = [
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.daemonset.template.generation',
  'batch.kubernetes.io/job-tracking',
  'batch.kubernetes.io/cronjob-scheduled-timestamp',
  'batch.kubernetes.io/job-completion-index',
  'autoscaling.alpha.kubernetes.io/conditions',
  'autoscaling.alpha.kubernetes.io/current-metrics',
  'control-plane.alpha.kubernetes.io/leader',
  'endpoints.kubernetes.io/last-change-trigger-time',
]

const bindingAnnotations = [
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'pv.kubernetes.io/provisioned-by',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'volume.kubernetes.io/storage-resizer',
]

const isManual = (object: JsonObject): boolean => at(object, ['spec', 'manualSelector']) === true
const isTokenSecret = (_: Json, { type }: JsonObject): boolean => type === 'kubernetes.io/service-account-token'
const containerLists = ['containers', 'initContainers', 'ephemeralContainers']

/** The rules, in the order in which they are told. What is not named here is the person's, and stays. */
const rules: readonly Rule[] = [
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'].map(of('identity')),
  ...['deletionTimestamp', 'deletionGracePeriodSeconds'].map(of('identity')),
  // The object has its name by now: with both, a reader would ask which one counts.
  { ...of('identity')('generateName'), when: (_, object) => metadataText(object, 'name') !== null },
  { kinds: null, path: ['status'], why: 'status' },
  annotation('kubectl.kubernetes.io/last-applied-configuration', 'applied'),
  // Whoever needs one puts it there again.
  of('finalizer')('finalizers'),
  ...controllerAnnotations.map(name => annotation(name, 'controller')),
  ...bindingAnnotations.map(name => annotation(name, 'bound')),
  ...controllerLabels.map(name => label(['metadata', 'labels', name])),
  ...controllerLabels.flatMap(name => [
    label(['spec', 'template', 'metadata', 'labels', name]),
    // A Job whose selector its author chose keeps it.
    { ...label(['spec', 'selector', 'matchLabels', name]), kinds: ['apps/ReplicaSet'] },
  ]),
  { kinds: ['batch/Job'], path: ['spec', 'selector'], why: 'controller', when: (_, object) => !isManual(object) },
  { kinds: ['/Service'], path: ['spec', 'clusterIP'], why: 'allocated', when: value => value !== 'None' },
  { kinds: ['/Service'], path: ['spec', 'clusterIPs'], why: 'allocated', when: value => !includesNone(value) },
  { kinds: ['/Service'], path: ['spec', 'ipFamilies'], why: 'allocated' },
  { kinds: ['/Service'], path: ['spec', 'healthCheckNodePort'], why: 'allocated' },
  { kinds: ['/Service'], path: ['spec', 'ports', '*', 'nodePort'], why: 'allocated' },
  { kinds: ['/PersistentVolumeClaim'], path: ['spec', 'volumeName'], why: 'bound' },
  { kinds: ['/PersistentVolume'], path: ['spec', 'claimRef'], why: 'bound' },
  { kinds: ['/Pod'], path: ['spec', 'nodeName'], why: 'bound' },
  // Admission computes both from the priority class, and refuses others.
  { kinds: ['/Pod'], path: ['spec', 'priority'], why: 'injected' },
  { kinds: ['/Pod'], path: ['spec', 'preemptionPolicy'], why: 'injected' },
  // Such a container can only be put into a running Pod.
  { kinds: ['/Pod'], path: ['spec', 'ephemeralContainers'], why: 'injected' },
  { kinds: ['/Pod'], path: ['spec', 'serviceAccount'], why: 'injected' },
  { kinds: ['/Pod'], path: ['spec', 'tolerations', '*'], why: 'injected', when: isDefaultToleration },
  { kinds: ['/Pod'], path: ['spec', 'volumes', '*'], why: 'injected', when: isTokenVolume },
  ...containerLists.map(list => ({
    kinds: ['/Pod'],
    path: ['spec', list, '*', 'volumeMounts', '*'],
    why: 'injected' as const,
    when: isTokenMount,
  })),
  { kinds: ['/Secret'], path: ['data'], why: 'token', when: isTokenSecret },
  { ...annotation('kubernetes.io/service-account.uid', 'token'), kinds: ['/Secret'] },
  { kinds: ['/ServiceAccount'], path: ['secrets', '*'], why: 'token', when: isOwnToken },
  { kinds: ['/Namespace'], path: ['spec', 'finalizers'], why: 'finalizer' },
  { ...label(['metadata', 'labels', 'kubernetes.io/metadata.name']), kinds: ['/Namespace'] },
  ...['podCIDR', 'podCIDRs', 'providerID'].map(field => ({
    kinds: ['/Node'],
    path: ['spec', field],
    why: 'allocated' as const,
  })),
  ...['uid', 'username', 'groups', 'extra'].map(field => ({
    kinds: ['certificates.k8s.io/CertificateSigningRequest'],
    path: ['spec', field],
    why: 'identity' as const,
  })),
]

const ownership: Rule = { kinds: null, path: ['metadata', 'ownerReferences'], why: 'owner' }

/**
 * An object as it can be created again, in another place or under another name: without what the server, admission and
 * controllers made of it. `owners` keeps its ownerReferences. Maps that this leaves empty go too.
 */
export function copyObject(
  object: JsonObject,
  { owners }: { readonly owners: boolean },
): { readonly object: JsonObject; readonly leftOut: readonly LeftOut[] } {
  const name = kindName(object)
  const mine = (owners ? rules : [ownership, ...rules]).filter(({ kinds }) => kinds === null || kinds.includes(name))
  const leftOut: LeftOut[] = []
  const copy = mine.reduce((left, rule) => {
    const taken = takeOut(left, rule.path, value => rule.when?.(value, object) ?? true)
    leftOut.push(...taken.paths.map(path => ({ path: formatPath(path), why: rule.why })))
    // Only objects come out of an object whose fields were taken.
    return taken.value as JsonObject
  }, object)
  return { object: copy, leftOut }
}

/** What is left of a value, and the places that were taken out. */
export type Taken = { readonly value: Json; readonly paths: readonly (string | number)[][] }

/**
 * The value without what lies at the path (`*`: in each item), where `isTaken` says so of what lies there and of the map or
 * list that holds it. Maps that this leaves empty go too.
 */
export function takeOut(
  value: Json,
  [step, ...rest]: readonly string[],
  isTaken: (value: Json, holder: Json) => boolean,
): Taken {
  if (step === undefined) return { value, paths: [] }
  if (step === '*') return isList(value) ? takeItems(value, rest, isTaken) : { value, paths: [] }
  const child = isObject(value) ? fieldOf(value, step) : undefined
  if (!isObject(value) || child === undefined) return { value, paths: [] }
  const without = () => Object.fromEntries(Object.entries(value).filter(([key]) => key !== step))
  if (rest.length === 0) return isTaken(child, value) ? { value: without(), paths: [[step]] } : { value, paths: [] }
  const taken = takeOut(child, rest, isTaken)
  if (taken.paths.length === 0) return { value, paths: [] }
  const paths = taken.paths.map(path => [step, ...path])
  return isEmpty(taken.value) ? { value: without(), paths } : { value: { ...value, [step]: taken.value }, paths }
}

function takeItems(
  list: readonly Json[],
  rest: readonly string[],
  isTaken: (value: Json, holder: Json) => boolean,
): Taken {
  const paths: (string | number)[][] = []
  const left = list.flatMap((item, index) => {
    if (rest.length === 0) {
      if (!isTaken(item, list)) return [item]
      paths.push([index])
      return []
    }
    const taken = takeOut(item, rest, isTaken)
    paths.push(...taken.paths.map(path => [index, ...path]))
    return [taken.value]
  })
  return { value: left, paths }
}

function isEmpty(value: Json): boolean {
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

function kindName({ apiVersion, kind }: JsonObject): string {
  const [, group = ''] = String(apiVersion).split('/').reverse()
  return `${group}/${String(kind)}`
}

function of(why: CopyReason): (field: string) => Rule {
  return field => ({ kinds: null, path: ['metadata', field], why })
}

function annotation(name: string, why: CopyReason): Rule {
  return { kinds: null, path: ['metadata', 'annotations', name], why }
}

function label(path: readonly string[]): Rule {
  return { kinds: workloads, path, why: 'controller' }
}

function at(object: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (isObject(value) ? fieldOf(value, key) : undefined), object)
}

function includesNone(value: Json): boolean {
  return isList(value) && value.includes('None')
}

/** What the admission of default tolerations adds. (Go: plugin/pkg/admission/defaulttolerationseconds.) */
function isDefaultToleration(value: Json): boolean {
  if (!isObject(value)) return false
  const { key, operator, effect, tolerationSeconds } = value
  const isOfNode = key === 'node.kubernetes.io/not-ready' || key === 'node.kubernetes.io/unreachable'
  return isOfNode && operator === 'Exists' && effect === 'NoExecute' && Number(tolerationSeconds) === 300
}

/** The volume with the account's token that admission adds. (Go: plugin/pkg/admission/serviceaccount.) */
function isTokenVolume(value: Json): boolean {
  return isObject(value) && /^kube-api-access-[a-z0-9]{5}$/.test(String(value.name)) && isObject(value.projected)
}

function isTokenMount(value: Json): boolean {
  return isObject(value) && /^kube-api-access-[a-z0-9]{5}$/.test(String(value.name))
}

function isOwnToken(value: Json, object: JsonObject): boolean {
  const account = metadataText(object, 'name') ?? ''
  const name = isObject(value) ? String(value.name) : ''
  return name.startsWith(`${account}-token-`) || name.startsWith(`${account}-dockercfg-`)
}
