import { isCollection, isMap, isNode, isPair, isSeq, type Node } from 'yaml'
import type { TextRange } from './problem.ts'
import type { YamlDocument } from './yaml-document.ts'
import { type Aliases, isMergeKey, keyName } from './yaml-values.ts'

/** A place in a value: map keys and list indices from the root. */
export type PlainPath = readonly (string | number)[]

/**
 * The text of one map entry, list item or of the root. `key` is null for items and the root; `value` is empty
 * (`from` equals `to`) where nothing stands after the colon; `entry` spans both, without the dash of an item.
 */
export type EntryRange = { readonly key: TextRange | null; readonly value: TextRange; readonly entry: TextRange }

/** Where in a text each part of its value stands. Parts that come from an alias or a merge key have no place of their own. */
export type YamlRanges = {
  /** The ranges of what stands at a path, null when the text has no such place. */
  readonly of: (path: PlainPath) => EntryRange | null
  /** The longest beginning of a path that has a place, and that place. */
  readonly nearest: (path: PlainPath) => { readonly path: PlainPath; readonly range: EntryRange }
  /** The path of the innermost entry around an offset, to the end of its last line; the empty path outside of all. */
  readonly at: (offset: number) => PlainPath
}

/** One entry of a map or list as nodes. A merge key or a key that kubectl refuses has no step. */
type Entry = { readonly step: string | number | null; readonly key: Node | null; readonly value: Node | null }

/** Ranges found on demand: nothing is built for paths that nobody asks for. */
export function yamlRanges(text: string, { root, rangeOf, aliases }: YamlDocument): YamlRanges {
  const known = new WeakMap<Node, ReadonlyMap<string | number | null, Entry>>()
  const byStep = (node: Node): ReadonlyMap<string | number | null, Entry> => {
    const found = known.get(node) ?? new Map(entriesOf(node, aliases).map(entry => [entry.step, entry]))
    known.set(node, found)
    return found
  }
  const nearest = (path: PlainPath): { path: PlainPath; range: EntryRange } => {
    let entry: Entry = { step: null, key: null, value: root }
    for (const [index, step] of path.entries()) {
      const next = entry.value === null ? undefined : byStep(entry.value).get(step)
      if (next === undefined) return { path: path.slice(0, index), range: entryRange(entry, rangeOf) }
      entry = next
    }
    return { path, range: entryRange(entry, rangeOf) }
  }
  const of = (path: PlainPath): EntryRange | null => {
    const found = nearest(path)
    return found.path.length === path.length ? found.range : null
  }
  return { of, nearest, at: offset => pathAt(offset, root, text, aliases) }
}

/** What a map or list holds, in order of the text; nothing for scalars and aliases. */
function entriesOf(node: Node | null, aliases: Aliases): Entry[] {
  if (isSeq(node)) return node.items.map((item, step) => ({ step, key: null, value: isNode(item) ? item : null }))
  if (!isMap(node)) return []
  return node.items.map(({ key, value }) => {
    const named = isMergeKey(key) ? null : keyName(key, aliases)
    const step = named !== null && 'name' in named ? named.name : null
    return { step, key: isNode(key) ? key : null, value: isNode(value) ? value : null }
  })
}

/** Where a node's text begins. */
export function startOf(node: Node): number {
  return node.range?.[0] ?? 0
}

/** Where a node's text ends: a block collection's with its last value, before the comments that follow. */
export function endOf(node: Node): number {
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined
  const key = isPair(last) && isNode(last.key) ? endOf(last.key) : 0
  const value = isPair(last) ? last.value : last
  return isNode(value) ? Math.max(key, endOf(value)) : key || (node.range?.[1] ?? 0)
}

function entryRange({ key, value }: Entry, rangeOf: YamlDocument['rangeOf']): EntryRange {
  const keyEnd = key === null ? 0 : endOf(key)
  const valueRange = value === null ? rangeOf(keyEnd, keyEnd) : rangeOf(startOf(value), endOf(value))
  if (key === null) return { key, value: valueRange, entry: valueRange }
  const entry = rangeOf(startOf(key), Math.max(keyEnd, valueRange.to))
  return { key: rangeOf(startOf(key), keyEnd), value: valueRange, entry }
}

function pathAt(offset: number, root: Node | null, text: string, aliases: Aliases): PlainPath {
  const path: (string | number)[] = []
  for (let node = root; ; ) {
    const entry = entriesOf(node, aliases).findLast(entry => beginsBefore(entry, offset))
    if (entry === undefined || entry.step === null || offset > lineEnd(text, entry)) return path
    path.push(entry.step)
    node = entry.value
  }
}

function beginsBefore({ key, value }: Entry, offset: number): boolean {
  const first = key ?? value
  return first !== null && startOf(first) <= offset
}

function lineEnd(text: string, { key, value }: Entry): number {
  const end = Math.max(key === null ? 0 : endOf(key), value === null ? 0 : endOf(value))
  const lineBreak = text.indexOf('\n', Math.max(end - 1, 0))
  return lineBreak < 0 ? text.length : lineBreak
}
