import { decodeBase64, encodeBase64 } from './base64.ts'
import { equalJson, type Json, type JsonObject } from './json.ts'
import { fieldOf, isObject } from './object.ts'
import { fail, ok, type Problem, type Result } from './problem.ts'
import { isSecret } from './secrets.ts'
import type { PlainPath, YamlRanges } from './yaml-ranges.ts'

/**
 * How a text shows the values of a Secret. `decoded`: those that are text stand under `stringData` as they are, all others
 * under `data` as base64. `encoded`: as the server has them.
 */
export type SecretData = 'decoded' | 'encoded'

export type SecretKeyTwice = Extract<Problem, { code: 'secret-key-twice' }>

/** A Secret with its values as they are shown `decoded`. Anything else is given back as it is. */
export function decodeSecret(object: JsonObject): JsonObject {
  const data = fieldOf(object, 'data')
  if (!isSecret(object) || !isObject(data)) return object
  const typed = fieldOf(object, 'stringData')
  if (typed !== undefined && !isObject(typed)) return object
  const encoded: [string, Json][] = []
  const texts: [string, Json][] = []
  for (const [key, value] of Object.entries(data)) {
    const text = typed !== undefined && Object.hasOwn(typed, key) ? null : textOf(value)
    if (text === null) encoded.push([key, value])
    else texts.push([key, text])
  }
  if (texts.length === 0) return object
  const { data: _, ...rest } = object
  return {
    ...rest,
    ...(encoded.length > 0 ? { data: Object.fromEntries(encoded) } : {}),
    stringData: { ...typed, ...Object.fromEntries(texts) },
  }
}

/**
 * The Secret that a `decoded` text says, as the server has it. A value that is the same as in `near` keeps its base64
 * from there, however it is written. `secret-key-twice`: a key stands under `data` and under `stringData`.
 */
export function encodeSecret(object: JsonObject, near: JsonObject | null = null): Result<JsonObject, SecretKeyTwice> {
  const typed = fieldOf(object, 'stringData')
  if (!isSecret(object) || !(isObject(typed) || typed === null)) return ok(object)
  const data = fieldOf(object, 'data') ?? {}
  if (!isObject(data)) return ok(object)
  const twice = keyTwice(object)
  if (twice !== null) return fail({ code: 'secret-key-twice', key: twice, path: ['stringData', twice] })
  const stood = near === null ? undefined : fieldOf(near, 'data')
  const encoded: [string, Json][] = []
  const left: [string, Json][] = []
  for (const [key, value] of Object.entries(typed ?? {})) {
    // A number or a list is refused by the server in its own words.
    if (typeof value === 'string') encoded.push([key, encodeNear(value, isObject(stood) ? stood[key] : undefined)])
    else if (value === null) encoded.push([key, null])
    else left.push([key, value])
  }
  const { stringData: _, ...rest } = object
  const all = { ...data, ...Object.fromEntries(encoded) }
  return ok({
    ...rest,
    ...(Object.keys(all).length > 0 || fieldOf(object, 'data') !== undefined ? { data: all } : {}),
    ...(left.length > 0 ? { stringData: Object.fromEntries(left) } : {}),
  })
}

/** A key of a Secret that has a value under `data` and one under `stringData`, null where none has. */
export function keyTwice(object: Json): string | null {
  if (!isObject(object) || !isSecret(object)) return null
  const [data, typed] = [fieldOf(object, 'data'), fieldOf(object, 'stringData')]
  if (!isObject(data) || !isObject(typed)) return null
  return Object.keys(typed).find(key => Object.hasOwn(data, key)) ?? null
}

/** The same as a problem with its place in a `decoded` text. */
export function checkSecretKeys(object: Json, ranges: Pick<YamlRanges, 'of'>): readonly SecretKeyTwice[] {
  const key = keyTwice(object)
  if (key === null) return []
  const path = ['stringData', key]
  const range = ranges.of(path)?.key ?? null
  return [{ code: 'secret-key-twice', key, path, ...(range === null ? {} : { range }) }]
}

/** Whether two `decoded` texts' objects say the same, wherever each has its values. */
export function sameSecret(a: Json, b: Json): boolean {
  if (equalJson(a, b)) return true
  if (!isObject(a) || !isObject(b)) return false
  const [left, right] = [encodeSecret(a), encodeSecret(b)]
  return left.ok && right.ok && equalJson(left.value, right.value)
}

function encodeNear(text: string, stood: Json | undefined): string {
  return typeof stood === 'string' && decodeBase64(stood) === text ? stood : encodeBase64(text)
}

/** Where a place of a Secret stands in a `decoded` text: what the server has under `data` is under `stringData` if it is there. */
export function decodedPlace(path: PlainPath, shown: JsonObject): PlainPath {
  const [field, key, ...rest] = path
  const typed = fieldOf(shown, 'stringData')
  if (field !== 'data' || !isObject(typed)) return path
  if (key === undefined) return fieldOf(shown, 'data') === undefined ? ['stringData'] : path
  return typeof key === 'string' && Object.hasOwn(typed, key) ? ['stringData', key, ...rest] : path
}

/** The places of a `decoded` text under the paths that the server's object has. */
export function decodedRanges(ranges: YamlRanges, shown: JsonObject): YamlRanges {
  const place = (path: PlainPath) => decodedPlace(path, shown)
  return { ...ranges, of: path => ranges.of(place(path)), nearest: path => ranges.nearest(place(path)) }
}

/** The text that a value of `data` holds, where it can be shown as text and come back byte for byte; else null. */
export function textOf(value: Json): string | null {
  if (typeof value !== 'string') return null
  const text = decodeBase64(value)
  if (text === null || unprintable.test(text) || packed.test(text)) return null
  return text
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what makes bytes no text
const unprintable = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\ufffe\uffff]/

// What Helm keeps of a release: gzip in base64, which says as little as base64 of it.
const packed = /^H4sI[A-Za-z0-9+/]{60,}={0,2}$/
