import type { FieldLine, Writer, WriterFields } from '../../../contract/object.ts'
import { mapsAt, textAt } from '../../../core/conditions.ts'
import { type Json, type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { fieldOf, isList, isObject, metadataOf } from '../../../core/object.ts'
import { formatPath, type Path, type Step, valueAt } from '../../../core/path.ts'
import { maskObject } from '../../../core/secrets.ts'

const mostLines = 20_000
const longestValue = 200

/** Who wrote an object, by `metadata.managedFields`, the last first. */
export function writersOfObject(object: JsonObject): readonly Writer[] {
  return mapsAt(metadataOf(object), 'managedFields')
    .map(entry => ({
      id: idOf(entry),
      manager: textAt(entry, 'manager'),
      operation: textAt(entry, 'operation'),
      apiVersion: textAt(entry, 'apiVersion'),
      subresource: textAt(entry, 'subresource'),
      time: textAt(entry, 'time') || null,
      fields: countOf(fieldOf(entry, 'fieldsV1')),
    }))
    .toSorted((a, b) => Date.parse(b.time ?? '') - Date.parse(a.time ?? '') || 0)
}

/** Entries are told apart by these, as the server does. */
function idOf(entry: JsonObject): string {
  return ['manager', 'operation', 'apiVersion', 'subresource'].map(key => textAt(entry, key)).join('\n')
}

function countOf(tree: Json | undefined): number {
  if (!isObject(tree)) return 0
  let count = 0
  for (const [key, inner] of Object.entries(tree)) {
    const isLeaf = isObject(inner) && Object.keys(inner).length === 0
    count += key === '.' || isLeaf ? 1 : countOf(inner)
  }
  return count
}

/** The fields of one writer as lines, with what stands there now; null where the object has no such writer. */
export function fieldsOfWriter(object: JsonObject, id: string): WriterFields | null {
  const entry = mapsAt(metadataOf(object), 'managedFields').find(one => idOf(one) === id)
  const tree = entry === undefined ? undefined : fieldOf(entry, 'fieldsV1')
  if (!isObject(tree)) return null
  const lines: FieldLine[] = []
  let more = 0
  const shown = maskObject(object)
  walk(tree, [], line => {
    if (lines.length < mostLines) lines.push(lineOf(shown, line))
    else more += 1
  })
  return { lines, more }
}

type TreeLine = { readonly path: Path; readonly name: string; readonly inner: boolean }

function walk(tree: JsonObject, path: Path, tell: (line: TreeLine) => void): void {
  for (const [key, value] of Object.entries(tree)) {
    if (key === '.' || !isObject(value)) continue
    const step = stepOf(key)
    // A key that nobody could read is shown as it stands.
    const place = [...path, step ?? key]
    const inner = Object.keys(value).some(one => one !== '.')
    tell({ path: place, name: formatPath([place.at(-1) ?? key]), inner })
    if (inner) walk(value, place, tell)
  }
}

/** The step that a key of fieldsV1 means (KEP 555); null for what is none. */
function stepOf(key: string): Step | null {
  const rest = key.slice(2)
  switch (key.slice(0, 2)) {
    case 'f:':
      return rest
    case 'i:':
      return Number(rest)
    case 'v:': {
      const value = parseJson(rest)
      return value.ok ? { value: value.value } : null
    }
    case 'k:': {
      const keys = parseJson(rest)
      return keys.ok && isObject(keys.value) ? { keys: keys.value } : null
    }
    default:
      return null
  }
}

function lineOf(object: JsonObject, { path, name, inner }: TreeLine): FieldLine {
  const value = valueAt(object, path)
  const shown = value === undefined || inner ? null : short(value)
  return { depth: path.length, name, path: formatPath(path), value: shown, gone: value === undefined, inner }
}

function short(value: Json): string {
  const text = typeof value === 'string' ? value : isObject(value) || isList(value) ? printJson(value) : String(value)
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`
}
