import type { FieldSchema, FieldType } from '../../core/fields/field-schema.ts'
import { equalJson, type Json, type JsonObject } from '../../core/json.ts'
import { isList, isObject } from '../../core/object.ts'
import { kindOf } from '../../core/patch/values.ts'
import type { IndexPath } from '../../core/path.ts'
import { parseQuantity } from '../../core/quantity.ts'
import type { YamlRanges } from '../../core/yaml-ranges.ts'
import type { SchemaFinding, SchemaLimit, SchemaSaid } from './judge.ts'
import { nearest } from './nearest.ts'

/** More than this nobody reads; the first are the ones to begin with. */
const mostFindings = 300
/** Deeper than any kind's fields lie: embedded data may nest without end. */
const deepest = 100

/** Where a finding stands: the value of its path, its key, or the map that lacks something. */
type Spot = 'value' | 'key' | 'map'
type Tell = (path: IndexPath, spot: Spot, said: SchemaSaid) => void

/**
 * What a kind's schema refuses in an object: fields that there are not, values of other types, those that are none of the
 * allowed, and what is missing or beyond a limit. As strict decoding and structural validation judge it; null counts as
 * absent. Patterns and CEL rules are the server's to judge.
 */
export function checkFields(object: JsonObject, ranges: YamlRanges, root: FieldSchema): readonly SchemaFinding[] {
  const found: SchemaFinding[] = []
  const tell: Tell = (path, spot, said) => {
    if (found.length < mostFindings) found.push({ ...rangeOf(ranges, path, spot, object), said })
  }
  visit(object, root, [], {
    tell,
    isBuiltIn: /^io\.k8s\.(api|apimachinery|kube-aggregator|apiextensions-apiserver)\./.test(root.definition),
    full: () => found.length >= mostFindings,
  })
  return found
}

type Check = { readonly tell: Tell; readonly isBuiltIn: boolean; readonly full: () => boolean }

function visit(value: Json, field: FieldSchema | null, path: IndexPath, check: Check): void {
  if (field === null || value === null || path.length > deepest || check.full()) return
  if (!fits(value, field)) check.tell(path, 'value', { kind: 'type', expected: field.types })
  else if (isList(value)) {
    limit(check, path, value.length, field, 'minItems', 'maxItems')
    const items = field.items()
    if (items !== null) for (const [index, item] of value.entries()) visit(item, items, [...path, index], check)
  } else if (isObject(value)) visitMap(value, field, path, check)
  else visitScalar(value, field, path, check)
}

function visitMap(map: JsonObject, field: FieldSchema, path: IndexPath, check: Check): void {
  const keys = Object.keys(map)
  limit(check, path, keys.length, field, 'minProperties', 'maxProperties')
  const others = field.values()
  const isOpen = !field.struct || field.preserveUnknown || others !== null
  for (const key of keys) {
    const known = field.field(key)
    const inner = known ?? others
    if (known === null && !isOpen && !(field.embeddedResource && embedded.has(key))) {
      const meant = nearest(
        key,
        field.names().filter(name => !Object.hasOwn(map, name)),
      )
      check.tell([...path, key], 'key', { kind: 'unknown', name: key, meant })
    } else if (inner !== null) visit(map[key] ?? null, inner, [...path, key], check)
  }
  // The server keeps its own status, whatever stands here.
  if (path[0] === 'status') return
  for (const name of field.required) {
    const isThere = Object.hasOwn(map, name) && map[name] !== null
    if (!isThere && !isFilledIn(field.field(name)?.default, check)) check.tell(path, 'map', { kind: 'missing', name })
  }
}

/** Go's own kinds have `{}` and `""` as defaults, which are nothing. */
function isFilledIn(value: Json | undefined, { isBuiltIn }: Check): boolean {
  const isNothing = value === '' || value === 0 || (isObject(value) && Object.keys(value).length === 0)
  return value !== undefined && !(isBuiltIn && isNothing)
}

const embedded = new Set(['apiVersion', 'kind', 'metadata'])

function visitScalar(value: Json, field: FieldSchema, path: IndexPath, check: Check): void {
  // Go takes an empty text of its own kinds for none.
  if (path[0] === 'status' || (check.isBuiltIn && value === '')) return
  const { tell } = check
  if (field.enum !== null && !field.enum.some(one => equalJson(one, value))) {
    const values = field.enum.map(String)
    tell(path, 'value', { kind: 'value', values, meant: nearest(String(value), values) })
  }
  if (typeof value === 'string') limit(check, path, [...value].length, field, 'minLength', 'maxLength')
  else if (typeof value !== 'boolean') limitNumber(Number(value), field, path, tell)
}

function limit(
  { tell }: Check,
  path: IndexPath,
  size: number,
  { limits }: FieldSchema,
  least: SchemaLimit & keyof FieldSchema['limits'],
  most: SchemaLimit & keyof FieldSchema['limits'],
): void {
  const [min, max] = [limits[least], limits[most]]
  if (typeof min === 'number' && size < min) tell(path, 'value', { kind: least, limit: min })
  if (typeof max === 'number' && size > max) tell(path, 'value', { kind: most, limit: max })
}

function limitNumber(value: number, { limits }: FieldSchema, path: IndexPath, tell: Tell): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = limits
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    tell(path, 'value', { kind: exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum', limit: minimum })
  }
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    tell(path, 'value', { kind: exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum', limit: maximum })
  }
}

function fits(value: Json, field: FieldSchema): boolean {
  if (field.types.length === 0) return true
  if (field.quantity) return parseQuantity(value) !== null
  const kind = kindOf(value)
  const type: FieldType | 'null' = kind === 'list' ? 'array' : kind
  if (type === 'null') return true
  // The server's validation takes an empty list for a text that has a format.
  if (isList(value) && value.length === 0 && field.format !== '' && field.types.includes('string')) return true
  return field.types.includes(type) || (type === 'integer' && field.types.includes('number'))
}

function rangeOf(
  ranges: YamlRanges,
  path: IndexPath,
  spot: Spot,
  object: JsonObject,
): Pick<SchemaFinding, 'from' | 'to'> {
  const { path: found, range } = ranges.nearest(path)
  if (found.length < path.length) return range.key ?? range.value
  if (spot === 'value') return range.value
  return range.key ?? firstKey(ranges, path, object) ?? range.value
}

/** An item of a list, or the whole object, has no key of its own: what it lacks is said at its first field. */
function firstKey(ranges: YamlRanges, path: IndexPath, object: JsonObject) {
  let value: Json | undefined = object
  for (const step of path) {
    if (isList(value) && typeof step === 'number') value = value[step]
    else value = isObject(value) ? value[step] : undefined
  }
  const [first] = isObject(value) ? Object.keys(value) : []
  return first === undefined ? null : (ranges.of([...path, first])?.key ?? null)
}
