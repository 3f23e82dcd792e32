import { isObject } from '../../core/object.ts'
import { type Reference, referencesOf } from '../../core/references.ts'
import { readText } from './text-objects.ts'

/** Finds the objects that a text must name; `NamedPlace` tells where. None of a text that cannot be read. */
export type NamesTask = { readonly kind: 'names'; readonly text: string }

/** An object that a text names, and the offsets of its name. */
export type NamedPlace = Pick<Reference, 'group' | 'kind' | 'namespace' | 'name'> & {
  readonly from: number
  readonly to: number
}

/** The server takes so many at once; a text with more of them is not one that a person reads to the end. */
const mostNames = 200

/** The objects that must be there for what a text says, at the place that is known best. */
export function namedPlaces({ text }: NamesTask): readonly NamedPlace[] {
  const reading = readText(text)
  if (!reading.ok || !isObject(reading.value)) return []
  const { value, ranges } = reading
  const isBuiltIn =
    !/^[^/]*\.[^/]*\//.test(String(value.apiVersion)) || /^[^/]*\.k8s\.io\//.test(String(value.apiVersion))
  const names = referencesOf(value).flatMap(reference => {
    const range = ranges.of(reference.place)?.value
    if (reference.optional || range === undefined || !(isBuiltIn || isNeeded(reference))) return []
    const { group, kind, namespace, name } = reference
    return [{ group, kind, namespace, name, from: range.from, to: range.to }]
  })
  return names.slice(0, mostNames)
}

/** A custom resource's `secretName` is often what its controller is going to make; what a container reads must be there. */
function isNeeded({ path }: Reference): boolean {
  return /(KeyRef|configMapRef|secretRef|imagePullSecrets|serviceAccountName)$/.test(path)
}
