import { type Json, type JsonObject, parseJson, printJson } from './json.ts'
import { fieldOf, isList, isObject, metadataOf } from './object.ts'
import { applyMergePatch, createThreeWayMergePatch } from './patch/merge.ts'
import { attempt } from './patch/refusal.ts'
import type { PatchSchema } from './patch/schema.ts'
import { applyStrategicPatch } from './patch/strategic-apply.ts'
import { createThreeWayStrategicPatch } from './patch/strategic-three-way.ts'
import { compareText, requireSound } from './patch/values.ts'
import type { PatchProblem, Result } from './problem.ts'
import { lastApplied } from './secrets.ts'

/**
 * What `kubectl apply` sends for a modified configuration (with its annotation), and what that makes of the current object.
 * `original` is what was applied last; without it what the configuration no longer holds stays. A strategic patch where
 * the kind takes it, else a merge patch. (Go: kubectl's `Patcher`.)
 */
export function applyClientSide(
  original: JsonObject | null,
  modified: JsonObject,
  current: JsonObject,
  { schema, strategic }: { readonly schema: PatchSchema | null; readonly strategic: boolean },
): Result<{ readonly patch: JsonObject; readonly object: JsonObject }, PatchProblem> {
  const byStrategy = strategic && schema !== null ? schema : null
  const patch =
    byStrategy === null
      ? createThreeWayMergePatch(original ?? {}, modified, current)
      : createThreeWayStrategicPatch(original ?? {}, modified, current, byStrategy, { overwrite: true })
  if (!patch.ok) return patch
  const object =
    byStrategy === null ? applyMergePatch(current, patch.value) : applyStrategicPatch(current, patch.value, byStrategy)
  return object.ok ? { ok: true, value: { patch: patch.value, object: object.value } } : object
}

/**
 * The configuration in an object's annotation: absent; what it says; no JSON object; or that of another object, or of
 * another version of the API, with which this one cannot be compared.
 */
export type Applied =
  | { readonly kind: 'absent' | 'unreadable' | 'other-object' }
  | { readonly kind: 'present'; readonly configuration: JsonObject }

/** What `kubectl apply` keeps in an object of the configuration applied last. */
export function readApplied(object: JsonObject): Applied {
  const text = annotationsOf(object)[lastApplied]
  if (text === undefined) return { kind: 'absent' }
  const parsed = typeof text === 'string' ? parseJson(text) : null
  if (!parsed?.ok || !isObject(parsed.value)) return { kind: 'unreadable' }
  const configuration = parsed.value
  if (!attempt(() => requireSound(configuration)).ok) return { kind: 'unreadable' }
  return isOf(configuration, object) ? { kind: 'present', configuration } : { kind: 'other-object' }
}

function isOf(configuration: JsonObject, object: JsonObject): boolean {
  const [mine, its] = [metadataOf(configuration), metadataOf(object)]
  const sameType = configuration.apiVersion === object.apiVersion && configuration.kind === object.kind
  return sameType && mine.name === its.name && (mine.namespace || its.namespace) === its.namespace
}

/** The configuration with itself as its annotation, as `kubectl apply` sends it. (Go: kubectl's GetModifiedConfiguration.) */
export function withApplied(configuration: JsonObject): JsonObject {
  const plain = withoutApplied(configuration)
  return withAnnotation(plain, plain)
}

/** The object with its annotations, none as a rule empty, but not the one of what was applied last. */
export function withoutApplied(object: JsonObject): JsonObject {
  const { [lastApplied]: _, ...annotations } = annotationsOf(object)
  return withAnnotations(object, annotations)
}

/** The object with a configuration as the one that was applied last. */
export function withAnnotation(object: JsonObject, configuration: JsonObject): JsonObject {
  return withAnnotations(object, { ...annotationsOf(object), [lastApplied]: printApplied(configuration) })
}

function annotationsOf(object: JsonObject): JsonObject {
  const annotations = fieldOf(metadataOf(object), 'annotations')
  return isObject(annotations) ? annotations : {}
}

function withAnnotations(object: JsonObject, annotations: JsonObject): JsonObject {
  return { ...object, metadata: { ...metadataOf(object), annotations } }
}

/** As `ValidateAnnotationsSize` counts them: the bytes of all keys and values together. */
const annotationsLimit = 262_144

/** Whether the server takes an object's annotations, which it limits together. */
export function annotationsFit(object: JsonObject): boolean {
  const bytes = (text: Json) => (typeof text === 'string' ? new TextEncoder().encode(text).length : 0)
  const sizes = Object.entries(annotationsOf(object)).map(([key, value]) => bytes(key) + bytes(value))
  return sizes.reduce((sum, size) => sum + size, 0) <= annotationsLimit
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
