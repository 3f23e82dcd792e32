import { type Condition, conditionsOf, generationOf, mapAt, mapsAt, numberAt, textAt } from './conditions.ts'
import type { JsonObject } from './json.ts'
import { fieldOf, isList, metadataOf } from './object.ts'
import { compareQuantities } from './quantity.ts'

/**
 * One thing that an object still lacks of being what its spec says. `observed`: its controller has not seen this spec yet.
 * The counts are of pods; `current` counts those of a scale, `succeeded` those of a Job. `old-replicas` are still to go.
 * `condition`: `status` is null where it says nothing of this generation yet.
 */
export type Awaited =
  | { readonly kind: 'observed' | 'revision' | 'load-balancer' }
  | {
      readonly kind: 'updated' | 'ready' | 'available' | 'current' | 'succeeded'
      readonly have: number
      readonly want: number
    }
  | { readonly kind: 'old-replicas'; readonly count: number }
  | ({ readonly kind: 'condition'; readonly wanted: 'True' | 'False'; readonly status: string | null } & Why)
  | { readonly kind: 'phase'; readonly phase: string; readonly wanted: string }
  | { readonly kind: 'capacity'; readonly have: string; readonly want: string }
  | { readonly kind: 'deleted'; readonly finalizers: readonly string[] }

/** A condition's (or a phase's) own words, as its controller wrote them. */
export type Why = { readonly type: string; readonly reason: string; readonly message: string }

/**
 * How far an object is from what its spec says. `nothing`: it tells of no progress, so there is nothing to wait for.
 * `held`: it goes no further until a person does something: resumes it, or deletes the pods that are to be replaced.
 * `failed`: its controller has given up, or says that it does not get on; it may still recover.
 */
export type Readiness =
  | { readonly kind: 'nothing' | 'settled' }
  | { readonly kind: 'waiting'; readonly awaited: readonly Awaited[] }
  | { readonly kind: 'held'; readonly by: Hold; readonly awaited: readonly Awaited[] }
  | { readonly kind: 'failed'; readonly because: Why; readonly awaited: readonly Awaited[] }

/** What keeps an object from going on: `spec.paused`, `spec.suspend`, or the update strategy `OnDelete`. */
export type Hold = 'paused' | 'suspended' | 'on-delete'

type Rule = (object: JsonObject) => Readiness

/**
 * How far an object is. For rollouts by the rules of `kubectl rollout status`
 * (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go), for other kinds by rules like those of kstatus
 * (sigs.k8s.io/cli-utils/pkg/kstatus).
 */
export function readinessOf(object: JsonObject): Readiness {
  const { deletionTimestamp, finalizers } = metadataOf(object)
  if (deletionTimestamp !== undefined) {
    const names = isList(finalizers) ? finalizers.filter(name => typeof name === 'string') : []
    return waiting([{ kind: 'deleted', finalizers: names }])
  }
  if (isUnobserved(object)) return waiting([{ kind: 'observed' }])
  return (rules[groupKind(object)] ?? generic)(object)
}

/** `apps/Deployment`; the core group's kinds stand alone. */
function groupKind(object: JsonObject): string {
  const [group = '', version] = textAt(object, 'apiVersion').split('/')
  const kind = textAt(object, 'kind')
  return version === undefined ? kind : `${group}/${kind}`
}

function isUnobserved(object: JsonObject): boolean {
  const generation = generationOf(object)
  const status = mapAt(object, 'status')
  const observed = numberAt(status, 'observedGeneration')
  if (generation === null) return false
  if (observed !== null) return observed < generation
  // A controller of these always says what it has seen: one that has said nothing has not seen it.
  return rollouts.has(groupKind(object))
}

const rollouts: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
])

const rules: Readonly<Record<string, Rule>> = {
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  ReplicationController: replicaSet,
  'batch/Job': job,
  // Its next run is not a part of the change.
  'batch/CronJob': () => ({ kind: 'nothing' }),
  'autoscaling/HorizontalPodAutoscaler': autoscaler,
  PersistentVolumeClaim: volumeClaim,
  PersistentVolume: volume,
  Pod: pod,
  Service: service,
  'apiextensions.k8s.io/CustomResourceDefinition': definition,
}

