import { mapAt, mapsAt, textAt } from '../conditions.ts'
import { equalJson, type JsonObject } from '../json.ts'
import { isList, metadataOf, metadataText } from '../object.ts'
import { type Path, valueAt } from '../path.ts'
import { type Danger, danger, type Ground, type Rule } from './danger.ts'

const finalizerPlaces: readonly Path[] = [
  ['metadata', 'finalizers'],
  ['spec', 'finalizers'],
]

/** Finalizers that were taken away: what they wait for is not done any more. */
const finalizers: Rule = ({ before, after, kind }) => {
  if (before === null) return []
  const deleting = metadataText(before, 'deletionTimestamp') === null ? 'no' : 'yes'
  // Only a Namespace has some of its own in its spec.
  return finalizerPlaces.slice(0, kind === 'Namespace' ? 2 : 1).flatMap(place => {
    const kept = new Set(textsAt(after, place))
    const gone = textsAt(before, place).filter(finalizer => !kept.has(finalizer))
    return gone.map(finalizer => danger('finalizer-removed', [...place, { value: finalizer }], { finalizer, deleting }))
  })
}

function textsAt(object: JsonObject, path: Path): readonly string[] {
  const list = valueAt(object, path)
  return isList(list) ? list.filter(item => typeof item === 'string') : []
}

/** One more owner, one less, or one told otherwise. Whether a new one is there only the cluster knows. */
const owners: Rule = ({ before, after }) => {
  const was = byUid(before)
  const is = byUid(after)
  const tell = (id: 'owner-added' | 'owner-removed' | 'owner-changed', uid: string, owner: JsonObject) =>
    danger(id, ['metadata', 'ownerReferences', { keys: { uid } }], ownerFacts(owner))
  return [
    ...[...is].flatMap(([uid, owner]): readonly Danger[] => {
      const former = was.get(uid)
      if (former === undefined) return [tell('owner-added', uid, owner)]
      return equalJson(former, owner) ? [] : [tell('owner-changed', uid, owner)]
    }),
    ...[...was].flatMap(([uid, owner]) => (is.has(uid) ? [] : [tell('owner-removed', uid, owner)])),
  ]
}

function byUid(object: JsonObject | null): ReadonlyMap<string, JsonObject> {
  const owners = object === null ? [] : mapsAt(metadataOf(object), 'ownerReferences')
  return new Map(owners.map(owner => [textAt(owner, 'uid'), owner]))
}

/** What is said of an owner. */
export function ownerFacts(owner: JsonObject) {
  return { kind: textAt(owner, 'kind'), name: textAt(owner, 'name'), uid: textAt(owner, 'uid') }
}

/** Labels and annotations by which tools keep an object from being deleted: its key, and what its value must say. */
const protections: readonly (readonly [key: RegExp, value: RegExp])[] = [
  [/delet\w*-?protect|protect\w*-?delet|prevent-?(deletion|destroy)/i, /./],
  [/^helm\.sh\/resource-policy$/, /keep/],
  [/^argocd\.argoproj\.io\/sync-options$/, /(Prune|Delete)=false/],
  [/^kustomize\.toolkit\.fluxcd\.io\/prune$/, /disabled/],
]

const protection: Rule = ground =>
  ['labels', 'annotations'].flatMap(field => {
    const [was, is] = [entriesIn(ground, field, 'before'), entriesIn(ground, field, 'after')]
    return Object.entries(was).flatMap(([key, value]) => {
      const guards = (text: unknown) =>
        typeof text === 'string' && protections.some(([keys, values]) => keys.test(key) && values.test(text))
      const isGone = guards(value) && !(guards(is[key]) && (is[key] === value || is[key] !== 'false'))
      return isGone ? [danger('protection-removed', ['metadata', field, key], { key })] : []
    })
  })

function entriesIn(ground: Ground, field: string, side: 'before' | 'after'): JsonObject {
  const object = ground[side]
  return object === null ? {} : mapAt(metadataOf(object), field)
}

/** What stands in every object's metadata. */
export const metadata: readonly Rule[] = [finalizers, owners, protection]
