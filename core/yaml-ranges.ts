import type { TextRange } from './problem.ts'
import type { YamlDocument } from './yaml-document.ts'
import type { YamlNode } from './yaml-nodes.ts'
import { isMergeKey, keyName } from './yaml-values.ts'

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
type Entry = { readonly step: string | number | null; readonly key: YamlNode | null; readonly value: YamlNode | null }

/** Ranges found on demand: nothing is built for paths that nobody asks for. */
export function yamlRanges(text: string, { root, rangeOf }: YamlDocument): YamlRanges {
  const known = new WeakMap<YamlNode, ReadonlyMap<string | number | null, Entry>>()
  const byStep = (node: YamlNode): ReadonlyMap<string | number | null, Entry> => {
    const found = known.get(node) ?? new Map(entriesOf(node).map(entry => [entry.step, entry]))
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
  return { of, nearest, at: offset => pathAt(offset, root, text) }
}

/** What a map or list holds, in order of the text; nothing for scalars and aliases. */
function entriesOf(node: YamlNode | null): Entry[] {
  if (node?.kind === 'list') return node.items.map(({ value }, step) => ({ step, key: null, value }))
  if (node?.kind !== 'map') return []
  return node.entries.map(({ key, value }) => {
    const named = isMergeKey(key) ? null : keyName(key)
    return { step: named !== null && 'name' in named ? named.name : null, key, value }
  })
}

function entryRange({ key, value }: Entry, rangeOf: YamlDocument['rangeOf']): EntryRange {
  const [from, to] = value === null ? [0, 0] : [value.from, value.to]
  const valueRange = rangeOf(from, to)
  if (key === null) return { key, value: valueRange, entry: valueRange }
  return { key: rangeOf(key.from, key.to), value: valueRange, entry: rangeOf(key.from, Math.max(key.to, to)) }
}

function pathAt(offset: number, root: YamlNode | null, text: string): PlainPath {
  const path: (string | number)[] = []
  for (let node = root; ; ) {
    const entry = entriesOf(node).findLast(entry => beginsBefore(entry, offset))
    if (entry === undefined || entry.step === null || offset > lineEnd(text, entry)) return path
    path.push(entry.step)
    node = entry.value
  }
}

function beginsBefore({ key, value }: Entry, offset: number): boolean {
  const first = key ?? value
  return first !== null && first.from <= offset
}

function lineEnd(text: string, { key, value }: Entry): number {
  const end = Math.max(key?.to ?? 0, value?.to ?? 0)
  const lineBreak = text.indexOf('\n', Math.max(end - 1, 0))
  return lineBreak < 0 ? text.length : lineBreak
}
