import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonObject, parseJson } from '../../core/json.ts'
import { fieldOf, isObject } from '../../core/object.ts'
import {
  type GroupVersionKind,
  openApiPatchSchema,
  type PatchSchema,
  patchMediaTypes,
  patchSchemaName,
  prunePatchSchema,
} from '../../core/patch/index.ts'

/** The schemas by kind, named `group/version/kind` (the core group has no name). */
export type Schemas = ReadonlyMap<string, PatchSchema>

/** The kinds that take a strategic merge patch, as published OpenAPI documents describe them, pruned as the app prunes them. */
export function readSchemas(folder: string): Schemas {
  const schemas = new Map<string, PatchSchema>()
  for (const file of readdirSync(folder).sort()) {
    if (!/^api(s__.*)?__v\w+_openapi\.json$/.test(file)) continue
    const document = parseJson(readFileSync(join(folder, file), 'utf8'))
    if (!document.ok || !isObject(document.value)) throw new Error(`${file} is no OpenAPI document`)
    for (const kind of patchedKinds(document.value)) {
      const name = `${kind.group}/${kind.version}/${kind.kind}`
      const schema = schemas.has(name) ? null : schemaOf(document.value, kind)
      if (schema !== null) schemas.set(name, schema)
    }
  }
  return schemas
}

function patchedKinds(document: JsonObject): readonly GroupVersionKind[] {
  const paths = fieldOf(document, 'paths')
  if (!isObject(paths)) return []
  return Object.entries(paths).flatMap(([path, item]) => {
    if (!patchMediaTypes(document, path).includes('application/strategic-merge-patch+json')) return []
    const patch = isObject(item) ? fieldOf(item, 'patch') : undefined
    const kind = isObject(patch) ? fieldOf(patch, 'x-kubernetes-group-version-kind') : undefined
    return isObject(kind) ? [{ group: `${kind.group}`, version: `${kind.version}`, kind: `${kind.kind}` }] : []
  })
}

/** Null for what has no schema: the options of proxy requests, which list PATCH too. */
function schemaOf(document: JsonObject, kind: GroupVersionKind): PatchSchema | null {
  const name = patchSchemaName(document, kind)
  if (name === null) return null
  const pruned = prunePatchSchema(document, name)
  const schema = pruned.ok ? openApiPatchSchema(pruned.value, name) : pruned
  if (!schema.ok) throw new Error(`${name}: ${schema.problem.code}`)
  return schema.value
}
