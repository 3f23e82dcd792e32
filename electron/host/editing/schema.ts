import type { OpenedEdit } from '../../../contract/edit.ts'
import { type Json, type JsonObject, printJson } from '../../../core/json.ts'
import type { ResourceType } from '../../../core/object.ts'
import { isObject } from '../../../core/object.ts'
import { openApiPatchSchema, patchMediaTypes, patchSchemaName, prunePatchSchema } from '../../../core/patch/index.ts'
import type { PatchWays } from './strategy.ts'

/** How objects of a kind are patched, and the small document from which the page makes the same schema. */
export type KindSchema = PatchWays & { readonly document: OpenedEdit['schema'] }

const nothingKnown: KindSchema = { schema: null, strategic: false, document: null }

/** Per OpenAPI document (one object for each version of it), what was made from it. */
const made = new WeakMap<JsonObject, Map<string, KindSchema>>()

/**
 * What the server's OpenAPI says of a kind. Where it says nothing (an aggregated API without OpenAPI, the Scale of a
 * custom resource) lists are atomic and merge patches are used.
 */
export function schemaOfKind(document: Json, type: ResourceType, object: JsonObject): KindSchema {
  if (!isObject(document)) return nothingKnown
  const [group, version] = splitApiVersion(object)
  const kind = typeof object.kind === 'string' ? object.kind : ''
  const key = `${group}/${version}/${kind}/${type.resource}`
  const known = made.get(document) ?? new Map<string, KindSchema>()
  made.set(document, known)
  const found = known.get(key) ?? makeKindSchema(document, { group, version, kind })
  known.set(key, found)
  return found
}

function makeKindSchema(
  document: JsonObject,
  gvk: { readonly group: string; readonly version: string; readonly kind: string },
): KindSchema {
  const name = patchSchemaName(document, gvk)
  if (name === null) return nothingKnown
  const schema = openApiPatchSchema(document, name)
  if (!schema.ok) return nothingKnown
  const strategic = patchMediaTypes(document, gvk).includes('application/strategic-merge-patch+json')
  const pruned = prunePatchSchema(document, name)
  if (!pruned.ok) return nothingKnown
  return { schema: schema.value, strategic, document: { document: printJson(pruned.value), name } }
}

function splitApiVersion(object: JsonObject): readonly [group: string, version: string] {
  const apiVersion = typeof object.apiVersion === 'string' ? object.apiVersion : ''
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)]
}
