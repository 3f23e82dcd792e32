import { type Json, type JsonObject, parseJson, printJson } from './json.ts'
import { fieldOf, isList, isObject, metadataOf } from './object.ts'
import { compareText } from './patch/values.ts'
import { lastApplied } from './secrets.ts'

/** The configuration in an object's annotation: absent, what it says, or no JSON object. */
export type Applied =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly configuration: JsonObject }
  | { readonly kind: 'unreadable' }

/** What `kubectl apply` keeps in an object of the configuration applied last. */
export function readApplied(object: JsonObject): Applied {
  const text = annotationsOf(object)[lastApplied]
  if (text === undefined) return { kind: 'absent' }
  const parsed = typeof text === 'string' ? parseJson(text) : null
  if (parsed?.ok && isObject(parsed.value)) return { kind: 'present', configuration: parsed.value }
  return { kind: 'unreadable' }
}

/** The configuration with itself as its annotation, as `kubectl apply` sends it. (Go: kubectl's GetModifiedConfiguration.) */
export function withApplied(configuration: JsonObject): JsonObject {
  const { [lastApplied]: _, ...annotations } = annotationsOf(configuration)
  const plain = withAnnotations(configuration, annotations)
  return withAnnotations(plain, { ...annotations, [lastApplied]: printApplied(plain) })
}

function annotationsOf(object: JsonObject): JsonObject {
  const annotations = fieldOf(metadataOf(object), 'annotations')
  return isObject(annotations) ? annotations : {}
}

function withAnnotations(object: JsonObject, annotations: JsonObject): JsonObject {
  return { ...object, metadata: { ...metadataOf(object), annotations } }
}

/**
 * A configuration as the annotation's text, byte for byte as Go prints it (keys in order, `<`, `>` and `&` escaped, a
 * line break at the end): so that an apply which changes nothing leaves the annotation alone.
 */
export function printApplied(configuration: JsonObject): string {
  return `${printInOrder(configuration)}\n`
}

// By hand, since a JavaScript object puts keys that are numbers before all others.
function printInOrder(value: Json): string {
  if (isList(value)) return `[${value.map(printInOrder).join(',')}]`
  if (!isObject(value)) return printEscaped(value)
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b))
  return `{${entries.map(([key, child]) => `${printEscaped(key)}:${printInOrder(child)}`).join(',')}}`
}

function printEscaped(scalar: Json): string {
  return printJson(scalar).replace(/[<>&\u2028\u2029]/g, character => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
