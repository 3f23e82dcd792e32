import type { ResourceType } from '../../../core/object.ts'
import type { Asked } from '../../../core/problem.ts'

/** Where an object is: its namespace (null for cluster-scoped kinds), name, and the subresource meant, if any. */
export type At = { readonly namespace: string | null; readonly name: string; readonly subresource?: string | null }

/**
 * One segment of a path. The server reads `%2F` as a slash and `..` as the way up, so that a name with those would ask for
 * something else, such as `pods/a/proxy`: of such a name it is asked as it is written here, and has none.
 */
function segment(text: string): string {
  const plain = text.replace(/[/%]|^\.{1,2}$/g, part => part.replace(/./g, one => `%${one.charCodeAt(0).toString(16)}`))
  return encodeURIComponent(plain)
}

/** The path of a collection below the server's address. Null as namespace: all namespaces, or a cluster-scoped kind. */
export function collectionPath(type: ResourceType, namespace: string | null): string {
  const root = type.group === '' ? '/api' : `/apis/${segment(type.group)}`
  const within = namespace === null ? '' : `/namespaces/${segment(namespace)}`
  return `${root}/${segment(type.version)}${within}/${segment(type.resource)}`
}

/** The path of one object, or of its subresource. */
export function objectPath(type: ResourceType, at: At): string {
  const subresource = at.subresource ? `/${segment(at.subresource)}` : ''
  return `${collectionPath(type, at.namespace)}/${segment(at.name)}${subresource}`
}

/** The field selector of one name. Names of some kinds (roles) may hold what separates selectors (Go: `fields.EscapeValue`). */
export function nameSelector(name: string): string {
  return `metadata.name=${name.replace(/[\\,=]/g, '\\$&')}`
}

/** What a request for one object asks for, as refusals tell it. */
export function askedFor(verb: string, type: ResourceType, at: At): Asked {
  const { group, resource } = type
  const subresource = at.subresource ? { subresource: at.subresource } : {}
  return { verb, group, resource, ...subresource, namespace: at.namespace, name: at.name }
}

/** The query of every write: whose it is, and that unknown fields are refused. `dryRun=All` leads where nothing may last. */
export function writeQuery(options: {
  readonly dryRun: boolean
  readonly fieldManager: string
  readonly force?: boolean
}): [string, string][] {
  const query: [string, string][] = options.dryRun ? [['dryRun', 'All']] : []
  query.push(['fieldManager', options.fieldManager], ['fieldValidation', 'Strict'])
  if (options.force === true) query.push(['force', 'true'])
  return query
}
