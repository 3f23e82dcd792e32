import type { EditTarget, OpenedEdit } from '../../../contract/edit.ts'
import { type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { openApiPatchSchema, patchMediaTypes, patchSchemaName, prunePatchSchema } from '../../../core/patch/index.ts'
import type { GroupVersionKind } from '../../../core/patch/openapi-operations.ts'
import { ok, type Result } from '../../../core/problem.ts'
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
export type SchemaTarget = Pick<EditTarget, 'group' | 'version' | 'resource' | 'namespace' | 'subresource'>

/** Where nothing is said of a kind. */
export const nothingKnown: KindSchema = {
  schema: null,
  strategic: false,
  document: null,
  patchTypes: [],
  partTypes: {},
}

/** What is told of a kind's schema beside the schema itself, which is made of it: plain values, which can be sent and kept. */
export type KnownKind = Omit<KindSchema, 'schema'>

/**
 * What the JSON text of an OpenAPI document says of a kind and of what is edited of it. Where that is nothing (an aggregated
 * API without OpenAPI, the Scale of a custom resource) lists are atomic and merge patches are used. `json-syntax`.
 */
export function kindIn(text: string, kind: GroupVersionKind, target: SchemaTarget): Result<KnownKind> {
  const document = parseJson(text)
  if (!document.ok) return document
  if (!isObject(document.value)) return ok(nothingKnown)
  const { schema: _, ...known } = makeKindSchema(document.value, kind, target)
  return ok(known)
}

function makeKindSchema(document: JsonObject, gvk: GroupVersionKind, target: SchemaTarget): KindSchema {
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
export function restoreKindSchema(known: KnownKind): KindSchema {
  const { document: kept, strategic, patchTypes, partTypes } = known
  const unknown = { ...nothingKnown, patchTypes, partTypes }
  const document = kept === null ? null : parseJson(kept.document)
  if (kept === null || !document?.ok || !isObject(document.value)) return unknown
  const schema = openApiPatchSchema(document.value, kept.name)
  return schema.ok ? { schema: schema.value, strategic, document: kept, patchTypes, partTypes } : unknown
}

/** The path as an OpenAPI document writes it. */
function pathOf({ group, version, resource, namespace, subresource }: SchemaTarget): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const within = namespace === null ? '' : '/namespaces/{namespace}'
  return `${root}${within}/${resource}/{name}${subresource === null ? '' : `/${subresource}`}`
}
