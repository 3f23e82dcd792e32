import { mapAt, mapsAt, numberAt, textAt } from './conditions.ts'
import type { JsonObject } from './json.ts'
import { isObject } from './object.ts'

/** A container of a Pod or of a Pod template. Without a Pod nothing is known of its state. */
export type ContainerLine = {
  readonly name: string
  readonly image: string
  readonly role: 'init' | 'sidecar' | 'main' | 'ephemeral'
  /** Such as `8080/TCP`. */
  readonly ports: readonly string[]
  /** Such as `cpu 100m, memory 64Mi`; '' where there are none. */
  readonly requests: string
  readonly limits: string
  readonly state: { readonly word: string; readonly ready: boolean; readonly restarts: number } | null
}

/**
 * Where the spec of the Pod that an object is, or of those that it makes, stands: `spec`, `spec.template.spec`,
 * `spec.jobTemplate.spec.template.spec`, and so in custom resources of that shape; null for what makes none.
 */
export function podSpecPath(object: JsonObject): readonly string[] | null {
  const spec = mapAt(object, 'spec')
  if (Array.isArray(spec.containers)) return ['spec']
  for (const field of ['template', 'jobTemplate']) {
    const inner = spec[field]
    const path = isObject(inner) ? podSpecPath(inner) : null
    if (path !== null) return ['spec', field, ...path]
  }
  return null
}

/** The spec that stands there; null for what makes no Pods. */
export function podSpecOf(object: JsonObject): JsonObject | null {
  return podSpecPath(object)?.reduce(mapAt, object) ?? null
}

/** The labels of the Pod that an object is, or of those that it makes; null for what makes none. */
export function podLabelsOf(object: JsonObject): JsonObject | null {
  const { containers, template, jobTemplate } = mapAt(object, 'spec')
  if (Array.isArray(containers)) return mapAt(mapAt(object, 'metadata'), 'labels')
  if (isObject(template)) return podLabelsOf(template)
  return isObject(jobTemplate) ? podLabelsOf(jobTemplate) : null
}

/** The containers of a Pod, or of the template of those that an object makes; those that begin first come first. */
export function containersOf(object: JsonObject): readonly ContainerLine[] {
  const spec = podSpecOf(object)
  if (spec === null) return []
  const states = statesOf(mapAt(object, 'status'))
  const lines = (field: string, roleOf: (container: JsonObject) => ContainerLine['role']) =>
    mapsAt(spec, field).map(container => lineOf(container, roleOf(container), states))
  return [
    // An init container that is always restarted is a sidecar (KEP-753).
    ...lines('initContainers', one => (textAt(one, 'restartPolicy') === 'Always' ? 'sidecar' : 'init')),
    ...lines('containers', () => 'main'),
    ...lines('ephemeralContainers', () => 'ephemeral'),
  ]
}

function lineOf(
  container: JsonObject,
  role: ContainerLine['role'],
  states: ReadonlyMap<string, JsonObject>,
): ContainerLine {
  const name = textAt(container, 'name')
  const resources = mapAt(container, 'resources')
  const state = states.get(name)
  return {
    name,
    image: textAt(container, 'image'),
    role,
    ports: mapsAt(container, 'ports').map(
      port => `${numberAt(port, 'containerPort')}/${textAt(port, 'protocol') || 'TCP'}`,
    ),
    requests: amounts(mapAt(resources, 'requests')),
    limits: amounts(mapAt(resources, 'limits')),
    state:
      state === undefined
        ? null
        : { word: stateWord(state), ready: state.ready === true, restarts: numberAt(state, 'restartCount') ?? 0 },
  }
}

function statesOf(status: JsonObject): ReadonlyMap<string, JsonObject> {
  const all = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses']
  return new Map(all.flatMap(field => mapsAt(status, field)).map(one => [textAt(one, 'name'), one]))
}

/** A container's state in Kubernetes' own words: its reason where it has one, else which of the three states it is in. */
function stateWord(status: JsonObject): string {
  const state = mapAt(status, 'state')
  const [of = ''] = Object.keys(state)
  const word = { running: 'Running', waiting: 'Waiting', terminated: 'Terminated' }[of] ?? of
  return textAt(mapAt(state, of), 'reason') || word
}

function amounts(map: JsonObject): string {
  return Object.entries(map)
    .map(([resource, amount]) => `${resource} ${String(amount)}`)
    .join(', ')
}
