import { mapAt, numberAt, textAt } from '../conditions.ts'
import { podLabelsOf } from '../containers.ts'
import type { Json, JsonObject } from '../json.ts'
import { isObject } from '../object.ts'
import { selectorText, textSelects } from '../object-selector.ts'
import { formatPath, valueAt } from '../path.ts'
import { type Danger, danger, newly, type Rule } from './danger.ts'
import { containerPlaces, podPlace, withinPod } from './pod-places.ts'

/** Images that may be another one tomorrow: `latest`, or no tag at all. One named by its digest never is. */
const images: Rule = newly(object => {
  const pod = podPlace(object)
  if (pod === null) return []
  return containerPlaces(pod).flatMap(({ container, name, path }) => {
    const image = textAt(container, 'image')
    const tag = tagOf(image)
    if (image === '' || (tag !== null && tag !== 'latest')) return []
    return [danger('image-not-pinned', [...path, 'image'], { container: name, image, why: tag ?? 'none' })]
  })
})

/** The tag of an image reference, null where it has none; its digest counts as one. (distribution/reference: the last colon after the last slash.) */
function tagOf(image: string): string | null {
  if (image.includes('@')) return 'digest'
  const [, tag] = image.slice(image.lastIndexOf('/') + 1).split(':')
  return tag ?? null
}

const probes: ReadonlySet<unknown> = new Set(['livenessProbe', 'readinessProbe', 'startupProbe'])

/** Probes and limits taken from a container that stays. */
const removals: Rule = ground =>
  ground.changes.flatMap(({ kind, path }) => {
    const inPod = kind === 'removed' ? withinPod(ground, path) : null
    if (inPod === null) return []
    const [list, item, field, amounts] = inPod
    const isContainer = list === 'containers' || list === 'initContainers'
    const container = typeof item === 'object' && 'keys' in item ? String(item.keys.name ?? '') : ''
    if (!isContainer || typeof field !== 'string') return []
    if (inPod.length === 3 && probes.has(field)) return [danger('probe-removed', path, { container, probe: field })]
    const isAmount = field === 'resources' && (amounts === undefined || amounts === 'limits' || amounts === 'requests')
    return isAmount ? [danger('resources-removed', path, { container, field: formatPath(inPod.slice(2)) })] : []
  })

/** Nothing left running where something ran. */
const scaling: Rule = ({ before, after, kind }) => {
  const fields = kind === 'HorizontalPodAutoscaler' ? ['minReplicas'] : ['replicas', 'parallelism']
  return fields.flatMap(field => {
    const from = before === null ? null : numberAt(mapAt(before, 'spec'), field)
    // An absent count is one; a new object may well begin with none.
    const isNew = before !== null && from !== 0 && numberAt(mapAt(after, 'spec'), field) === 0
    return isNew ? [danger('scaled-to-zero', ['spec', field], { from: from ?? 1, field })] : []
  })
}

/** All pods end before the first new one begins. */
const recreation: Rule = ({ before, after, changes, group, kind }) => {
  if (before === null || group !== 'apps' || kind !== 'Deployment') return []
  const spec = mapAt(after, 'spec')
  const restarts = changes.find(({ path }) => path[0] === 'spec' && path[1] === 'template')
  const pods = numberAt(mapAt(before, 'status'), 'replicas') ?? numberAt(mapAt(before, 'spec'), 'replicas') ?? 1
  const isRecreated = textAt(mapAt(spec, 'strategy'), 'type') === 'Recreate' && spec.paused !== true
  if (restarts === undefined || !isRecreated || pods === 0) return []
  return [danger('downtime', restarts.path, { pods })]
}

const ownSelector: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])

/** A workload whose selector does not let its own pods through: the server refuses it. */
const selectors: Rule = newly((object, { group, kind }) => {
  if (group !== 'apps' || !ownSelector.has(kind)) return []
  const labels = podLabelsOf(object)
  const selector = selectorText(mapAt(mapAt(object, 'spec'), 'selector'))
  if (labels === null || selector === '' || textSelects(selector, labels)) return []
  const path = ['spec', 'template', 'metadata', 'labels']
  return [danger('selector-mismatch', valueAt(object, path) === undefined ? ['spec', 'selector'] : path, { selector })]
})

const evictions: Rule = newly((object, { kind }) => {
  if (kind !== 'PodDisruptionBudget') return []
  const { maxUnavailable, minAvailable } = mapAt(object, 'spec')
  if (isNone(maxUnavailable)) return [danger('eviction-blocked', ['spec', 'maxUnavailable'])]
  return minAvailable === '100%' ? [danger('eviction-blocked', ['spec', 'minAvailable'])] : []
})

function isNone(value: Json | undefined): boolean {
  return value === 0 || value === '0' || value === '0%'
}

/** Entries that a workload may name. */
const keys: Rule = ({ before, after, group, kind }) => {
  if (before === null || group !== '' || (kind !== 'ConfigMap' && kind !== 'Secret')) return []
  const there = new Set(entriesOf(after).map(([, key]) => key))
  return entriesOf(before)
    .filter(([, key]) => !there.has(key))
    .map(([field, key]): Danger => danger('key-removed', [field, key], { key }))
}

function entriesOf(object: JsonObject): readonly (readonly [field: string, key: string])[] {
  return ['data', 'binaryData', 'stringData'].flatMap(field =>
    isObject(object[field]) ? Object.keys(mapAt(object, field)).map(key => [field, key] as const) : [],
  )
}

/** What becomes of pods. */
export const workloads: readonly Rule[] = [images, removals, scaling, recreation, selectors, evictions, keys]
