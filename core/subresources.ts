import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject, type ResourceType } from './object.ts'

/** A subresource whose endpoint takes a part of the whole object, and serves or answers with the whole object. */
export type PartSubresource = 'resize' | 'ephemeralcontainers' | 'status' | 'finalize'

/** Stands for every item of a list; items are told apart by their `name`. */
const each = Symbol('each')

type Place = readonly (string | typeof each)[]

/**
 * The places that only the endpoint of a subresource takes. (Go: the `PrepareForUpdate` of each strategy in
 * `pkg/registry/core`; a main resource keeps its `status` as it was wherever it has a status subresource.)
 */
const places: Readonly<Record<PartSubresource, readonly Place[]>> = {
  resize: [
    ['spec', 'resources'],
    ...['containers', 'initContainers'].flatMap(list => [
      ['spec', list, each, 'resources'] as const,
      ['spec', list, each, 'resizePolicy'] as const,
    ]),
  ],
  ephemeralcontainers: [['spec', 'ephemeralContainers']],
  status: [['status']],
  finalize: [['spec', 'finalizers']],
}

/** Whose `spec` the subresource knows; `status` means the same for every kind. */
const ownKind: Readonly<Record<PartSubresource, string | null>> = {
  resize: 'pods',
  ephemeralcontainers: 'pods',
  status: null,
  finalize: 'namespaces',
}

/** In the order in which they are written: what ends an object comes last. */
export const allPartSubresources: readonly PartSubresource[] = ['resize', 'ephemeralcontainers', 'status', 'finalize']

/** A kind's subresources as discovery names them. */
type Served = readonly { readonly name: string; readonly verbs: readonly string[] }[]

/** The subresources that take parts of a kind's objects, of those that the server serves for writing. */
export function partSubresources(
  { group, resource }: Pick<ResourceType, 'group' | 'resource'>,
  served: Served,
): readonly PartSubresource[] {
  const isWritten = (name: string) =>
    served.some(one => one.name === name && one.verbs.some(verb => verb === 'patch' || verb === 'update'))
  const isKinds = (name: PartSubresource) => ownKind[name] === null || (group === '' && ownKind[name] === resource)
  return allPartSubresources.filter(name => isKinds(name) && isWritten(name))
}

/** Subresources that are read and patched as objects are; `proxy` and the like pass requests on. */
const ofObjects: readonly string[] = ['status', 'scale', 'resize', 'ephemeralcontainers', 'approval']

/** Whether a subresource is read as objects are. A GET of any other may do things: `proxy` passes it on to a program. */
export function isOfObjects(subresource: string): boolean {
  return ofObjects.includes(subresource)
}

/** The subresources that can be edited by themselves, of those that the server serves. */
export function editableSubresources(served: Served): readonly string[] {
  const isEditable = (name: string) =>
    served.some(one => one.name === name && one.verbs.includes('get') && one.verbs.includes('patch'))
  return ofObjects.filter(isEditable)
}

/** `into`, where the places of a subresource are as in `from`. List items that only one of them has stay out of it. */
export function takePart(into: JsonObject, from: JsonObject, subresource: PartSubresource): JsonObject {
  return places[subresource].reduce((object, place) => takeField(object, from, place), into)
}

/** `into`, where all that the subresources do not take is as in `from`. */
export function takeRest(into: JsonObject, from: JsonObject, subresources: readonly PartSubresource[]): JsonObject {
  return subresources.reduce((object, subresource) => takePart(object, into, subresource), from)
}

function takeField(into: JsonObject, from: JsonObject, [key, ...rest]: Place): JsonObject {
  if (typeof key !== 'string') throw new Error('a place begins with a field')
  const [mine, theirs] = [fieldOf(into, key), fieldOf(from, key)]
  if (mine === theirs) return into
  if (rest.length === 0) return withField(into, key, theirs)
  const taken = takeWithin(mine, theirs, rest)
  return taken === mine ? into : withField(into, key, taken)
}

/** Below a field that both have; what one of them has alone is no part. */
function takeWithin(into: Json | undefined, from: Json | undefined, place: Place): Json | undefined {
  if (isObject(into) && isObject(from)) return takeField(into, from, place)
  if (place[0] !== each || !isList(into) || !isList(from)) return into
  const named = new Map(from.filter(item => isObject(item)).map(item => [item.name, item]))
  const items = into.map(item => {
    const other = isObject(item) && item.name !== undefined ? named.get(item.name) : undefined
    return takeWithin(item, other, place.slice(1)) ?? item
  })
  return items.every((item, index) => item === into[index]) ? into : items
}

function withField(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...object, [key]: value }
  const { [key]: _, ...rest } = object
  return rest
}
