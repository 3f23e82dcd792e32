import { mapAt, mapsAt } from '../../../core/conditions.ts'
import { podPlace } from '../../../core/dangers/pod-places.ts'
import { type Used, usesOf } from '../../../core/dangers/uses.ts'
import { groupAndKind } from '../../../core/immutable-fields.ts'
import { equalJson, type JsonObject } from '../../../core/json.ts'
import { metadataText } from '../../../core/object.ts'
import { controllerOf } from '../converging/pods.ts'
import { type Changed, type Effect, line } from './look.ts'

/** What makes Pods, or is one; those that a controller makes say what its template says. */
const podMakers = [
  ...['apps/deployments', 'apps/statefulsets', 'apps/daemonsets', 'batch/cronjobs', 'batch/jobs', 'apps/replicasets'],
  '/pods',
]

/** Who uses what changed in a ConfigMap or Secret, and whether he sees it before a restart. */
export const uses: Effect = async (changed, look) => {
  const used = changedEntries(changed)
  if (used === null || used.keys.size === 0) return []
  const lists = await Promise.all(
    podMakers.map(async resource => ({ resource, some: await look.list(resource, { namespace: changed.namespace }) })),
  )
  const users = lists.flatMap(({ resource, some }) =>
    some.objects.flatMap(object => {
      const spec = podPlace(object)?.spec
      if (spec === undefined || controllerOf(object) !== null) return []
      return usesOf(spec, used).map(use => look.touched(resource, object, use))
    }),
  )
  const of = (...ways: readonly unknown[]) => users.filter(({ use }) => ways.includes(use))
  const [restart, soon, pull] = [of('environment', 'sub-path'), of('volume'), of('pull')]
  return [
    ...(restart.length > 0 ? [line('uses', 'restart', 'warning', { count: distinct(restart) }, restart)] : []),
    ...(soon.length > 0 ? [line('uses', 'soon', 'note', { count: distinct(soon) }, soon)] : []),
    ...(pull.length > 0 ? [line('uses', 'pull', 'note', { count: distinct(pull) }, pull)] : []),
    ...(users.length === 0 && lists.every(({ some }) => some.more === 0) ? [line('uses', 'none', 'note', {})] : []),
  ]
}

function distinct(users: readonly { readonly target: { readonly resource: string; readonly name: string } }[]): number {
  return new Set(users.map(({ target }) => `${target.resource}/${target.name}`)).size
}

/** The entries that differ; null of any other kind. */
function changedEntries({ before, after }: Changed): Used | null {
  const [group, kind] = groupAndKind(after)
  if (group !== '' || (kind !== 'ConfigMap' && kind !== 'Secret')) return null
  const keys = ['data', 'binaryData'].flatMap(field => differing(mapAt(before, field), mapAt(after, field)))
  return { kind, name: metadataText(after, 'name') ?? '', keys: new Set(keys) }
}

function differing(before: JsonObject, after: JsonObject): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].filter(key => !equalJson(before[key], after[key]))
}

/** Objects of a kind whose definition serves, stores or knows less. */
export const stored: Effect = async ({ before, after, changes }, look) => {
  if (after.kind !== 'CustomResourceDefinition') return []
  if (!changes.some(({ path }) => path[0] === 'spec' && path[1] === 'versions')) return []
  const spec = mapAt(before, 'spec')
  const resource = `${String(spec.group)}/${String(mapAt(spec, 'names').plural)}`
  const some = await look.list(resource, { metadata: true })
  if (!some.read) return []
  const count = some.objects.length + some.more
  const isLess = mapsAt(spec, 'versions').length > mapsAt(mapAt(after, 'spec'), 'versions').length
  return [line('stored', '', count > 0 && isLess ? 'warning' : 'note', { count })]
}
