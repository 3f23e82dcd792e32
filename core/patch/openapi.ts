import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { namedSchema, textsIn, unwrapped } from './openapi-document.ts'
import { reachableSchemas } from './openapi-reach.ts'
import { attempt } from './refusal.ts'
import type { PatchSchema, PatchStrategy, ScalarType } from './schema.ts'

/**
 * The PatchSchema of a named schema in an OpenAPI document as kube-apiserver serves it (v3, or v2). What it refers to
 * is checked at once, read when asked for, and kept. Problems: `schema-unknown`, `schema-invalid`, `too-deep`.
 */
export function openApiPatchSchema(document: JsonObject, schemaName: string): Result<PatchSchema, PatchProblem> {
  return attempt(() => {
    reachableSchemas(document, schemaName)
    return new Reader(document).read(namedSchema(document, schemaName, null))
  })
}

/** Reads schemas of one document; each node once. */
class Reader {
  readonly #document: JsonObject
  readonly #known = new WeakMap<JsonObject, PatchSchema>()

  constructor(document: JsonObject) {
    this.#document = document
  }

  read(node: JsonObject): PatchSchema {
    const known = this.#known.get(node)
    if (known !== undefined) return known
    const schema = this.#schemaOf(node)
    this.#known.set(node, schema)
    return schema
  }

  #schemaOf(node: JsonObject): PatchSchema {
    const target = unwrapped(this.#document, node, null)
    // What stands beside a $ref speaks of this place; only then does the type itself.
    const said = (key: string): Json | undefined => fieldOf(node, key) ?? fieldOf(target, key)
    const properties = fieldOf(target, 'properties')
    const fields = isObject(properties) ? properties : null
    const values = fieldOf(target, 'additionalProperties')
    const items = fieldOf(target, 'items')
    const listType = said('x-kubernetes-list-type')
    const known = new Map<string, PatchSchema | null>()
    const read = (key: string): PatchSchema | null => {
      const field = this.#readIfAny((fields && fieldOf(fields, key)) ?? values)
      // What a map holds is named by whoever writes it: names without end are not kept.
      if (fields !== null && Object.hasOwn(fields, key)) known.set(key, field)
      return field
    }
    return {
      type: typeOf(target),
      scalar: scalarOf(target),
      struct: fields !== null,
      field: key => known.get(key) ?? read(key),
      items: () => this.#readIfAny(items),
      strategies: strategiesOf(fieldOf(node, 'x-kubernetes-patch-strategy')),
      mergeKey: textOf(fieldOf(node, 'x-kubernetes-patch-merge-key')),
      listType: listType === 'atomic' || listType === 'set' || listType === 'map' ? listType : null,
      listMapKeys: textsIn(said('x-kubernetes-list-map-keys')),
      atomicMap: said('x-kubernetes-map-type') === 'atomic',
      opaque: isOpaque(target),
      nullable: said('nullable') === true,
      default: said('default'),
    }
  }

  #readIfAny(node: Json | undefined): PatchSchema | null {
    return isObject(node) ? this.read(node) : null
  }
}

function typeOf(schema: JsonObject): PatchSchema['type'] {
  const declared = fieldOf(schema, 'type')
  // OpenAPI 3.1 may list types; null among them only says that the value is nullable.
  const type = isList(declared) ? declared.find(name => name !== 'null') : declared
  if (type === 'object' || isObject(fieldOf(schema, 'properties'))) return 'object'
  if (type === 'array') return 'array'
  if (typeof type === 'string' || isScalarUnion(schema)) return 'scalar'
  return 'unknown'
}

/** `RawExtension` and `JSON`. Custom resources say of such a place that what it holds is kept, and it is then taken apart. */
function isOpaque(schema: JsonObject): boolean {
  const type = typeOf(schema)
  const says = (key: string) => fieldOf(schema, key) !== undefined && fieldOf(schema, key) !== false
  const speaks = says('additionalProperties') || says('x-kubernetes-preserve-unknown-fields')
  return (type === 'object' || type === 'unknown') && !isObject(fieldOf(schema, 'properties')) && !speaks
}

/** `IntOrString` and `Quantity`: no type of their own, but one of several scalars. */
function isScalarUnion(schema: JsonObject): boolean {
  if (fieldOf(schema, 'x-kubernetes-int-or-string') === true) return true
  const options = fieldOf(schema, 'oneOf')
  return isList(options) && options.length > 0 && options.every(one => isObject(one) && typeOf(one) === 'scalar')
}

const scalarTypes = ['string', 'integer', 'number', 'boolean'] as const

function scalarOf(schema: JsonObject): ScalarType | null {
  const format = textOf(fieldOf(schema, 'format'))
  if (fieldOf(schema, 'x-kubernetes-int-or-string') === true) return { types: ['string', 'integer'], format }
  const options = fieldOf(schema, 'oneOf')
  const ways = [schema, ...(isList(options) ? options.filter(isObject) : [])]
  const types = scalarTypes.filter(type => ways.some(way => takes(way, type)))
  return types.length === 0 ? null : { types, format }
}

function takes(schema: JsonObject, type: string): boolean {
  const declared = fieldOf(schema, 'type')
  return isList(declared) ? declared.includes(type) : declared === type
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function strategiesOf(value: Json | undefined): readonly PatchStrategy[] {
  return typeof value === 'string' ? value.split(',').filter(isStrategy) : []
}

function isStrategy(text: string): text is PatchStrategy {
  return text === 'merge' || text === 'replace' || text === 'retainKeys'
}
