import type { Json } from './json.ts'
import { type JsonEntry, JsonError, type JsonNode, readJsonTree, type Span } from './json-reader.ts'
import { isList, isObject } from './object.ts'
import { compareText } from './patch/values.ts'
import type { TextProblem, TextRange } from './problem.ts'
import type { PlainPath } from './yaml-ranges.ts'
import { rangesIn } from './yaml-syntax.ts'

/** A JSON text's value with the places of its parts, or everything that is wrong with it. */
export type JsonReading =
  | { readonly ok: true; readonly value: Json; readonly root: JsonNode }
  | { readonly ok: false; readonly problems: readonly TextProblem[] }

/** Reads the JSON that a person writes: `json-syntax`, and `json-duplicate-key` for each key that stands twice in an object. */
export function readJsonText(text: string): JsonReading {
  try {
    const root = readJsonTree(text)
    const problems = duplicates(root, text)
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: root.value, root }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const { message: detail, offset } = error
    return { ok: false, problems: [{ code: 'json-syntax', detail, offset, range: placed(text, wordAt(text, offset)) }] }
  }
}

/** A stretch that can be seen and clicked: to the end of the word at the offset, or the last character of the text. */
function wordAt(text: string, offset: number): Span {
  if (offset >= text.length) return { from: Math.max(text.trimEnd().length - 1, 0), to: text.trimEnd().length }
  const word = /^[\w.+-]+/.exec(text.slice(offset, offset + 100))?.[0] ?? ''
  return { from: offset, to: offset + Math.max(word.length, 1) }
}

function placed(text: string, { from, to }: Span): TextRange {
  return rangesIn(text)(from, to)
}

function duplicates(root: JsonNode, text: string): readonly TextProblem[] {
  const problems: TextProblem[] = []
  const walk = ({ entries }: JsonNode) => {
    const first = new Map<string, Span>()
    for (const { step, key, node } of entries ?? []) {
      const before = key === null ? undefined : first.get(String(step))
      if (key !== null && before === undefined) first.set(String(step), key)
      if (key !== null && before !== undefined) {
        const { line: firstLine } = placed(text, before)
        problems.push({ code: 'json-duplicate-key', key: String(step), firstLine, range: placed(text, key) })
      }
      walk(node)
    }
  }
  walk(root)
  return problems
}

/** JSON as `kubectl get -o json` orders it, by 2 blanks a level; lines of it are at most one value long. Ends without a line break. */
export function printJsonText(value: Json, indent = 0): string {
  const inner = ' '.repeat(indent + 2)
  const lines = partsOf(value)?.map(({ key, value: part }) => {
    const printed = printJsonText(part, indent + 2)
    return inner + (key === null ? printed : `${JSON.stringify(key)}: ${printed}`)
  })
  if (lines === undefined) return printSingle(value)
  const [open, close] = isList(value) ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`
}

/** The same on one line. */
export function printJsonLine(value: Json): string {
  const parts = partsOf(value)?.map(({ key, value: part }) => {
    const printed = printJsonLine(part)
    return key === null ? printed : `${JSON.stringify(key)}: ${printed}`
  })
  if (parts === undefined) return printSingle(value)
  return isList(value) ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`
}

type Part = { readonly key: string | null; readonly value: Json }

function partsOf(value: Json): readonly Part[] | undefined {
  if (isList(value)) return value.map(item => ({ key: null, value: item }))
  if (!isObject(value)) return undefined
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b))
  return entries.map(([key, part]) => ({ key, value: part }))
}

function printSingle(value: Json): string {
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

/** The path of the innermost part around an offset, to the end of its last line; the empty path outside of all. */
export function jsonPathAt(root: JsonNode, text: string, offset: number): PlainPath {
  const path: (string | number)[] = []
  for (let node = root; ; ) {
    const entry: JsonEntry | undefined = node.entries?.findLast(one => (one.key ?? one.node).from <= offset)
    if (entry === undefined || offset > endOfLine(text, entry.node.to)) return path
    path.push(entry.step)
    node = entry.node
  }
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}

/**
 * Where a text says what stands at a path, or at the nearest place above it: the key, or with `value` what stands there,
 * where that is a single value.
 */
export function jsonPlace(root: JsonNode, path: PlainPath, part: 'key' | 'value'): Span {
  let [node, key]: [JsonNode, Span | null] = [root, null]
  for (const step of path) {
    const entry: JsonEntry | undefined = node.entries?.find(one => one.step === step)
    if (entry === undefined) break
    node = entry.node
    key = entry.key
  }
  if (part === 'value' && node.entries === null) return { from: node.from, to: node.to }
  return key ?? { from: node.from, to: node.entries === null ? node.to : node.from + 1 }
}
