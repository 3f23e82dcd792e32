import type { HeldElsewhere } from '../../../contract/held-elsewhere.ts'
import { ok, type Result } from '../../../core/problem.ts'
import { discover } from '../clusters/discovery.ts'
import { compareVersions, storedVersion } from '../objects/versions.ts'
import type { OpenEdit } from './open-edit.ts'

/** What an edit's version does not show of its object; null where that is nothing, or the version is the stored one. */
export async function heldElsewhere(
  { cluster, context, session }: Pick<OpenEdit, 'cluster' | 'context' | 'session'>,
  signal: AbortSignal,
): Promise<Result<HeldElsewhere | null>> {
  const { group, version, resource, namespace, name, subresource } = session.ref
  if (session.origin.kind !== 'edit' || subresource !== undefined) return ok(null)
  const known = await discover(cluster, { signal })
  if (!known.ok) return known
  const served = known.value.kinds.filter(kind => kind.group === group && kind.resource === resource)
  // Of most kinds one version is served, and nothing more has to be asked.
  if (served.length < 2) return ok(null)
  const target = { context, group, version, resource, namespace, name }
  const stored = await storedVersion(cluster, target, signal)
  const other = stored ?? served.find(({ preferred }) => preferred)?.version ?? version
  if (other === version || !served.some(kind => kind.version === other)) return ok(null)
  const difference = await compareVersions(cluster, target, other, signal)
  if (!difference.ok) return difference
  // Controllers write that anew, in their own version.
  const paths = difference.value.onlyThere.filter(path => !/^status\b/.test(path))
  return ok(paths.length === 0 ? null : { version: other, stored: stored !== null, paths })
}
