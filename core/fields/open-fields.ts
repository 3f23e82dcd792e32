import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import { refName, schemasOf, textsIn } from '../patch/openapi-document.ts'
import type { Path } from '../path.ts'
import type { FieldLimits, FieldSchema, FieldType, ValidationRule } from './field-schema.ts'

/**
 * The fields of a named schema of an OpenAPI v3 document, as `edit.schema` gives them. A server may write anything: what is
 * malformed says nothing, and a name that is not there gives null.
 */
export function openFields(document: Json, name: string): FieldSchema | null {
  const all = isObject(document) ? schemasOf(document) : {}
  const schema = fieldOf(all, name)
  if (!isObject(schema)) return null
  const known = new WeakMap<JsonObject, FieldSchema>()
  const open = (node: Json | undefined): FieldSchema | null => {
    if (!isObject(node)) return null
    const made = known.get(node) ?? readField(node, all, open)
    known.set(node, made)
    return made
  }
  const root = open(schema)
  return root && { ...root, definition: name }
}

/**
 * What the schema says of a place in an object; null where it says nothing. A list item is any step but a key, and a map's
 * key any name that is no field.
 */
export function fieldAt(root: FieldSchema | null, path: Path): FieldSchema | null {
  let here = root
  for (const step of path) {
    if (here === null) return null
    here = typeof step === 'string' ? (here.field(step) ?? here.values()) : here.items()
  }
  return here
}

type Open = (node: Json | undefined) => FieldSchema | null

function readField(node: JsonObject, all: JsonObject, open: Open): FieldSchema {
  const chain = chainOf(node, all)
  const target = chain.at(-1) ?? node
  // What stands beside a $ref speaks of this very place, before the type that it leads to.
  const said = (key: string): Json | undefined => {
    for (const link of chain) {
      const value = fieldOf(link, key)
      if (value !== undefined) return value
    }
    return undefined
  }
  const properties = fieldOf(target, 'properties')
  const named = isObject(properties) ? properties : null
  const types = typesOf(target)
  const intOrString = said('x-kubernetes-int-or-string') === true || said('format') === 'int-or-string'
  const listType = said('x-kubernetes-list-type')
  const choices = said('enum')
  return {
    definition: definitionOf(chain),
    types: intOrString ? ['integer', 'string'] : types,
    description: textOf(said('description')),
    format: textOf(said('format')),
    enum: isList(choices) ? choices : null,
    default: said('default'),
    example: said('example'),
    nullable: said('nullable') === true,
    deprecated: said('deprecated') === true,
    intOrString,
    quantity: types.includes('number') && types.includes('string'),
    preserveUnknown: said('x-kubernetes-preserve-unknown-fields') === true,
    embeddedResource: said('x-kubernetes-embedded-resource') === true,
    struct: named !== null,
    required: textsIn(fieldOf(target, 'required')),
    limits: limitsOf(said),
    validations: rulesIn(said('x-kubernetes-validations')),
    listType: listType === 'atomic' || listType === 'set' || listType === 'map' ? listType : null,
    listMapKeys: textsIn(said('x-kubernetes-list-map-keys')),
    atomicMap: said('x-kubernetes-map-type') === 'atomic',
    patchStrategies: textOf(said('x-kubernetes-patch-strategy')).split(',').filter(Boolean),
    patchMergeKey: textOf(said('x-kubernetes-patch-merge-key')),
    names: () => (named === null ? [] : Object.keys(named)),
    field: name => (named === null ? null : open(fieldOf(named, name))),
    items: () => open(fieldOf(target, 'items')),
    values: () => open(fieldOf(target, 'additionalProperties')),
  }
}

// Real ones have two links: a wrapper around a `$ref`.
const longestChain = 20

/** A schema and those that it wraps, by its `$ref` or its only `allOf` member; the last one has the shape. */
function chainOf(node: JsonObject, all: JsonObject): readonly JsonObject[] {
  const chain = [node]
  while (chain.length < longestChain) {
    const next = wrappedBy(chain.at(-1) ?? node, all)
    if (next === null) break
    chain.push(next)
  }
  return chain
}

function wrappedBy(node: JsonObject, all: JsonObject): JsonObject | null {
  const name = refName(node)
  const allOf = fieldOf(node, 'allOf')
  const only = isList(allOf) && allOf.length === 1 && !hasShape(node) ? allOf[0] : undefined
  const next = name === null ? only : fieldOf(all, name)
  return isObject(next) ? next : null
}

function hasShape(node: JsonObject): boolean {
  return ['type', 'properties', 'items', 'additionalProperties'].some(key => Object.hasOwn(node, key))
}

function definitionOf(chain: readonly JsonObject[]): string {
  const names = chain.flatMap(link => refName(link) ?? [])
  return names.at(-1) ?? ''
}

const allTypes: readonly FieldType[] = ['object', 'array', 'string', 'integer', 'number', 'boolean']

function typesOf(schema: JsonObject): readonly FieldType[] {
  const declared = declaredTypes(schema)
  if (declared.length > 0) return declared
  if (isObject(fieldOf(schema, 'properties'))) return ['object']
  const ways = [fieldOf(schema, 'oneOf'), fieldOf(schema, 'anyOf')].find(isList) ?? []
  const each = ways.map(way => (isObject(way) ? declaredTypes(way) : []))
  // A way that names no type may be any.
  if (each.some(types => types.length === 0)) return []
  return allTypes.filter(type => each.some(types => types.includes(type)))
}

function declaredTypes(schema: JsonObject): readonly FieldType[] {
  const declared = fieldOf(schema, 'type')
  const listed = isList(declared) ? declared : [declared]
  return allTypes.filter(type => listed.includes(type))
}

const numberLimits = [
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const
const flagLimits = ['exclusiveMinimum', 'exclusiveMaximum', 'uniqueItems'] as const

function limitsOf(said: (key: string) => Json | undefined): FieldLimits {
  const limits: { -readonly [Key in keyof FieldLimits]: FieldLimits[Key] } = {}
  for (const key of numberLimits) {
    const value = said(key)
    // Limits of 64-bit integers come as big integers; that much is exact enough to be shown and compared.
    if (typeof value === 'number' || typeof value === 'bigint') limits[key] = Number(value)
  }
  for (const key of flagLimits) if (said(key) === true) limits[key] = true
  const pattern = said('pattern')
  if (typeof pattern === 'string') limits.pattern = pattern
  return limits
}

function rulesIn(value: Json | undefined): readonly ValidationRule[] {
  return (isList(value) ? value.filter(isObject) : []).map(rule => ({
    rule: textOf(fieldOf(rule, 'rule')),
    message: textOf(fieldOf(rule, 'message')),
    messageExpression: textOf(fieldOf(rule, 'messageExpression')),
    reason: textOf(fieldOf(rule, 'reason')),
    fieldPath: textOf(fieldOf(rule, 'fieldPath')),
  }))
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
