import type { ResourceKind } from '../../../contract/browse.ts'
import type { KnownKeeper } from '../../../contract/owners.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { type KeeperSign, keeperSigns, type MarkedObject } from '../../../core/keepers.ts'
import { isList, isObject, metadataOf, metadataText } from '../../../core/object.ts'
import type { Cluster } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import { getObject, objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { ignoredBy } from './ignored.ts'
import { repositoryOf, type Source, sourceOf } from './sources.ts'

/** Argo CD's own namespace as its installation has it; an Application's mark names only another one. */
const argoNamespace = 'argocd'

const mostAutoscalers = 500

/** Who keeps an object: what its marks say, with what the objects that they name tell, and the autoscalers that target it. */
export async function findKeepers(
  cluster: Cluster,
  object: JsonObject,
  { kind, kindSchema }: Pick<OpenEdit, 'kind' | 'kindSchema'>,
  signal: AbortSignal,
): Promise<readonly KnownKeeper[]> {
  const served = await discover(cluster, { signal })
  const kinds = served.ok ? served.value.kinds : []
  const ignored = (keeper: JsonObject) => ignoredBy(keeper, object, kindSchema.schema)
  const place = { cluster, kinds, namespace: metadataText(object, 'namespace'), ignored, signal }
  const scales = kind.subresources.some(({ name }) => name === 'scale')
  const [autoscalers, signs] = await Promise.all([
    scales ? findAutoscalers(object, place) : [],
    Promise.all(keeperSigns(object).map(sign => lookAt(sign, place))),
  ])
  return [...autoscalers, ...signs]
}

type Place = {
  readonly cluster: Cluster
  readonly kinds: readonly ResourceKind[]
  readonly namespace: string | null
  /** What of the kept object another one's words leave out. */
  readonly ignored: (keeper: JsonObject) => KnownKeeper['ignores']
  readonly signal: AbortSignal
}

/** What is known of a keeper by its sign alone. */
function bySign({ keeper, by, release }: KeeperSign): KnownKeeper {
  return { keeper, by, object: null, release, git: null, habit: null, interval: '', ignores: null, replicas: null }
}

async function lookAt(sign: KeeperSign, place: Place): Promise<KnownKeeper> {
  const known = bySign(sign)
  if (sign.object === null) return known
  const found = await readMarked(sign, sign.object, place)
  const alone = sign.leftAlone ? ({ habit: 'left-alone' } as const) : {}
  if (found.object === null) return { ...known, object: found.shown, ...alone }
  const told = await withRepository(sourceOf(found.object), place)
  return { ...known, object: found.shown, ignores: place.ignored(found.object), ...told, ...alone }
}

/** Owners share the object's namespace; what an Argo CD mark does not say is its own one, whatever that is called. */
async function readMarked({ keeper }: KeeperSign, object: MarkedObject, place: Place) {
  if (object.namespace !== null || keeper !== 'argo-cd') {
    return read({ ...object, namespace: object.namespace ?? place.namespace }, place)
  }
  const usual = await read({ ...object, namespace: argoNamespace }, place)
  const elsewhere = usual.shown.state === 'missing' ? await namespaceOf(object, place) : null
  return elsewhere === null ? usual : read({ ...object, namespace: elsewhere }, place)
}

/** The only namespace that has an object of that name; null where there is none, or several, or nobody may look. */
async function namespaceOf({ group, kind, name }: MarkedObject, place: Place): Promise<string | null> {
  const served = preferred(group, kind, place)
  if (served === undefined) return null
  const call = {
    labels: '',
    fields: `metadata.name=${name}`,
    accept: 'application/json',
    limit: 2,
    continueToken: null,
  }
  const answer = await listChunk(place.cluster, served, { ...call, namespace: null }, place.signal)
  const list = answer.ok ? objectOf(answer.value) : answer
  const [only, more] = list.ok ? mapsAt(list.value.object, 'items') : []
  return only === undefined || more !== undefined ? null : metadataText(only, 'namespace')
}

function preferred(group: string, kind: string, { kinds }: Place): ResourceKind | undefined {
  return kinds.find(one => one.group === group && one.kind === kind && one.preferred)
}

async function withRepository(source: Source, place: Place) {
  const { from, git, habit, interval, release } = source
  const known = { habit, interval, ...(release === null ? {} : { release }) }
  if (from === null || git === null) return { ...known, git }
  const { object } = await read(from, place)
  const repository = object === null ? null : repositoryOf(object)
  if (repository !== null && repository.url !== '') return { ...known, git: { ...git, ...repository } }
  return { ...known, git: git.path === '' ? null : git }
}

async function read({ group, kind, namespace, name }: MarkedObject, place: Place) {
  const { cluster, signal } = place
  const served = preferred(group, kind, place)
  const shown = { kind, name, state: 'unreadable', target: null } as const
  if (served === undefined) return { object: null, shown }
  const at = { namespace: served.namespaced ? namespace : null, name }
  const target = { context: cluster.context, group, version: served.version, resource: served.resource, ...at }
  const answer = await getObject(cluster, served, at, signal)
  if (answer.ok) return { object: answer.value.object, shown: { ...shown, state: 'present', target } as const }
  const state = answer.problem.code === 'not-found' ? ('missing' as const) : shown.state
  return { object: null, shown: { ...shown, state, target } }
}

/** The autoscalers of the namespace whose target this is. Who may not list them is told nothing. */
async function findAutoscalers(object: JsonObject, place: Place): Promise<readonly KnownKeeper[]> {
  const { cluster, namespace, signal } = place
  const kind = preferred('autoscaling', 'HorizontalPodAutoscaler', place)
  if (kind === undefined || namespace === null) return []
  const call = { labels: '', fields: '', accept: 'application/json', limit: mostAutoscalers, continueToken: null }
  const answer = await listChunk(cluster, kind, { ...call, namespace }, signal)
  const list = answer.ok ? objectOf(answer.value) : answer
  if (!list.ok || !isList(list.value.object.items)) return []
  return list.value.object.items.filter(isObject).flatMap(item => {
    if (!isTarget(mapAt(mapAt(item, 'spec'), 'scaleTargetRef'), object)) return []
    return [autoscaler(item, kind, place)]
  })
}

function isTarget(reference: JsonObject, object: JsonObject): boolean {
  const groupOf = (apiVersion: string) => apiVersion.split('/').slice(0, -1).join('')
  return (
    textAt(reference, 'kind') === object.kind &&
    textAt(reference, 'name') === metadataText(object, 'name') &&
    groupOf(textAt(reference, 'apiVersion')) === groupOf(textAt(object, 'apiVersion'))
  )
}

/** An autoscaler that is made by something else (KEDA's ScaledObject) is changed there. */
function autoscaler(item: JsonObject, kind: ResourceKind, { cluster, kinds, namespace }: Place): KnownKeeper {
  const spec = mapAt(item, 'spec')
  const maker = mapsAt(metadataOf(item), 'ownerReferences').find(({ controller }) => controller === true)
  const group = textAt(maker ?? {}, 'apiVersion')
    .split('/')
    .slice(0, -1)
    .join('')
  const made = maker && kinds.find(one => one.kind === maker.kind && one.group === group && one.preferred)
  const { version, resource, ...is } = made ?? kind
  const name = made === undefined || maker === undefined ? (metadataText(item, 'name') ?? '') : textAt(maker, 'name')
  const { minReplicas, maxReplicas } = spec
  return {
    keeper: 'autoscaler',
    by: 'spec.scaleTargetRef',
    object: {
      kind: is.kind,
      name,
      state: 'present',
      target: { context: cluster.context, group: is.group, version, resource, namespace, name },
    },
    release: null,
    git: null,
    habit: 'at-once',
    interval: '',
    ignores: null,
    replicas:
      typeof maxReplicas === 'number'
        ? { min: typeof minReplicas === 'number' ? minReplicas : 1, max: maxReplicas }
        : null,
  }
}
