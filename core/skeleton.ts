import type { Json, JsonObject } from './json.ts'
import { fieldOf, isList, isObject } from './object.ts'
import { textsIn } from './patch/openapi-document.ts'
import { createSchemas, type Schemas } from './skeleton-schema.ts'
import { fixedNames, type Start, starts } from './skeleton-starts.ts'
import { printYaml } from './yaml.ts'

/** The kind of a new object. `namespace` is null for cluster-scoped kinds. */
export type NewKind = {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespace: string | null
}

/** Beyond these a list of optional fields is no help any more; and so deep required ones are followed. */
const mostOffers = 40
const deepest = 8

/**
 * The text of a new object: what its kind requires, with placeholders of the right type, and what is often said beside it
 * as comments that can be uncommented, each with the first sentence of its documentation. Built-in kinds begin with what
 * people write; others with what `document` (OpenAPI) requires. Without a schema only the names are there.
 */
export function makeSkeleton(document: Json, kind: NewKind): string {
  const schemas = createSchemas(document)
  const root = schemas.ofKind(kind)
  const key = `${kind.group}/${kind.kind}`
  const name = fixedNames[key] ?? `my-${kind.kind.toLowerCase()}`
  const start = startOf(key, kind, root, schemas)
  const object: JsonObject = {
    apiVersion: kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
    kind: kind.kind,
    metadata: { name, ...(kind.namespace === null ? {} : { namespace: kind.namespace }) },
    ...named(start.fields, name),
  }
  const offers = start.offers.map(([path, example]) => ({ path, example: namedValue(example, name) }))
  return `${drawMap(object, { schema: root, offers, schemas, path: [] }, '').join('\n')}\n`
}

function startOf(key: string, { version }: NewKind, root: JsonObject | null, schemas: Schemas): Start {
  const known = Object.hasOwn(starts, key) ? starts[key] : undefined
  // What is known is of the version that people write today.
  const fits =
    known !== undefined && (version === 'v1' || (key === 'autoscaling/HorizontalPodAutoscaler' && version === 'v2'))
  return fits ? known : fromSchema(root, schemas)
}

/** What the server gives every object, or fills in by itself. */
const given: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status'])

function fromSchema(root: JsonObject | null, schemas: Schemas): Start {
  if (root === null) return { fields: {}, offers: [] }
  const fields: Record<string, Json> = {}
  const offers: [(string | number)[], Json][] = []
  const required = textsIn(fieldOf(root, 'required'))
  for (const [name, node] of schemas.properties(root)) {
    if (given.has(name)) continue
    if (required.includes(name) || name === 'spec') fields[name] = schemas.placeholder(node, deepest)
    else offers.push([[name], schemas.example(node)])
  }
  const spec = isObject(fields.spec) ? fields.spec : null
  const specNode = spec === null ? null : schemas.property(root, 'spec')
  for (const [name, node] of specNode === null ? [] : schemas.properties(specNode)) {
    if (spec !== null && !Object.hasOwn(spec, name)) offers.push([['spec', name], schemas.example(node)])
  }
  return { fields, offers: offers.slice(0, mostOffers) }
}

type Offer = { readonly path: readonly (string | number)[]; readonly example: Json }
type Drawing = {
  readonly schema: JsonObject | null
  readonly offers: readonly Offer[]
  readonly schemas: Schemas
  readonly path: readonly (string | number)[]
}

/** A map's lines: what is there, then what could be, as comments. */
function drawMap(map: JsonObject, drawing: Drawing, indent: string): string[] {
  const { schema, schemas, offers, path } = drawing
  const there = Object.entries(map).flatMap(([key, value]) =>
    drawEntry(key, value, { ...drawing, schema: schemas.property(schema, key), path: [...path, key] }, indent),
  )
  const mine = offers.filter(
    offer => offer.path.length === path.length + 1 && path.every((step, at) => offer.path[at] === step),
  )
  return [...there, ...mine.flatMap(offer => drawOffer(offer, schema, schemas, indent))]
}

function drawEntry(key: string, value: Json, drawing: Drawing, indent: string): string[] {
  const { schema, schemas, path } = drawing
  if (isObject(value) && Object.keys(value).length > 0) {
    return [`${indent}${print(key)}:`, ...drawMap(value, drawing, `${indent}  `)]
  }
  if (isList(value) && value.some(isObject)) {
    const items = value.flatMap((item, index) => {
      if (!isObject(item) || Object.keys(item).length === 0) return [`${indent}- ${print(item)}`]
      const itemDrawing = { ...drawing, schema: schemas.item(schema), path: [...path, index] }
      const [first = '', ...rest] = drawMap(item, itemDrawing, `${indent}  `)
      return [`${indent}- ${first.trimStart()}`, ...rest]
    })
    return [`${indent}${print(key)}:`, ...items]
  }
  const lines = printYaml({ [key]: value })
    .trimEnd()
    .split('\n')
  const isNamed = path.length === 1 && (key === 'apiVersion' || key === 'kind')
  const note = isNamed || path[0] === 'metadata' || lines.length > 1 ? '' : noteOf(schema, schemas)
  const empty = isObject(value) ? drawMap(value, drawing, `${indent}  `) : []
  if (empty.length > 0) return [`${indent}${print(key)}: {} # without {} once something below is taken in`, ...empty]
  return [...lines.map((line, at) => `${indent}${line}${at === 0 ? note : ''}`), ...empty]
}

function drawOffer({ path, example }: Offer, parent: JsonObject | null, schemas: Schemas, indent: string): string[] {
  const key = String(path.at(-1))
  const node = schemas.property(parent, key)
  const [first = '', ...rest] = printYaml({ [key]: example })
    .trimEnd()
    .split('\n')
  return [`${indent}# ${first}${noteOf(node, schemas)}`, ...rest.map(line => `${indent}# ${line}`)]
}

function noteOf(schema: JsonObject | null, schemas: Schemas): string {
  const words = schemas.description(schema)
  return words === '' ? '' : ` # ${words}`
}

function print(value: Json): string {
  return printYaml(value).trimEnd()
}

function named(fields: JsonObject, name: string): JsonObject {
  // An object stays one.
  return namedValue(fields, name) as JsonObject
}

function namedValue(value: Json, name: string): Json {
  if (value === 'NAME') return name
  if (isList(value)) return value.map(item => namedValue(item, name))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, namedValue(child, name)]))
}
