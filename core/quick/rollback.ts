import { mapAt } from '../conditions.ts'
import { equalJson, type JsonObject } from '../json.ts'
import { metadataOf } from '../object.ts'
import { ok, type Result } from '../problem.ts'
import { at, unfit, withAt } from './places.ts'
import type { QuickEditOf, Unfit } from './quick-edit.ts'

/** Annotations that stay the Deployment's own. (Go: deployment_util.go, annotationsToSkip.) */
const ownAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
])

/** The label that a Deployment's controller puts on the templates of its ReplicaSets. */
const templateHash = 'pod-template-hash'

/**
 * As `kubectl rollout undo`: the template of that revision, whole, and of a Deployment the annotations that its
 * ReplicaSet took over then; replicas, strategy and everything else stay. A paused Deployment refuses, as with kubectl.
 * (Go: kubectl/pkg/polymorphichelpers/rollback.go.)
 */
export function restoreRevision(
  object: JsonObject,
  { template, annotations }: QuickEditOf<'restore'>,
): Result<JsonObject, Unfit> {
  if (at(object, ['spec', 'template']) === undefined) return unfit('no-template')
  if (annotations !== null && at(object, ['spec', 'paused']) === true) return unfit('paused')
  if (isTemplateOf(object, template)) return ok(object)
  const restored = withAt(object, ['spec', 'template'], template)
  if (annotations === null) return ok(restored)
  const mine = Object.entries(mapAt(metadataOf(object), 'annotations')).filter(([name]) => ownAnnotations.has(name))
  const theirs = Object.entries(annotations).filter(([name]) => !ownAnnotations.has(name))
  const after = Object.fromEntries([...mine, ...theirs])
  return ok(withAt(restored, ['metadata', 'annotations'], Object.keys(after).length === 0 ? undefined : after))
}

/** Whether the object's template is that one already. */
export function isTemplateOf(object: JsonObject, template: JsonObject): boolean {
  const now = at(object, ['spec', 'template'])
  return now !== undefined && equalJson(now, template)
}

/** The template that a ReplicaSet keeps, without the label that only its Pods bear. */
export function templateOfReplicaSet(replicaSet: JsonObject): JsonObject {
  return withAt(mapAt(mapAt(replicaSet, 'spec'), 'template'), ['metadata', 'labels', templateHash], undefined)
}

/** The template that a ControllerRevision keeps: its data is the strategic patch that puts it back. */
export function templateOfControllerRevision(revision: JsonObject): JsonObject {
  return withAt(mapAt(mapAt(mapAt(revision, 'data'), 'spec'), 'template'), ['$patch'], undefined)
}
