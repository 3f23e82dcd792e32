import type { FieldSchema } from '../../../core/fields/field-schema.ts'
import { fieldAt } from '../../../core/fields/open-fields.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { isList, isObject } from '../../../core/object.ts'
import type { IndexPath } from '../../../core/path.ts'
import { printYaml, readYaml } from '../../../core/yaml.ts'

/** An edit of a text as a person may make it: well or badly. */
export type Mutation = { readonly what: string; readonly text: string }

/** Values as they are typed, by what a field wants; each right for some fields and wrong for others. */
const typed: Readonly<Record<string, readonly string[]>> = {
  string: ['text', '""', '123', '0400', 'yes', 'null', '1e3', '2024-01-01', '1:30', '{}', '[]', '"0x10"', '~'],
  integer: [
    '1',
    '0400',
    '0o400',
    '"5"',
    '1.0',
    '1.5',
    '1e3',
    '1_000',
    '-1',
    '99999999999',
    '9223372036854775808',
    'yes',
    '1:30',
    'null',
    '[]',
    '{}',
  ],
  number: ['1', '1.5', '"1"', 'true', 'null', '[]', '{}'],
  boolean: ['true', 'yes', 'off', '"true"', '1', 'null', 'Y', '[]'],
  quantity: ['100m', '1', '1.5', '1Gi', '"2"', 'abc', '1.5e3', 'true', '-1', '0x10', '{}'],
  intOrString: ['80', '"80"', 'http', '50%', '1.5', 'true', '[]'],
  object: ['{}', 'null', '[]', 'text', ''],
  array: ['[]', 'null', '{}', 'text', '[null]', '[{}]', ''],
}

/** What another object would have otherwise. */
const identity = new Set(['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'])

/** Every mutation of one place of an object, all places one after another. */
export function* mutationsOf(object: JsonObject, root: FieldSchema): Generator<Mutation> {
  const text = printYaml(object)
  yield { what: 'as it is', text }
  const reading = readYaml(text)
  if (!reading.ok) return
  for (const path of placesIn(object, [])) {
    const field = fieldAt(root, path)
    const at = path.join('.') || 'object'
    const range = reading.ranges.of(path)
    if (field === null || range === null || identity.has(at)) continue
    for (const value of path.length === 0 ? [] : valuesFor(field)) {
      const from = range.key === null ? range.value.from : range.key.to + 1
      const written = range.key === null ? value : ` ${value}`
      yield {
        what: `${at} = ${value}`,
        text: `${text.slice(0, from)}${written}\n${text.slice(range.value.to).replace(/^\n/, '')}`,
      }
    }
    const value = valueIn(object, path)
    if (isObject(value) && field.struct) yield* ofMap(object, path, value, field)
    if (isList(value) && value.length > 0) {
      yield { what: `${at} twice`, text: printYaml(withValue(object, path, [...value, ...value])) }
    }
  }
}

function valuesFor(field: FieldSchema): readonly string[] {
  const [first = ''] = field.types
  const kind = field.quantity ? 'quantity' : field.intOrString ? 'intOrString' : first
  const choices = (field.enum ?? []).map(String)
  const near = choices.slice(0, 1).flatMap(choice => [`${choice}x`, choice.toLowerCase(), choice.toUpperCase()])
  return [...(typed[kind] ?? []), ...choices, ...near]
}

/** Fields more, fewer, and under another name. */
function* ofMap(object: JsonObject, path: IndexPath, map: JsonObject, field: FieldSchema): Generator<Mutation> {
  const at = path.join('.') || 'object'
  const put = (next: JsonObject) => printYaml(path.length === 0 ? next : withValue(object, path, next))
  yield { what: `${at} + surprise`, text: put({ ...map, surprise: 1 }) }
  for (const key of Object.keys(map)) {
    if (path.length === 0 && (key === 'apiVersion' || key === 'kind')) continue
    const { [key]: value = null, ...others } = map
    yield { what: `${at} - ${key}`, text: put(others) }
    const misspelt = `${key.slice(0, -2)}${key.at(-1) ?? ''}${key.at(-2) ?? ''}`
    yield { what: `${at}: ${key} as ${misspelt}`, text: put({ ...others, [misspelt]: value }) }
    yield {
      what: `${at}: ${key} in capitals`,
      text: put({ ...others, [`${key[0]?.toUpperCase()}${key.slice(1)}`]: value }),
    }
  }
  for (const name of field.names()) {
    const absent = Object.hasOwn(map, name) || (path.length === 0 && name === 'metadata') ? null : field.field(name)
    if (absent === null) continue
    for (const value of samples(absent))
      yield { what: `${at} + ${name}: ${JSON.stringify(value)}`, text: put({ ...map, [name]: value }) }
  }
}

/** Values for a field that is not there yet: the least that its type takes, and what its schema names. */
function samples(field: FieldSchema): readonly Json[] {
  if (field.enum !== null) return [...field.enum.filter(one => typeof one !== 'bigint'), 'Nonesuch']
  if (field.quantity) return ['1Gi', 1]
  if (field.intOrString) return [1, '1']
  switch (field.types[0]) {
    case 'string':
      return [field.format === 'date-time' ? '2030-01-01T00:00:00Z' : 'x', '']
    case 'integer':
    case 'number':
      return [1, 0]
    case 'boolean':
      return [true]
    case 'array':
      return [[]]
    case 'object':
      return [{}]
    default:
      return [{}, 'x', 1]
  }
}

function* placesIn(value: Json, path: IndexPath): Generator<IndexPath> {
  yield path
  if (isList(value)) for (const [index, item] of value.entries()) yield* placesIn(item, [...path, index])
  else if (isObject(value)) for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key])
}

function valueIn(object: Json, path: IndexPath): Json | undefined {
  let value: Json | undefined = object
  for (const step of path) {
    if (typeof step === 'number') value = isList(value) ? value[step] : undefined
    else value = isObject(value) ? value[step] : undefined
  }
  return value
}

function withValue(value: Json, [step, ...rest]: IndexPath, next: Json): Json {
  if (step === undefined) return next
  if (isList(value)) return value.map((item, index) => (index === step ? withValue(item, rest, next) : item))
  return isObject(value) ? { ...value, [step]: withValue(value[step] ?? null, rest, next) } : value
}
