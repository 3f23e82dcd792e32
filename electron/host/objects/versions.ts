import type { ObjectTarget, VersionDifference } from '../../../contract/object.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import { diffObjects } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataOf } from '../../../core/object.ts'
import { formatPath } from '../../../core/path.ts'
import { ok, type Result } from '../../../core/problem.ts'
import { maskObject } from '../../../core/secrets.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject } from '../clusters/get.ts'

const mostPaths = 100
const definitions = { group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' }

/**
 * What another served version shows of an object otherwise. What one version does not show, an edit through it cannot keep
 * unless the server does: it is lost where the stored version does not hold it either.
 */
export async function compareVersions(
  cluster: Cluster,
  target: ObjectTarget,
  other: string,
  signal: AbortSignal,
): Promise<Result<VersionDifference>> {
  const at = { namespace: target.namespace, name: target.name }
  const [here, there, storage] = await Promise.all([
    getObject(cluster, target, at, signal),
    getObject(cluster, { ...target, version: other }, at, signal),
    storedVersion(cluster, target, signal),
  ])
  if (!here.ok) return here
  if (!there.ok) return there
  const changes = diffObjects(comparable(here.value.object), comparable(there.value.object), null)
  const paths = (kind: string) => changes.filter(one => one.kind === kind).map(({ path }) => formatPath(path))
  return ok({
    onlyHere: paths('removed').slice(0, mostPaths),
    onlyThere: paths('added').slice(0, mostPaths),
    differing: paths('changed').slice(0, mostPaths),
    storage,
  })
}

/** The version that a custom resource is stored in; null for built-in kinds, and where its definition may not be read. */
export async function storedVersion(
  cluster: Cluster,
  target: Pick<ObjectTarget, 'group' | 'resource'>,
  signal: AbortSignal,
): Promise<string | null> {
  if (!target.group.includes('.')) return null
  const name = `${target.resource}.${target.group}`
  const definition = await getObject(cluster, definitions, { namespace: null, name }, signal)
  if (!definition.ok) return null
  const stored = mapsAt(mapAt(definition.value.object, 'spec'), 'versions').find(({ storage }) => storage === true)
  return stored === undefined ? null : textAt(stored, 'name')
}

/** The object without what is said of its version itself. */
function comparable(object: JsonObject): JsonObject {
  const masked = maskObject(object)
  const { apiVersion: _, ...rest } = masked
  const { managedFields: __, resourceVersion: ___, ...metadata } = metadataOf(masked)
  return { ...rest, metadata }
}
