import { JsonError, readJson } from './json-reader.ts'
import { fail, ok, type Problem, type Result } from './problem.ts'

/**
 * A JSON value as the API server sends it. Integers beyond 2^53 are `bigint`, so that no digit is lost;
 * numbers with a fraction or an exponent are `number`. Key order carries no meaning.
 */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject

/** A JSON object. Absent keys read as `undefined`. */
export type JsonObject = { readonly [key: string]: Json }

type JsonSyntax = Extract<Problem, { code: 'json-syntax' }>

/**
 * The value of a JSON text, no digit lost. Fails with `json-syntax`, whose detail never quotes the text; so it does with
 * thousands of levels, where they cannot be read.
 */
export function parseJson(text: string): Result<Json, JsonSyntax> {
  try {
    // The reviver makes parsing several times slower: only a run of 16 digits can be an integer beyond 2^53.
    const mayBeLong = /\d{16}/.test(text)
    if (hasEscapedKey(text) || (mayBeLong && rawJSON === undefined)) return ok(readJson(text))
    return ok(JSON.parse(text, mayBeLong ? exactInteger : undefined))
  } catch (error) {
    // The range that a reviver exceeds is the stack's.
    const refused = error instanceof SyntaxError || error instanceof RangeError || error instanceof JsonError
    if (refused) return fail(syntaxProblem(text))
    throw error
  }
}

// V8's own message quotes the text around the error, which may hold a secret.
function syntaxProblem(text: string): JsonSyntax {
  try {
    readJson(text)
  } catch (error) {
    if (error instanceof JsonError) return { code: 'json-syntax', detail: error.message, offset: error.offset }
    throw error
  }
  throw new Error('a text that is JSON to us but not to the runtime')
}

/**
 * Whether a key is written with an escape. V8 (13.6, in Node 24.21) takes such a key for one with a bare backslash
 * if an object with that key was read before: `{"\u003c":1}` then becomes `{"\\":1}`. Go escapes `<`, `>` and `&` so.
 */
function hasEscapedKey(text: string): boolean {
  let quote = -1
  for (let slash = text.indexOf('\\'); slash >= 0; ) {
    const next = slash + 2
    if (quote < next) quote = text.indexOf('"', next)
    if (quote < 0) return false
    slash = text.indexOf('\\', next)
    const isLastOfString = slash < 0 || slash > quote
    if (isLastOfString && /^[ \t\n\r]*:/.test(text.slice(quote + 1, quote + 100))) return true
  }
  return false
}

function exactInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value
}

/** The JSON text that the server accepts: `bigint` as digits. `indent` counts spaces; default none, all on one line. */
export function printJson(value: Json, { indent = 0 }: { readonly indent?: number } = {}): string {
  // A replacer makes printing several times slower, so it is only used where it is needed.
  if (!holdsBigInt(value)) return JSON.stringify(value, undefined, indent)
  return rawJSON === undefined ? canonicalJson(value) : JSON.stringify(value, rawBigInt, indent)
}

function holdsBigInt(value: Json): boolean {
  if (typeof value === 'bigint') return true
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) ? value.some(holdsBigInt) : Object.values(value).some(holdsBigInt)
}

// TypeScript's declarations do not know JSON.rawJSON yet. It came together with the reviver's access to the source (V8 11.4,
// Firefox 135, Safari 18.4): before, digits would be lost without a word, so the slow ways are taken.
const { rawJSON } = JSON as unknown as { readonly rawJSON?: (text: string) => unknown }

function rawBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? rawJSON?.(value.toString()) : value
}

/** JSON text that is the same for equal values: keys sorted by code unit, numbers of equal value alike, no blanks. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString()
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** Whether two values are the same JSON. Key order is ignored, numbers compare by value (`1` equals `1n`), absent equals only absent. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a === 'bigint' || typeof b === 'bigint') return equalIntegers(a, b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isArray(a) || isArray(b)) {
    return isArray(a) && isArray(b) && a.length === b.length && a.every((item, index) => equalJson(item, b[index]))
  }
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
}

function equalIntegers(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [asInteger(a), asInteger(b)]
  return left !== null && left === right
}

function asInteger(value: Json | undefined): bigint | null {
  if (typeof value === 'bigint') return value
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null
}

// Array.isArray narrows a readonly list to any[].
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
