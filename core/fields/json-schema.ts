import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { schemasOf } from '../patch/openapi-document.ts'
import { enumWords } from './enum-words.ts'
import type { FieldLimits, FieldSchema } from './field-schema.ts'
import { openFields } from './open-fields.ts'

/** A field as its documentation is written of it. */
export type DocumentedField = {
  readonly name: string
  readonly field: FieldSchema
  readonly required: boolean
  /** Undefined where it has none that says something: Go's `""` and `{}` do not. */
  readonly fallback: Json | undefined
  /** The field's description without what it says of single values, and that. */
  readonly description: string
  readonly values: ReadonlyMap<string, string>
}

/** Writes the documentation of a field, and of one of its values, in Markdown. */
export type Documenting = {
  readonly field: (documented: DocumentedField) => string
  readonly value: (words: string) => string
}

/**
 * The kind of an OpenAPI v3 document as JSON Schema (draft 7) that says of an object what the server's strict decoding
 * and its structural validation say; null where the document has none of that name. What only the server can judge is
 * left out: CEL rules, formats, alternatives, and patterns that JavaScript does not have.
 */
export function jsonSchemaOf(document: Json, name: string, documenting: Documenting): JsonObject | null {
  const definitions: Record<string, JsonObject> = {}
  const names = new Set([name])
  const making: Making = { isBuiltIn: name.startsWith('io.k8s.'), documenting, refer: each => names.add(each) }
  // A Set's iteration also visits what is added while it runs.
  for (const each of names) {
    const field = openFields(document, each)
    if (field !== null) definitions[each] = shapeOf(field, making)
  }
  const root = definitions[name]
  if (root === undefined) return null
  definitions[name] = identified(root, document, name)
  return { ...reference(name), definitions }
}

type Making = { readonly isBuiltIn: boolean; readonly documenting: Documenting; readonly refer: (name: string) => void }

const reference = (name: string) => ({ $ref: `#/definitions/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` })

/** A kind's root, where `apiVersion` and `kind` can only be its own. */
function identified(root: JsonObject, document: Json, name: string): JsonObject {
  const schema = isObject(document) ? fieldOf(schemasOf(document), name) : undefined
  const kinds = isObject(schema) ? fieldOf(schema, 'x-kubernetes-group-version-kind') : undefined
  const properties = fieldOf(root, 'properties')
  if (!isList(kinds) || !isObject(properties)) return root
  const known = kinds.filter(isObject)
  const versions = known.map(({ group, version }) => (group === '' ? String(version) : `${group}/${version}`))
  const only = (key: string, values: readonly Json[]) => {
    const property = fieldOf(properties, key)
    return isObject(property) && values.length > 0 ? { [key]: { ...property, enum: [...new Set(values)] } } : {}
  }
  const kindNames = known.map(({ kind }) => String(kind))
  return { ...root, properties: { ...properties, ...only('apiVersion', versions), ...only('kind', kindNames) } }
}

/** A field at its place: what it is, and what is said of it here. */
function placed(name: string, field: FieldSchema, required: boolean, making: Making): JsonObject {
  const words = enumWords(field.description)
  const fallback = isTelling(field.default) ? field.default : undefined
  const markdownDescription = making.documenting.field({ name, field, required, fallback, ...words })
  const said = {
    markdownDescription,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...enumOf(field, words.values, making.documenting),
  }
  if (field.definition === '') return { ...shapeOf(field, making), ...said }
  making.refer(field.definition)
  return { ...reference(field.definition), ...said }
}

function isTelling(value: Json | undefined): boolean {
  return value !== undefined && value !== '' && value !== null && !(isObject(value) && Object.keys(value).length === 0)
}

/** What the server gives a default is there when it looks. Kubernetes' own kinds have defaults that are nothing. */
function isFilledIn(field: FieldSchema | null, { isBuiltIn }: Making): boolean {
  return field?.default !== undefined && (!isBuiltIn || isTelling(field.default))
}

function enumOf(field: FieldSchema, words: ReadonlyMap<string, string>, documenting: Documenting): JsonObject {
  if (field.enum === null) return {}
  const values = field.nullable && !field.enum.includes(null) ? [...field.enum, null] : field.enum
  const described = values.map(value => documenting.value(words.get(String(value)) ?? ''))
  return { enum: values, ...(words.size > 0 ? { markdownEnumDescriptions: described } : {}) }
}

function shapeOf(field: FieldSchema, making: Making): JsonObject {
  if (field.quantity) return { type: ['string', 'number'], pattern: quantityPattern }
  const types: readonly string[] = field.nullable && field.types.length > 0 ? [...field.types, 'null'] : field.types
  const [only, ...others] = types
  const type = only === undefined ? {} : { type: others.length > 0 ? types : only }
  return { ...type, ...limitsOf(field.limits), ...childrenOf(field, making) }
}

/** As `resource.Quantity` says of itself; its decoder takes blanks around it. */
const quantityPattern = '^\\s*[+-]?[0-9.]+([eEinumkKMGTP]*[-+]?[0-9]*)\\s*$'

function childrenOf(field: FieldSchema, making: Making): JsonObject {
  const items = field.items()
  if (items !== null) return { items: placed('', items, false, making) }
  const values = field.values()
  const additional = values === null ? {} : { additionalProperties: placed('', values, false, making) }
  if (!field.struct) return additional
  const names = field.names()
  const properties = Object.fromEntries(
    names.flatMap(name => {
      const child = field.field(name)
      return child === null ? [] : [[name, placed(name, child, field.required.includes(name), making)]]
    }),
  )
  const required = field.required.filter(name => names.includes(name) && !isFilledIn(field.field(name), making))
  const isClosed = values === null && !field.preserveUnknown && !field.embeddedResource
  return {
    properties: field.embeddedResource ? { ...embedded, ...properties } : properties,
    ...(required.length > 0 ? { required } : {}),
    ...(isClosed ? { additionalProperties: false } : additional),
  }
}

const embedded = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } }

function limitsOf({ pattern, exclusiveMinimum, exclusiveMaximum, uniqueItems, ...limits }: FieldLimits): JsonObject {
  const { minimum, maximum, ...others } = limits
  return {
    ...others,
    ...(minimum === undefined ? {} : { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum === undefined ? {} : { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
    ...(pattern !== undefined && isPattern(pattern) ? { pattern } : {}),
  }
}

/** Whether a pattern of Go's is one of JavaScript's; those that both have mean the same. */
function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}
