import { type CheckProblem, checkEdited } from './check.ts'
import type { Json, JsonObject } from './json.ts'
import { isList, isObject, metadataOf, metadataText, type ObjectRef } from './object.ts'
import type { Problem } from './problem.ts'
import { printYaml, readYaml, type YamlRanges } from './yaml.ts'

/** Part of a manifest's text that is a document of its own. `line` is where it begins in the whole, from 1. */
export type ManifestPart = { readonly text: string; readonly line: number }

/** One object of a manifest: the text that says it, and what it says, or why that cannot be told. */
export type ManifestObject = ManifestPart &
  ({ readonly ok: true; readonly object: JsonObject } | { readonly ok: false; readonly problem: Problem })

/**
 * The objects that a text holds, as kubectl finds them: one for each document that is not empty, one for each item of a
 * `List`, whose texts are printed. A text with one document is kept as it stands.
 */
export function readManifest(text: string): readonly ManifestObject[] {
  const parts = splitDocuments(text)
  const whole = parts.length === 1 ? [{ text, line: 1 }] : parts
  return whole.flatMap(readPart)
}

function readPart(part: ManifestPart): readonly ManifestObject[] {
  const reading = readYaml(part.text)
  if (!reading.ok) return [{ ...part, ok: false, problem: reading.problems[0] ?? { code: 'yaml-empty' } }]
  const { value } = reading
  if (value === null) return []
  if (!isObject(value)) return [{ ...part, ok: false, problem: { code: 'yaml-not-an-object', path: [] } }]
  const items = itemsOfList(value)
  if (items === null) return [{ ...part, ok: true, object: value }]
  return items.map(item => readItem(item, part.line))
}

function readItem(item: Json, line: number): ManifestObject {
  const part = { text: printYaml(item), line }
  if (!isObject(item)) return { ...part, ok: false, problem: { code: 'yaml-not-an-object', path: [] } }
  return { ...part, ok: true, object: item }
}

/** The items of a `List` or `DeploymentList`, with the kind that the list's own says where they say none. Null for other objects. */
function itemsOfList({ apiVersion, kind, items }: JsonObject): readonly Json[] | null {
  if (typeof kind !== 'string' || !kind.endsWith('List') || !isList(items)) return null
  const itemKind = kind.slice(0, -'List'.length)
  if (itemKind === '' || apiVersion === undefined) return items
  return items.map(item => (isObject(item) ? { apiVersion, kind: itemKind, ...item } : item))
}

/**
 * A text's documents, those without content left out. Lines of comments before a document's `---` belong to it. As no
 * line of a document may begin with that mark, the lines tell all.
 */
export function splitDocuments(text: string): readonly ManifestPart[] {
  const parts: ManifestPart[] = []
  let comments = ''
  for (const { body, line } of betweenMarks(text)) {
    const lines = body.split(/(?<=\n)/)
    if (lines.some(isContent)) {
      parts.push({ text: comments + body, line })
      comments = ''
    } else comments += lines.filter(isComment).join('')
  }
  return parts
}

const mark = /^---(?=[ \t\r\n]|$)[^\r\n]*(?:\r?\n|$)/gm

function* betweenMarks(text: string): Generator<{ readonly body: string; readonly line: number }> {
  let [from, line] = [0, 1]
  for (const { 0: marked, index } of text.matchAll(mark)) {
    const body = text.slice(from, index)
    // A directive needs the mark behind it.
    if (/^%/m.test(body) && !/^---/m.test(body) && !body.split('\n').some(isContent)) continue
    yield { body, line }
    line += linesIn(text.slice(from, index))
    const bare = /^---\s*(?:#.*)?$/.test(marked.trimEnd())
    from = bare ? index + marked.length : index
    if (bare) line++
  }
  yield { body: text.slice(from), line }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}

function isContent(line: string): boolean {
  return !/^(?:\s*(?:#.*)?|%.*|---\s*(?:#.*)?|\.\.\.\s*)$/.test(line.replace(/\r?\n$/, ''))
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line)
}

/** The fields without which nobody can tell which object a manifest speaks of; empty where all are there. */
export function missingNames(manifest: JsonObject): readonly string[] {
  const named = metadataText(manifest, 'name') || metadataText(manifest, 'generateName')
  return [
    ...(isText(manifest.apiVersion) ? [] : ['apiVersion']),
    ...(isText(manifest.kind) ? [] : ['kind']),
    ...(named ? [] : ['metadata.name']),
  ]
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== ''
}

/**
 * Everything that makes a manifest's text speak of another object than the one it was opened for. What it leaves out
 * (namespace, uid) is no fault; a resourceVersion is that of some earlier reading, and does not count.
 */
export function checkManifest(
  ref: ObjectRef,
  value: Json,
  ranges: Pick<YamlRanges, 'nearest'> | null = null,
): readonly CheckProblem[] {
  const { namespace, uid, resourceVersion } = isObject(value) ? metadataOf(value) : {}
  const anyNamespace = ref.namespace === null || isUnset(namespace)
  const expected = Object.entries({
    name: ref.name,
    namespace: anyNamespace ? namespace : ref.namespace,
    uid: isUnset(uid) ? uid : ref.uid,
    resourceVersion,
  })
  const metadata = Object.fromEntries(expected.flatMap(([key, field]) => (field === undefined ? [] : [[key, field]])))
  return checkEdited(ref, { metadata }, value, ranges)
}

function isUnset(field: Json | undefined): boolean {
  return field === undefined || field === null || field === ''
}

/** What the server gives an object: a manifest that was read from a server carries it, and it is nothing to apply. */
const given: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'managedFields',
  'selfLink',
])

/** The object without what the server gives. */
export function withoutGiven(object: JsonObject): JsonObject {
  const metadata = metadataOf(object)
  if (!Object.keys(metadata).some(key => given.has(key))) return object
  return { ...object, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !given.has(key))) }
}

/** What the server has given an object, of its `metadata`. */
export function givenIn(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(metadataOf(object)).filter(([key]) => given.has(key)))
}

/** The configuration that a manifest stands for, as kubectl sends it: in its namespace, without what the server gives. */
export function configurationOf(ref: ObjectRef, manifest: JsonObject): JsonObject {
  const object = withoutGiven(manifest)
  if (ref.namespace === null) return object
  return { ...object, metadata: { ...metadataOf(object), namespace: ref.namespace } }
}
