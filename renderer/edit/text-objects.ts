import { fieldGround, type Ground, identifyItems, itemGround, rootGround } from '../../core/identity.ts'
import { type Json, type JsonObject, parseJson } from '../../core/json.ts'
import { isList, isObject } from '../../core/object.ts'
import { openApiPatchSchema } from '../../core/patch/index.ts'
import type { PatchSchema } from '../../core/patch/schema.ts'
import type { Problem } from '../../core/problem.ts'
import { readYaml } from '../../core/yaml.ts'
import type { ItemKey } from '../../core/yaml-edit.ts'

/** The OpenAPI document of a kind as the contract gives it. */
export type SchemaText = { readonly document: string; readonly name: string }

/** Names list items by their identity, so that the text of an item stays with it when others come or go. */
export function itemKeyIn(root: JsonObject, schema: PatchSchema | null): ItemKey {
  return (path, item) => {
    let [value, ground]: [Json | undefined, Ground] = [root, rootGround(schema, root)]
    for (const step of path) {
      value = isObject(value) ? value[step] : isList(value) ? value[Number(step)] : undefined
      ground = typeof step === 'number' ? itemGround(ground, value) : fieldGround(ground, step, value)
    }
    const [only] = identifyItems([item], ground)?.keys() ?? []
    return only ?? null
  }
}

/** The object that a text says, or all that is wrong with it. */
export function objectOfYaml(
  text: string,
): { readonly ok: true; readonly value: JsonObject } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const reading = readYaml(text)
  if (!reading.ok) return reading
  const { value } = reading
  return isObject(value) ? { ok: true, value } : { ok: false, problems: [{ code: 'yaml-not-an-object' }] }
}

/** The object of a JSON text from the host. Throws when it is none: the host sends nothing else. */
export function objectOfJson(text: string): JsonObject {
  const parsed = parseJson(text)
  if (!parsed.ok || !isObject(parsed.value)) throw new Error('the host sent no JSON object')
  return parsed.value
}

/** The reading of a text; several ask for that of the newest one, and it takes the longest of all they do. */
export const readText = rememberLast(readYaml)

const documentOf = rememberLast(objectOfJson)

/** The schema of a kind, null where the server has none that can be read. */
export function schemaOf(schema: SchemaText | null): PatchSchema | null {
  if (schema === null) return null
  const result = openApiPatchSchema(documentOf(schema.document), schema.name)
  return result.ok ? result.value : null
}

/** The last answer again where the last text comes again. */
export function rememberLast<T>(compute: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | null = null
  return text => {
    if (last?.text !== text) last = { text, value: compute(text) }
    return last.value
  }
}
