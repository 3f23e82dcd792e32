import { decodeBase64, encodeBase64 } from './base64.ts'
import { type Json, type JsonObject, parseJson } from './json.ts'
import { fieldOf, isList, isObject, metadataOf } from './object.ts'
import { lastApplied } from './secrets.ts'

/**
 * Every text that a Secret (or a list or a patch of Secrets) keeps secret: each value as it stands, decoded or encoded
 * as base64, and what its last-applied annotation holds. For `maskText`.
 */
export function secretValues(object: JsonObject): readonly string[] {
  const values = new Set<string>()
  collect(object, values)
  values.delete('')
  return [...values]
}

function collect(object: JsonObject, values: Set<string>): void {
  const items = fieldOf(object, 'items')
  if (isList(items)) for (const item of items) if (isObject(item)) collect(item, values)
  for (const text of texts(fieldOf(object, 'data'))) {
    values.add(text)
    values.add(text.replace(/\s/g, ''))
    values.add(text.slice(0, endOfContent(text)))
    values.add(decodeBase64(text) ?? '')
  }
  for (const text of texts(fieldOf(object, 'stringData'))) {
    values.add(text)
    values.add(encodeBase64(text))
  }
  const annotations = fieldOf(metadataOf(object), 'annotations')
  const annotation = isObject(annotations) ? fieldOf(annotations, lastApplied) : undefined
  if (typeof annotation !== 'string') return
  values.add(annotation)
  const applied = parseJson(annotation)
  if (applied.ok && isObject(applied.value)) collect(applied.value, values)
}

/** Where base64 ends without its padding and blanks; by hand, since `/[=\s]+$/` tries each of a million `=` anew. */
function endOfContent(text: string): number {
  let end = text.length
  while (end > 0 && /[=\s]/.test(text.charAt(end - 1))) end -= 1
  return end
}

/** The scalars inside a value, however deep: a list or map where a text belongs may be what someone typed. */
function texts(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  if (isList(value)) return value.flatMap(texts)
  if (isObject(value)) return Object.values(value).flatMap(texts)
  return [String(value)]
}

/** A free text (a server's message, a warning, an error) with the values as `***`, also where they are quoted, escaped, encoded or cut into lines. */
export function maskText(text: string, values: readonly string[]): string {
  const forms = new Set(values.flatMap(value => formsOf(value, text.length)).filter(form => !/^[\s*]*$/.test(form)))
  // Longest first: a short value may be a part of a long one.
  const ordered = [...forms].sort((a, b) => b.length - a.length)
  return ordered.reduce((masked, form) => masked.replaceAll(patternOf(form), '***'), text)
}

// A value of three characters is a part of ordinary words too often: it is masked only where it stands alone.
const shortest = 4

function patternOf(form: string): string | RegExp {
  if (form.length >= shortest) return form
  const exact = Array.from(form, character => `\\u{${hex(character, 1)}}`).join('')
  return new RegExp(`(?<![\\p{L}\\p{N}])${exact}(?![\\p{L}\\p{N}])`, 'gu')
}

/** All forms of a value and of its lines that a text of so many characters has room for: no way of writing it is shorter. */
function formsOf(value: string, room: number): readonly string[] {
  const lines = value.split(/\r?\n/).map(line => line.trim())
  const parts = new Set([value, value.trim(), ...(lines.length > 1 ? lines.filter(line => line.length >= 8) : [])])
  return [...parts].flatMap(part => {
    if (part.length > room) return []
    return [
      ...quotedForms(part).flatMap(form => [form, jsonQuoted(form), goQuoted(form)]),
      part.replaceAll("'", "''"),
      percentEncoded(part),
      ...byteLists(part),
    ]
  })
}

function quotedForms(value: string): readonly string[] {
  const json = jsonQuoted(value)
  // Go's encoding/json escapes these three beyond what JSON asks for.
  const goJson = json.replace(/[<>&\u2028\u2029]/g, character => `\\u${hex(character, 4)}`)
  return [value, json, goJson, goQuoted(value)]
}

function jsonQuoted(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

const goEscapes: ReadonlyMap<string, string> = new Map([
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['"', '\\"'],
  ['\\', '\\\\'],
])

/** The inside of Go's `%q` (strconv.Quote). */
function goQuoted(value: string): string {
  return value.replace(/["\\]|(?! )[\p{C}\p{Z}]/gu, character => {
    const known = goEscapes.get(character)
    if (known !== undefined) return known
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) return `\\x${hex(character, 2)}`
    return point > 0xffff ? `\\U${hex(character, 8)}` : `\\u${hex(character, 4)}`
  })
}

function hex(character: string, digits: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0')
}

function percentEncoded(value: string): string {
  // A lone surrogate has no encoding; such a text cannot stand in an address either.
  return value.isWellFormed() ? encodeURIComponent(value) : value
}

/** How Go's `%v` and `%#v` print the bytes of a short value. */
function byteLists(value: string): readonly string[] {
  if (value.length < shortest || value.length > 4096) return []
  const bytes = [...new TextEncoder().encode(value)]
  return [bytes.join(' '), bytes.map(byte => `0x${byte.toString(16)}`).join(', ')]
}

const field = '"[^"\\\\{}]*"'
const safeEndings = [
  `strict decoding error: (?:unknown|duplicate) field ${field}(?:, (?:unknown|duplicate) field ${field})*`,
  'illegal base64 data at input byte \\d+',
  'json: cannot unmarshal (?:string|number|bool|array|object)(?: [^ ]+)? into Go (?:struct field [\\w./-]+|value) of type [\\w.\\[\\]*/]+',
]
const safeEnding = new RegExp(`(?:^|: )(${safeEndings.join('|')})$`)

/**
 * What may be shown of a refusal whose message quotes the whole object (a strict 422 with the cause field `patch`, a
 * Secret that cannot be decoded): only what follows the object, and only by an allow-list. Null when nothing may.
 */
export function safeServerMessage(message: string): string | null {
  const ending = safeEnding.exec(message.trimEnd())?.[1]
  // Go names a number that does not fit by its digits, which may be the secret.
  return ending?.replace(/^(json: cannot unmarshal \w+) (?!into )[^ ]+/, '$1') ?? null
}
