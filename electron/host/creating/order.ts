import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText } from '../../../core/object.ts'

/** What a document makes that others may need first. */
type Made =
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'kind'; readonly group: string; readonly versions: readonly string[]; readonly names: string }

/**
 * The order in which documents are sent: namespaces, then definitions of kinds, then the others, each as the text has
 * them. Those that cannot be read (null) come last.
 */
export function creationOrder(objects: readonly (JsonObject | null)[]): readonly number[] {
  const rank = (object: JsonObject | null): number => {
    if (object === null) return 3
    const made = madeBy(object)
    return made === null ? 2 : made.kind === 'namespace' ? 0 : 1
  }
  return objects.map((_, index) => index).sort((a, b) => rank(objects[a] ?? null) - rank(objects[b] ?? null) || a - b)
}

/** The document that makes a namespace, null for none. */
export function makerOfNamespace(objects: readonly (JsonObject | null)[], name: string): number | null {
  return makerOf(objects, made => made.kind === 'namespace' && made.name === name)
}

/** The document that defines a kind in that version, null for none. */
export function makerOfKind(
  objects: readonly (JsonObject | null)[],
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): number | null {
  const [group = '', version = ''] = apiVersion.split('/')
  return makerOf(
    objects,
    made => made.kind === 'kind' && made.group === group && made.names === kind && made.versions.includes(version),
  )
}

function makerOf(objects: readonly (JsonObject | null)[], isIt: (made: Made) => boolean): number | null {
  const at = objects.findIndex(object => {
    const made = object === null ? null : madeBy(object)
    return made !== null && isIt(made)
  })
  return at < 0 ? null : at
}

function madeBy(object: JsonObject): Made | null {
  const { apiVersion, kind, spec } = object
  if (apiVersion === 'v1' && kind === 'Namespace') {
    return { kind: 'namespace', name: metadataText(object, 'name') ?? '' }
  }
  if (kind !== 'CustomResourceDefinition' || !isObject(spec)) return null
  const { group, names, versions } = spec
  if (typeof group !== 'string' || !isObject(names) || typeof names.kind !== 'string') return null
  const served = (isList(versions) ? versions.filter(isObject) : []).filter(version => version.served !== false)
  return { kind: 'kind', group, versions: served.map(({ name }) => String(name)), names: names.kind }
}
