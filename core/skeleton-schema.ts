import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject } from './object.ts'
import { refName, schemasOf, textsIn } from './patch/openapi-document.ts'
import { type GroupVersionKind, patchSchemaName } from './patch/openapi-operations.ts'

/** What an OpenAPI document says of fields, as a new object needs it. A null schema says nothing. */
export type Schemas = {
  readonly ofKind: (kind: GroupVersionKind) => JsonObject | null
  readonly properties: (schema: JsonObject | null) => readonly (readonly [string, JsonObject])[]
  readonly property: (schema: JsonObject | null, key: string) => JsonObject | null
  readonly item: (schema: JsonObject | null) => JsonObject | null
  /** The first sentence of its documentation, on one line; empty where it has none. */
  readonly description: (schema: JsonObject | null) => string
  /** A value that the schema takes, with all that it requires, so many levels down. */
  readonly placeholder: (schema: JsonObject, levels: number) => Json
  /** A value that shows what the field takes, no deeper than one level. */
  readonly example: (schema: JsonObject) => Json
}

const longestNote = 90
const longestChain = 20

/** Reads schemas in a document. What is odd in it is passed over: a skeleton is only a beginning. */
export function createSchemas(document: Json): Schemas {
  const all = isObject(document) ? document : {}

  const resolve = (schema: JsonObject): JsonObject => {
    let here = schema
    for (let links = 0; links < longestChain; links++) {
      const name = refName(here)
      const allOf = fieldOf(here, 'allOf')
      const next =
        name === null ? (isList(allOf) && allOf.length === 1 ? allOf[0] : null) : fieldOf(schemasOf(all), name)
      if (!isObject(next)) return here
      here = next
    }
    return here
  }
  const said = (schema: JsonObject, key: string): Json | undefined =>
    fieldOf(schema, key) ?? fieldOf(resolve(schema), key)
  const mapIn = (schema: JsonObject, key: string): JsonObject | null => {
    const value = said(schema, key)
    return isObject(value) ? value : null
  }

  const property = (schema: JsonObject | null, key: string): JsonObject | null => {
    if (schema === null) return null
    const own = fieldOf(mapIn(schema, 'properties') ?? {}, key)
    return isObject(own) ? own : mapIn(schema, 'additionalProperties')
  }
  const properties = (schema: JsonObject | null) =>
    Object.entries((schema && mapIn(schema, 'properties')) ?? {}).flatMap(([name, node]) =>
      isObject(node) ? [[name, node] as const] : [],
    )

  const placeholder = (schema: JsonObject, levels: number): Json => {
    const scalar = scalarOf(schema)
    if (scalar !== undefined) return scalar
    const items = mapIn(schema, 'items')
    if (said(schema, 'type') === 'array' || items !== null) {
      return items === null || levels === 0 ? [] : [placeholder(items, levels - 1)]
    }
    const required = textsIn(said(schema, 'required'))
    const wanted = properties(schema).filter(([name]) => required.includes(name))
    if (levels === 0) return {}
    return Object.fromEntries(wanted.map(([name, node]) => [name, placeholder(node, levels - 1)]))
  }

  const scalarOf = (schema: JsonObject): Json | undefined => {
    const start = said(schema, 'default')
    // An empty default, of text or of an object, says nothing.
    if (start !== undefined && start !== '' && !isObject(start)) return start
    const choices = said(schema, 'enum')
    if (isList(choices) && choices.length > 0) return choices.find(choice => choice !== '') ?? ''
    if (said(schema, 'x-kubernetes-int-or-string') === true || said(schema, 'format') === 'int-or-string') return 1
    switch (said(schema, 'type')) {
      case 'integer':
      case 'number':
        return numberOf(said(schema, 'minimum'), said(schema, 'maximum'))
      case 'boolean':
        return false
      case 'string':
        return textOf(said(schema, 'format'), said(schema, 'minLength'))
      default:
        return isList(said(schema, 'oneOf')) ? '1' : undefined
    }
  }

  return {
    ofKind(kind) {
      const name = patchSchemaName(all, kind)
      const schema = name === null ? undefined : fieldOf(schemasOf(all), name)
      return isObject(schema) ? schema : null
    },
    properties,
    property,
    item: schema => (schema === null ? null : mapIn(schema, 'items')),
    description(schema) {
      const words = schema === null ? undefined : said(schema, 'description')
      return typeof words === 'string' ? firstSentence(words) : ''
    },
    placeholder,
    example: schema => placeholder(schema, 1),
  }
}

function firstSentence(text: string): string {
  const [sentence = ''] = text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=\.)\s/)
  return sentence.length > longestNote ? `${sentence.slice(0, longestNote).trimEnd()}…` : sentence
}

function numberOf(minimum: Json | undefined, maximum: Json | undefined): Json {
  if (typeof minimum === 'number' && minimum > 1) return minimum
  return typeof maximum === 'number' && maximum < 1 ? maximum : 1
}

function textOf(format: Json | undefined, shortest: Json | undefined): string {
  if (format === 'date-time') return '2030-01-01T00:00:00Z'
  if (format === 'date') return '2030-01-01'
  if (format === 'byte') return ''
  return 'change-me'.padEnd(typeof shortest === 'number' ? Math.min(shortest, 200) : 0, '-')
}
