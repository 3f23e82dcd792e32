import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { refName, schemasOf, textsIn } from './openapi-document.ts'

/** A kind in a version; `group` is `''` for the core group. */
export type GroupVersionKind = { readonly group: string; readonly version: string; readonly kind: string }

/** The name of the schema of a kind in an OpenAPI document (by `x-kubernetes-group-version-kind`), null if it has none. */
export function patchSchemaName(document: JsonObject, kind: GroupVersionKind): string | null {
  const schemas = Object.entries(schemasOf(document))
  return schemas.find(([, schema]) => isObject(schema) && isOfKind(schema, kind))?.[0] ?? null
}

/**
 * The media types that PATCH takes, sorted: of a path as the document writes it (`/apis/apps/v1/…/{name}`), or of a
 * kind's main resource. Empty when it takes no PATCH; without `application/strategic-merge-patch+json` for custom kinds.
 */
export function patchMediaTypes(document: JsonObject, target: string | GroupVersionKind): readonly string[] {
  const operation = patchOperation(document, target)
  if (operation === null) return []
  const body = fieldOf(operation, 'requestBody')
  const content = isObject(body) ? fieldOf(body, 'content') : undefined
  // OpenAPI v2 lists them in `consumes`.
  return isObject(content) ? Object.keys(content).sort() : [...textsIn(fieldOf(operation, 'consumes'))].sort()
}

/** Whether PATCH of the target takes `fieldValidation` (from Kubernetes 1.25 on). */
export function supportsFieldValidation(document: JsonObject, target: string | GroupVersionKind): boolean {
  return takesParameter(document, target, 'fieldValidation')
}

/** Whether PATCH of the target takes `dryRun`. */
export function supportsDryRun(document: JsonObject, target: string | GroupVersionKind): boolean {
  return takesParameter(document, target, 'dryRun')
}

function takesParameter(document: JsonObject, target: string | GroupVersionKind, name: string): boolean {
  const operation = patchOperation(document, target)
  const parameters = operation === null ? undefined : fieldOf(operation, 'parameters')
  return isList(parameters) && parameters.some(parameter => parameterName(document, parameter) === name)
}

function parameterName(document: JsonObject, parameter: Json): string | null {
  if (!isObject(parameter)) return null
  const ref = refName(parameter)
  const named = ref === null ? parameter : sharedParameter(document, ref)
  const name = isObject(named) ? fieldOf(named, 'name') : undefined
  return typeof name === 'string' ? name : null
}

function sharedParameter(document: JsonObject, name: string): Json | undefined {
  const components = fieldOf(document, 'components')
  const shared = fieldOf(isObject(components) ? components : document, 'parameters')
  return isObject(shared) ? fieldOf(shared, name) : undefined
}

function patchOperation(document: JsonObject, target: string | GroupVersionKind): JsonObject | null {
  const paths = fieldOf(document, 'paths')
  if (!isObject(paths)) return null
  if (typeof target === 'string') return patchOf(fieldOf(paths, target))
  // A kind's subresources (`/status`) carry the same kind and lie below it: the shortest path is the resource itself.
  const own = Object.keys(paths).filter(path => {
    const operation = patchOf(fieldOf(paths, path))
    return operation !== null && isOfKind(operation, target)
  })
  const [shortest] = own.sort((a, b) => a.length - b.length)
  return shortest === undefined ? null : patchOf(fieldOf(paths, shortest))
}

function patchOf(item: Json | undefined): JsonObject | null {
  const patch = isObject(item) ? fieldOf(item, 'patch') : undefined
  return isObject(patch) ? patch : null
}

/** Schemas list their kinds, operations name one. */
function isOfKind(marked: JsonObject, { group, version, kind }: GroupVersionKind): boolean {
  const value = fieldOf(marked, 'x-kubernetes-group-version-kind')
  const kinds = isList(value) ? value : [value]
  return kinds.some(
    one =>
      isObject(one) &&
      fieldOf(one, 'group') === group &&
      fieldOf(one, 'version') === version &&
      fieldOf(one, 'kind') === kind,
  )
}
