import type { EditTarget, OpenedEdit } from '../../../contract/edit.ts'
import { type Json, type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { openApiPatchSchema, patchMediaTypes, patchSchemaName, prunePatchSchema } from '../../../core/patch/index.ts'
import { allPartSubresources } from '../../../core/subresources.ts'
import type { PatchWays } from './strategies/ways.ts'

/** How objects of a kind are patched, and the small document from which the page makes the same schema. */
export type KindSchema = PatchWays & {
  readonly document: OpenedEdit['schema']
  /** The media types that PATCH takes, of the subresource where one is edited; empty where nothing is known. */
  readonly patchTypes: readonly string[]
  /** The same of the subresources that take parts of the whole object. */
  readonly partTypes: Readonly<Record<string, readonly string[]>>
}

/** The resource, or the subresource of it, that is edited. */
type Target = Pick<EditTarget, 'group' | 'version' | 'resource' | 'namespace' | 'subresource'>

/** Where nothing is said of a kind. */
export const nothingKnown: KindSchema = {
  schema: null,
  strategic: false,
  document: null,
  patchTypes: [],
  partTypes: {},
}

/** Per OpenAPI document (one object for each version of it), what was made from it. */
const made = new WeakMap<JsonObject, Map<string, KindSchema>>()

/**
 * What the server's OpenAPI says of a kind. Where it says nothing (an aggregated API without OpenAPI, the Scale of a
 * custom resource) lists are atomic and merge patches are used.
 */
export function schemaOfKind(document: Json, target: Target, object: JsonObject): KindSchema {
  if (!isObject(document)) return nothingKnown
  const [group, version] = splitApiVersion(object)
  const kind = typeof object.kind === 'string' ? object.kind : ''
  const key = `${group}/${version}/${kind}/${pathOf(target)}`
  const known = made.get(document) ?? new Map<string, KindSchema>()
  made.set(document, known)
  const found = known.get(key) ?? makeKindSchema(document, { group, version, kind }, target)
  known.set(key, found)
  return found
}

function makeKindSchema(
  document: JsonObject,
  gvk: { readonly group: string; readonly version: string; readonly kind: string },
  target: Target,
): KindSchema {
  const patchTypes = patchMediaTypes(document, pathOf(target))
  const partTypes = Object.fromEntries(
    (target.subresource === null ? allPartSubresources : []).map(subresource => [
      subresource,
      patchMediaTypes(document, pathOf({ ...target, subresource })),
    ]),
  )
  const unknown = { ...nothingKnown, patchTypes, partTypes }
  const name = patchSchemaName(document, gvk)
  if (name === null) return unknown
  const schema = openApiPatchSchema(document, name)
  if (!schema.ok) return unknown
  const strategic = patchTypes.includes('application/strategic-merge-patch+json')
  const pruned = prunePatchSchema(document, name)
  if (!pruned.ok) return unknown
  return {
    schema: schema.value,
    strategic,
    document: { document: printJson(pruned.value), name },
    patchTypes,
    partTypes,
  }
}

/** How a kind's objects are patched, from what was kept of it. A document that cannot be used says nothing. */
export function restoreKindSchema(known: Omit<KindSchema, 'schema'>): KindSchema {
  const { document: kept, strategic, patchTypes, partTypes } = known
  const unknown = { ...nothingKnown, patchTypes, partTypes }
  const document = kept === null ? null : parseJson(kept.document)
  if (kept === null || !document?.ok || !isObject(document.value)) return unknown
  const schema = openApiPatchSchema(document.value, kept.name)
  return schema.ok ? { schema: schema.value, strategic, document: kept, patchTypes, partTypes } : unknown
}

function splitApiVersion(object: JsonObject): readonly [group: string, version: string] {
  const apiVersion = typeof object.apiVersion === 'string' ? object.apiVersion : ''
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)]
}

/** The path as an OpenAPI document writes it. */
function pathOf({ group, version, resource, namespace, subresource }: Target): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const within = namespace === null ? '' : '/namespaces/{namespace}'
  return `${root}${within}/${resource}/{name}${subresource === null ? '' : `/${subresource}`}`
}