function deployment(object: JsonObject): Readiness {
  const { count, desired } = counts(object)
  const [updated, available] = [count('updatedReplicas'), count('availableReplicas')]
  const old = count('replicas') - updated
  const awaited = [
    ...atLeast('updated', updated, desired),
    ...(old > 0 ? [{ kind: 'old-replicas', count: old } as const] : []),
    ...atLeast('available', available, updated),
    ...conditions(object, ['ReplicaFailure'], 'False', 'present'),
  ]
  const progressing = conditionsOf(object).find(({ type }) => type === 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') return { kind: 'failed', because: why(progressing), awaited }
  if (awaited.length > 0 && mapAt(object, 'spec').paused === true) return { kind: 'held', by: 'paused', awaited }
  return waiting(awaited)
}

function statefulSet(object: JsonObject): Readiness {
  const { count, desired } = counts(object)
  const strategy = mapAt(mapAt(object, 'spec'), 'updateStrategy')
  const partition = numberAt(mapAt(strategy, 'rollingUpdate'), 'partition') ?? 0
  const status = mapAt(object, 'status')
  const ready = atLeast('ready', count('readyReplicas'), desired)
  const updated = atLeast('updated', count('updatedReplicas'), desired - partition)
  if (textAt(strategy, 'type') === 'OnDelete' && updated.length > 0) {
    return { kind: 'held', by: 'on-delete', awaited: [...ready, ...updated] }
  }
  const isOneRevision = textAt(status, 'updateRevision') === textAt(status, 'currentRevision')
  const lagging = partition === 0 && !isOneRevision && ready.length + updated.length === 0
  return waiting([...ready, ...updated, ...(lagging ? [{ kind: 'revision' } as const] : [])])
}

function daemonSet(object: JsonObject): Readiness {
  const { count } = counts(object)
  const desired = count('desiredNumberScheduled')
  const updated = atLeast('updated', count('updatedNumberScheduled'), desired)
  const available = atLeast('available', count('numberAvailable'), desired)
  const awaited = [...updated, ...available]
  const strategy = mapAt(mapAt(object, 'spec'), 'updateStrategy')
  const isHeld = textAt(strategy, 'type') === 'OnDelete' && updated.length > 0
  return isHeld ? { kind: 'held', by: 'on-delete', awaited } : waiting(awaited)
}

function replicaSet(object: JsonObject): Readiness {
  const { count, desired } = counts(object)
  const old = count('replicas') - desired
  return waiting([
    ...atLeast('current', count('replicas'), desired),
    ...(old > 0 ? [{ kind: 'old-replicas', count: old } as const] : []),
    ...atLeast('available', count('availableReplicas'), desired),
    ...conditions(object, ['ReplicaFailure'], 'False', 'present'),
  ])
}

function job(object: JsonObject): Readiness {
  const spec = mapAt(object, 'spec')
  const { count } = counts(object)
  const awaited = atLeast('succeeded', count('succeeded'), numberAt(spec, 'completions') ?? 1)
  const isTrue = (type: string) => conditionsOf(object).find(one => one.type === type && one.status === 'True')
  const failed = isTrue('Failed') ?? isTrue('FailureTarget')
  if (failed !== undefined) return { kind: 'failed', because: why(failed), awaited }
  if (isTrue('Complete') !== undefined) return { kind: 'settled' }
  if (spec.suspend === true) return { kind: 'held', by: 'suspended', awaited }
  return awaited.length > 0 ? waiting(awaited) : waiting(conditions(object, ['Complete'], 'True', 'always'))
}

function autoscaler(object: JsonObject): Readiness {
  const { count } = counts(object)
  const [have, want] = [count('currentReplicas'), count('desiredReplicas')]
  return waiting([
    ...conditions(object, ['AbleToScale', 'ScalingActive'], 'True', 'present'),
    ...(have === want ? [] : [{ kind: 'current', have, want } as const]),
  ])
}

function volumeClaim(object: JsonObject): Readiness {
  const phase = textAt(mapAt(object, 'status'), 'phase')
  if (phase === 'Lost') return { kind: 'failed', because: { type: phase, reason: '', message: '' }, awaited: [] }
  if (phase !== 'Bound') return waiting([{ kind: 'phase', phase, wanted: 'Bound' }])
  return waiting([
    ...capacity(object),
    ...conditions(object, ['Resizing', 'FileSystemResizePending', 'ModifyingVolume'], 'False', 'present'),
  ])
}

function capacity(object: JsonObject): readonly Awaited[] {
  const want = textAt(mapAt(mapAt(mapAt(object, 'spec'), 'resources'), 'requests'), 'storage')
  const have = textAt(mapAt(mapAt(object, 'status'), 'capacity'), 'storage')
  const order = compareQuantities(have, want)
  return order !== null && order < 0 ? [{ kind: 'capacity', have, want }] : []
}

function volume(object: JsonObject): Readiness {
  const status = mapAt(object, 'status')
  const phase = textAt(status, 'phase')
  if (phase === 'Failed') {
    const because = { type: phase, reason: textAt(status, 'reason'), message: textAt(status, 'message') }
    return { kind: 'failed', because, awaited: [] }
  }
  return phase === 'Pending' ? waiting([{ kind: 'phase', phase, wanted: 'Available' }]) : { kind: 'settled' }
}

function pod(object: JsonObject): Readiness {
  const status = mapAt(object, 'status')
  const phase = textAt(status, 'phase')
  if (phase === 'Succeeded') return { kind: 'settled' }
  if (phase === 'Failed') {
    const because = { type: phase, reason: textAt(status, 'reason'), message: textAt(status, 'message') }
    return { kind: 'failed', because, awaited: [] }
  }
  return waiting([
    ...conditions(object, ['PodScheduled', 'Initialized'], 'True', 'present'),
    ...conditions(object, ['Ready'], 'True', 'always'),
    ...conditions(object, ['PodResizePending', 'PodResizeInProgress'], 'False', 'present'),
  ])
}

function service(object: JsonObject): Readiness {
  if (textAt(mapAt(object, 'spec'), 'type') !== 'LoadBalancer') return { kind: 'nothing' }
  const given = mapsAt(mapAt(mapAt(object, 'status'), 'loadBalancer'), 'ingress')
  return waiting(given.length > 0 ? [] : [{ kind: 'load-balancer' }])
}

function definition(object: JsonObject): Readiness {
  const refused = conditionsOf(object).find(({ type, status }) => type === 'NamesAccepted' && status === 'False')
  const awaited = conditions(object, ['NamesAccepted', 'Established'], 'True', 'always')
  return refused === undefined ? waiting(awaited) : { kind: 'failed', because: why(refused), awaited }
}

/** Any other kind, custom resources above all: what it says of itself by the usual conditions and counts. */
function generic(object: JsonObject): Readiness {
  const status = mapAt(object, 'status')
  const all = conditionsOf(object)
  const awaited = [
    ...replicaCounts(object),
    ...conditions(object, ['Reconciling'], 'False', 'present'),
    ...conditions(object, ['Ready', 'Available'], 'True', 'present'),
    ...progress(object),
  ]
  const stalled = all.find(
    ({ type, status, reason }) =>
      (type === 'Stalled' && status === 'True') || (type === 'Progressing' && reason === 'ProgressDeadlineExceeded'),
  )
  if (stalled !== undefined) return { kind: 'failed', because: why(stalled), awaited }
  const says = all.some(({ type }) => telling.has(type)) || numberAt(status, 'observedGeneration') !== null
  return says || awaited.length > 0 || fieldOf(status, 'readyReplicas') !== undefined
    ? waiting(awaited)
    : { kind: 'nothing' }
}

const telling: ReadonlySet<string> = new Set(['Ready', 'Available', 'Reconciling', 'Progressing', 'Stalled'])

/** Workloads of other groups count as those of `apps` do; only counts that they give are waited for. */
function replicaCounts(object: JsonObject): readonly Awaited[] {
  const status = mapAt(object, 'status')
  const desired = numberAt(mapAt(object, 'spec'), 'replicas')
  if (desired === null) return []
  const of = (kind: 'updated' | 'ready' | 'available', field: string) => {
    const have = numberAt(status, field)
    return have === null ? [] : atLeast(kind, have, desired)
  }
  return [...of('updated', 'updatedReplicas'), ...of('ready', 'readyReplicas'), ...of('available', 'availableReplicas')]
}

// `Progressing` True is the lasting state of a healthy Deployment, and of kinds made after it: it only tells where nothing better does.
function progress(object: JsonObject): readonly Awaited[] {
  const all = conditionsOf(object)
  if (all.some(({ type }) => type === 'Ready' || type === 'Available')) return []
  return conditions(object, ['Progressing'], 'False', 'present').filter(
    one => one.kind !== 'condition' || one.reason !== 'NewReplicaSetAvailable',
  )
}

/** Conditions that do not stand as wanted; `always` waits for an absent one too. */
function conditions(
  object: JsonObject,
  types: readonly string[],
  wanted: 'True' | 'False',
  needed: 'present' | 'always',
): readonly Awaited[] {
  const generation = generationOf(object)
  const all = conditionsOf(object)
  return types.flatMap((type): readonly Awaited[] => {
    const found = all.find(one => one.type === type)
    if (found === undefined) {
      const nothing = { status: null, type, reason: '', message: '' }
      return needed === 'always' ? [{ kind: 'condition', wanted, ...nothing }] : []
    }
    const stale = generation !== null && found.observedGeneration !== null && found.observedGeneration < generation
    if (stale) return [{ kind: 'condition', wanted, status: null, type, reason: '', message: '' }]
    return found.status === wanted ? [] : [{ kind: 'condition', wanted, status: found.status, ...why(found) }]
  })
}

function why({ type, reason, message }: Condition): Why {
  return { type, reason, message }
}

function waiting(awaited: readonly Awaited[]): Readiness {
  return awaited.length === 0 ? { kind: 'settled' } : { kind: 'waiting', awaited }
}

function atLeast(
  kind: 'updated' | 'ready' | 'available' | 'current' | 'succeeded',
  have: number,
  want: number,
): readonly Awaited[] {
  return have < want ? [{ kind, have, want }] : []
}

function counts(object: JsonObject) {
  const status = mapAt(object, 'status')
  // The server fills in 1 where a workload does not say how many.
  const desired = numberAt(mapAt(object, 'spec'), 'replicas') ?? 1
  return { desired, count: (field: string) => numberAt(status, field) ?? 0 }
}

/** How many pods a workload wants and has; null for what is no workload, a count is null where it is not given. */
export type Replicas = {
  readonly desired: number
  readonly updated: number | null
  readonly ready: number | null
  readonly available: number | null
}

/** The counts of a workload, of any group. */
export function replicasOf(object: JsonObject): Replicas | null {
  const status = mapAt(object, 'status')
  const scheduled = numberAt(status, 'desiredNumberScheduled')
  if (scheduled !== null) {
    return {
      desired: scheduled,
      updated: numberAt(status, 'updatedNumberScheduled') ?? 0,
      ready: numberAt(status, 'numberReady') ?? 0,
      available: numberAt(status, 'numberAvailable') ?? 0,
    }
  }
  const desired = numberAt(mapAt(object, 'spec'), 'replicas')
  if (desired === null) return null
  // Zero is not written: these kinds give each count that is not there.
  const absent = rollouts.has(groupKind(object)) ? 0 : null
  const hasUpdated = groupKind(object) !== 'apps/ReplicaSet'
  return {
    desired,
    updated: numberAt(status, 'updatedReplicas') ?? (hasUpdated ? absent : null),
    ready: numberAt(status, 'readyReplicas') ?? absent,
    available: numberAt(status, 'availableReplicas') ?? absent,
  }
}
