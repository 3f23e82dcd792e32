import { takeOut } from '../copy.ts'
import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isObject } from '../object.ts'

/** A field that the server fills in where its author left it out: at `path` (`*`: in each item) with that value. */
type Default = {
  readonly path: readonly string[]
  readonly value: Json | ((value: Json, holder: JsonObject, object: JsonObject) => boolean)
}

/** Where the Pods of a kind (`group/Kind`) are described. */
const podPaths: Readonly<Record<string, readonly string[]>> = {
  '/Pod': [],
  '/ReplicationController': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
}

/** Of all Pods. (Go: pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec.) */
const podDefaults: readonly Default[] = [
  { path: ['dnsPolicy'], value: 'ClusterFirst' },
  // A Job's author has to say another one.
  { path: ['restartPolicy'], value: 'Always' },
  { path: ['schedulerName'], value: 'default-scheduler' },
  { path: ['securityContext'], value: {} },
  { path: ['terminationGracePeriodSeconds'], value: 30 },
  { path: ['enableServiceLinks'], value: true },
  // The deprecated twin of serviceAccountName.
  { path: ['serviceAccount'], value: (value, spec) => equalJson(value, fieldOf(spec, 'serviceAccountName')) },
  ...['secret', 'configMap', 'projected', 'downwardAPI'].map(source => ({
    path: ['volumes', '*', source, 'defaultMode'],
    value: 420,
  })),
  { path: ['volumes', '*', 'hostPath', 'type'], value: '' },
]

/** Of each container. (Go: SetDefaults_Container, SetDefaults_Probe, SetDefaults_HTTPGetAction.) */
const containerDefaults: readonly Default[] = [
  { path: ['imagePullPolicy'], value: (value, { image }) => value === pullPolicyOf(String(image)) },
  { path: ['terminationMessagePath'], value: '/dev/termination-log' },
  { path: ['terminationMessagePolicy'], value: 'File' },
  { path: ['resources'], value: {} },
  { path: ['ports', '*', 'protocol'], value: 'TCP' },
  { path: ['env', '*', 'valueFrom', 'fieldRef', 'apiVersion'], value: 'v1' },
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe): Default[] => [
    { path: [probe, 'failureThreshold'], value: 3 },
    { path: [probe, 'periodSeconds'], value: 10 },
    { path: [probe, 'successThreshold'], value: 1 },
    { path: [probe, 'timeoutSeconds'], value: 1 },
    { path: [probe, 'httpGet', 'scheme'], value: 'HTTP' },
  ]),
]

const rolling = { maxSurge: '25%', maxUnavailable: '25%' }

