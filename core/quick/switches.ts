import { mapAt, numberAt } from '../conditions.ts'
import type { JsonObject } from '../json.ts'
import { isObject } from '../object.ts'
import { ok, type Result } from '../problem.ts'
import { at, groupKind, isCustom, templatePath, unfit, withAt } from './places.ts'
import type { QuickEditOf, Unfit } from './quick-edit.ts'

/** The annotation by which kubectl restarts what a template makes. */
export const restartedAt = 'kubectl.kubernetes.io/restartedAt'

const scaled = ['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', '/ReplicationController', 'autoscaling/Scale']

/** Whether `spec.replicas` of the object itself says how many there are. */
export function hasReplicas(object: JsonObject): boolean {
  return (
    scaled.includes(groupKind(object)) || (isCustom(object) && numberAt(mapAt(object, 'spec'), 'replicas') !== null)
  )
}

/** As `kubectl scale --replicas`. */
export function scale(object: JsonObject, { replicas }: QuickEditOf<'scale'>): Result<JsonObject, Unfit> {
  return hasReplicas(object) ? ok(withAt(object, ['spec', 'replicas'], replicas)) : unfit('no-replicas')
}

const restarted = ['apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet']

/** Whether a new template makes new Pods of the old ones: as kubectl knows it, and custom resources that have a template. */
export function isRestartable(object: JsonObject): boolean {
  if (!isCustom(object)) return restarted.includes(groupKind(object))
  return templatePath(object)?.join('.') === 'spec.template'
}

/** As `kubectl rollout restart`, which refuses a paused Deployment too. (Go: polymorphichelpers/objectrestarter.go.) */
export function restart(object: JsonObject, edit: QuickEditOf<'restart'>): Result<JsonObject, Unfit> {
  if (!isRestartable(object)) return unfit('not-restartable')
  if (at(object, ['spec', 'paused']) === true) return unfit('paused')
  const path = [...(templatePath(object) ?? ['spec', 'template']), 'metadata', 'annotations', restartedAt]
  return ok(withAt(object, path, edit.at))
}

/** Whether it has a rollout that can be paused: Deployments, and custom resources with that field. */
export function isPausable(object: JsonObject): boolean {
  return groupKind(object) === 'apps/Deployment' || (isCustom(object) && hasSwitch(object, 'paused'))
}

/** As `kubectl rollout pause` and `resume`. */
export function pause(object: JsonObject, on: boolean): Result<JsonObject, Unfit> {
  return isPausable(object) ? ok(switched(object, 'paused', on)) : unfit('no-pause')
}

const suspended = ['batch/Job', 'batch/CronJob']

/** Whether it can be suspended: Jobs, CronJobs, and custom resources with that field. */
export function isSuspendable(object: JsonObject): boolean {
  return suspended.includes(groupKind(object)) || (isCustom(object) && hasSwitch(object, 'suspend'))
}

/** Sets `spec.suspend`. */
export function suspend(object: JsonObject, on: boolean): Result<JsonObject, Unfit> {
  return isSuspendable(object) ? ok(switched(object, 'suspend', on)) : unfit('no-suspend')
}

/** As `kubectl cordon` and `uncordon`. */
export function cordon(object: JsonObject, on: boolean): Result<JsonObject, Unfit> {
  return groupKind(object) === '/Node' ? ok(switched(object, 'unschedulable', on)) : unfit('not-a-node')
}

function hasSwitch(object: JsonObject, field: string): boolean {
  const spec = at(object, ['spec'])
  return isObject(spec) && typeof spec[field] === 'boolean'
}

/** Off is written as kubectl writes it, by taking the field away; where the server or a custom resource keeps a `false`, by that. */
function switched(object: JsonObject, field: string, on: boolean): JsonObject {
  const keepsFalse = isCustom(object) || field === 'suspend'
  const before = at(object, ['spec', field])
  if (!on && before !== true) return object
  return withAt(object, ['spec', field], on || keepsFalse ? on : undefined)
}
