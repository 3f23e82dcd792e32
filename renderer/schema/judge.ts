import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic } from 'yaml-language-server'
import { resolvePlain } from '../../core/yaml-scalar.ts'
import { nearest } from './nearest.ts'

/** What a schema refuses in a text, and why. `from` and `to` are offsets. */
export type SchemaFinding = { readonly from: number; readonly to: number; readonly said: SchemaSaid }

/**
 * Why: a field that there is not (`meant` are those that it may be), one that must be there, a value of another type
 * than `expected`, one that is none of `values`, and one beyond a limit.
 */
export type SchemaSaid =
  | { readonly kind: 'unknown'; readonly name: string; readonly meant: readonly string[] }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'type'; readonly expected: readonly string[] }
  | { readonly kind: 'value'; readonly values: readonly string[]; readonly meant: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: SchemaLimit; readonly limit: number }

/** Which limit a value is beyond: of its size, of a text's length, of the items or fields in it. */
export type SchemaLimit =
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'multipleOf'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties'

/**
 * What yaml-language-server says of a text, judged as Kubernetes does. It reads YAML a little differently, so a type is
 * looked at again in kubectl's reading; it takes null for a value, which the server takes for an absent field. What it
 * says beyond the schema is left out: our own reading of YAML says it better.
 */
export function judge(document: TextDocument, diagnostics: readonly Diagnostic[]): readonly SchemaFinding[] {
  const text = document.getText()
  const status = text.search(/^status:/m)
  const found = diagnostics.flatMap(diagnostic => {
    const from = document.offsetAt(diagnostic.range.start)
    const to = document.offsetAt(diagnostic.range.end)
    const written = text.slice(from, to)
    const said = saidBy(diagnostic, written)
    if (said === null || !holds(said, written)) return []
    // The server keeps its own status, whatever stands here; printed objects end with it.
    if (said.kind === 'missing' && status >= 0 && from >= status) return []
    // A missing field is said at the first letter of the map that lacks it.
    const end = said.kind === 'missing' ? from + (/^[^\s:]*/.exec(text.slice(from, from + 100))?.[0].length ?? 0) : to
    return [{ from, to: Math.max(end, to), said }]
  })
  return found.sort((a, b) => a.from - b.from)
}

const limits: readonly (readonly [RegExp, SchemaLimit])[] = [
  [/^Value is below the minimum of (.+)\.$/, 'minimum'],
  [/^Value is above the maximum of (.+)\.$/, 'maximum'],
  [/^Value is below the exclusive minimum of (.+)\.$/, 'exclusiveMinimum'],
  [/^Value is above the exclusive maximum of (.+)\.$/, 'exclusiveMaximum'],
  [/^Value is not divisible by (.+)\.$/, 'multipleOf'],
  [/^String is shorter than the minimum length of (.+)\.$/, 'minLength'],
  [/^String is longer than the maximum length of (.+)\.$/, 'maxLength'],
  [/^Array has too few items\. Expected (.+) or more\.$/, 'minItems'],
  [/^Array has too many items\. Expected (.+) or fewer\.$/, 'maxItems'],
  [/^Object has fewer properties than the required number of (.+)$/, 'minProperties'],
  [/^Object has more properties than limit of (.+)\.$/, 'maxProperties'],
]

/** What a message means; null for one that does not come from the schema. It has no codes to go by, so its words are read. */
function saidBy({ message, data }: Diagnostic, written: string): SchemaSaid | null {
  const text = typeof message === 'string' ? message : message.value
  const unknown = /^Property (.*) is not allowed\.$/s.exec(text)?.[1]
  if (unknown !== undefined)
    return { kind: 'unknown', name: unknown, meant: nearest(unknown, textsIn(data, 'properties')) }
  const missing = /^Missing property "(.*)"\.$/s.exec(text)?.[1]
  if (missing !== undefined) return { kind: 'missing', name: missing }
  const types = /^Incorrect type\. Expected (?:"(.+)"|one of (.+))\.$/.exec(text)
  if (types !== null) return { kind: 'type', expected: (types[1] ?? types[2] ?? '').split(/, | \| /) }
  if (text.startsWith('Value is not accepted.')) {
    const values = textsIn(data, 'values')
    return { kind: 'value', values, meant: nearest(written.replace(/^["']|["']$/g, ''), values) }
  }
  const pattern = /^String does not match the pattern of "(.*)"\.$/s.exec(text)?.[1]
  if (pattern !== undefined) return { kind: 'pattern', pattern }
  for (const [words, kind] of limits) {
    const limit = words.exec(text)?.[1]
    if (limit !== undefined) return { kind, limit: Number(limit) }
  }
  return null
}

function textsIn(data: unknown, key: string): readonly string[] {
  const values: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, key) : null
  return Array.isArray(values) ? values.map(String) : []
}

/** Whether it holds in Kubernetes' reading of what stands there. */
function holds(said: SchemaSaid, written: string): boolean {
  if (isEmpty(written)) return said.kind !== 'type' && said.kind !== 'value' && said.kind !== 'pattern'
  if (said.kind === 'type') return !fits(written, said.expected)
  // Go counts characters, JavaScript halves of some.
  if (said.kind === 'maxLength') return [...written].length > said.limit
  return true
}

/** Null in any spelling is an absent field, and built-in kinds take an empty text for one. */
function isEmpty(written: string): boolean {
  return written === '""' || written === "''" || (isPlain(written) && resolvePlain(written.trim()).kind === 'null')
}

function isPlain(written: string): boolean {
  return !/^["'|>{[&*!-]\s*/.test(written) || /^-[\d.]/.test(written)
}

function fits(written: string, expected: readonly string[]): boolean {
  // The server's validation takes an empty list for a text that has a format.
  if (/^\[\s*\]$/.test(written)) return expected.includes('string')
  if (!isPlain(written)) return false
  const scalar = resolvePlain(written.trim())
  switch (scalar.kind) {
    case 'int':
      return expected.includes('integer') || expected.includes('number')
    case 'float':
      return expected.includes('number') || (expected.includes('integer') && Number.isInteger(scalar.value))
    case 'bool':
      return expected.includes('boolean')
    case 'null':
      return true
    case 'string':
    case 'timestamp':
      return expected.includes('string')
  }
}