/** Of single kinds. (Go: pkg/apis/apps/v1, batch/v1, core/v1 and networking/v1, each its defaults.go.) */
const kindDefaults: Readonly<Record<string, readonly Default[]>> = {
  'apps/Deployment': [
    { path: ['spec', 'progressDeadlineSeconds'], value: 600 },
    { path: ['spec', 'revisionHistoryLimit'], value: 10 },
    { path: ['spec', 'strategy'], value: { type: 'RollingUpdate', rollingUpdate: rolling } },
  ],
  'apps/StatefulSet': [
    { path: ['spec', 'podManagementPolicy'], value: 'OrderedReady' },
    { path: ['spec', 'revisionHistoryLimit'], value: 10 },
    // Newer servers say maxUnavailable, too.
    ...[{ partition: 0 }, { partition: 0, maxUnavailable: 1 }].map(rollingUpdate => ({
      path: ['spec', 'updateStrategy'],
      value: { type: 'RollingUpdate', rollingUpdate },
    })),
    {
      path: ['spec', 'persistentVolumeClaimRetentionPolicy'],
      value: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
    { path: ['spec', 'volumeClaimTemplates', '*', 'status'], value: () => true },
    { path: ['spec', 'volumeClaimTemplates', '*', 'spec', 'volumeMode'], value: 'Filesystem' },
  ],
  'apps/DaemonSet': [
    { path: ['spec', 'revisionHistoryLimit'], value: 10 },
    {
      path: ['spec', 'updateStrategy'],
      value: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    },
  ],
  'batch/Job': jobDefaults(['spec']),
  'batch/CronJob': [
    { path: ['spec', 'concurrencyPolicy'], value: 'Allow' },
    { path: ['spec', 'suspend'], value: false },
    { path: ['spec', 'successfulJobsHistoryLimit'], value: 3 },
    { path: ['spec', 'failedJobsHistoryLimit'], value: 1 },
    ...emptyMetadata(['spec', 'jobTemplate']),
    ...jobDefaults(['spec', 'jobTemplate', 'spec']),
  ],
  '/Service': [
    { path: ['spec', 'internalTrafficPolicy'], value: 'Cluster' },
    { path: ['spec', 'ipFamilyPolicy'], value: 'SingleStack' },
    { path: ['spec', 'sessionAffinity'], value: 'None' },
    { path: ['spec', 'type'], value: 'ClusterIP' },
    { path: ['spec', 'ports', '*', 'protocol'], value: 'TCP' },
    { path: ['spec', 'ports', '*', 'targetPort'], value: (value, port) => equalJson(value, fieldOf(port, 'port')) },
  ],
  '/PersistentVolumeClaim': [{ path: ['spec', 'volumeMode'], value: 'Filesystem' }],
  '/Namespace': [{ path: ['spec', 'finalizers'], value: ['kubernetes'] }],
  '/Secret': [{ path: ['type'], value: 'Opaque' }],
}

/** What a template whose author gave it no metadata is read back with. */
function emptyMetadata(template: readonly string[]): readonly Default[] {
  return [
    { path: [...template, 'metadata', 'creationTimestamp'], value: null },
    { path: [...template, 'metadata'], value: {} },
  ]
}

function jobDefaults(spec: readonly string[]): readonly Default[] {
  return [
    { path: [...spec, 'backoffLimit'], value: 6 },
    { path: [...spec, 'completionMode'], value: 'NonIndexed' },
    { path: [...spec, 'completions'], value: 1 },
    { path: [...spec, 'manualSelector'], value: false },
    { path: [...spec, 'parallelism'], value: 1 },
    { path: [...spec, 'podReplacementPolicy'], value: 'TerminatingOrFailed' },
    { path: [...spec, 'suspend'], value: false },
  ]
}

/** `Always` for the tag `latest` and for none, else `IfNotPresent`. (Go: SetDefaults_Container.) */
function pullPolicyOf(image: string): string {
  const [name = '', digest] = image.split('@')
  const tag = /:([^/:]+)$/.exec(name)?.[1]
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent'
}

/**
 * An object of a built-in kind without what the server fills in by itself, as far as it is known here, and the places of
 * that. What `isNamed` names (a configuration that says it all the same) stays.
 */
export function withoutDefaults(
  object: JsonObject,
  isNamed: (path: readonly (string | number)[]) => boolean,
): { readonly object: JsonObject; readonly paths: readonly (readonly (string | number)[])[] } {
  const paths: (readonly (string | number)[])[] = []
  const bare = defaultsOf(object).reduce<Json>((left, { path, value }) => {
    const isDefault = (found: Json, holder: Json) =>
      typeof value === 'function' ? isObject(holder) && value(found, holder, object) : equalJson(found, value)
    const taken = takeOut(left, path, isDefault)
    if (taken.paths.some(isNamed)) return left
    paths.push(...taken.paths)
    return taken.value
  }, object)
  // Only objects come out of an object whose fields were taken.
  return { object: isObject(bare) ? bare : object, paths }
}

function defaultsOf(object: JsonObject): readonly Default[] {
  const [, group = ''] = String(object.apiVersion).split('/').reverse()
  const kind = `${group}/${String(object.kind)}`
  const pod = podPaths[kind]
  return [...(kindDefaults[kind] ?? []), ...(pod === undefined ? [] : ofPods([...pod, 'spec']))]
}

function ofPods(spec: readonly string[]): readonly Default[] {
  const within = (before: readonly string[], defaults: readonly Default[]) =>
    defaults.map(({ path, value }) => ({ path: [...before, ...path], value }))
  return [
    ...emptyMetadata(spec.slice(0, -1)),
    ...within(spec, podDefaults),
    ...['containers', 'initContainers'].flatMap(list => within([...spec, list, '*'], containerDefaults)),
  ]
}
