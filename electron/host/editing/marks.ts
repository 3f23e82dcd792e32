import type { Layer, LineMark } from '../../../contract/edit.ts'
import { type Change, diffFields, diffObjects } from '../../../core/diff.ts'
import { equalJson, type JsonObject } from '../../../core/json.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath, indexPath, type Path, pathKey, startsWithPath } from '../../../core/path.ts'
import { readYaml } from '../../../core/yaml.ts'

/** The three versions that a review compares, in the edit's view. `empty` is the answer to the empty patch's dry run. */
export type Versions = {
  readonly live: JsonObject
  readonly answer: JsonObject
  readonly empty: JsonObject | null
}

/** A difference between live and answer, with the layer that it belongs to. */
export type LayeredChange = { readonly change: Change; readonly layer: Layer }

/**
 * Tells apart what is my edit, what any write would cause, and what the server adds because of mine. What was added or
 * removed as a whole comes first as that whole (its keys and dashes are mine where something in it is), then field by field.
 */
export function layerChanges(
  versions: Versions,
  mine: readonly Change[],
  schema: PatchSchema | null,
): readonly LayeredChange[] {
  const { live, answer, empty } = versions
  const isMine = within(mine)
  const caused = new Map(
    (empty === null ? [] : diffFields(live, empty, schema)).map(change => [pathKey(change.path), change]),
  )
  const layerOf = (change: Change): Layer => {
    if (isMine(change.path)) return 'mine'
    const same = caused.get(pathKey(change.path))
    return same !== undefined && sameOutcome(same, change) ? 'any-write' : 'server'
  }
  const frame = (change: Change): Layer =>
    mine.some(({ path }) => startsWithPath(path, change.path)) ? 'mine' : layerOf(change)
  return [
    ...diffObjects(live, answer, schema).map(change => ({ change, layer: frame(change) })),
    ...diffFields(live, answer, schema).map(change => ({ change, layer: layerOf(change) })),
  ]
}

/** Whether a place is one of the changed fields or lies inside one that was changed as a whole. */
function within(changes: readonly Change[]): (path: Path) => boolean {
  const fields = new Set(changes.map(change => pathKey(change.path)))
  return path => {
    for (let length = path.length; length > 0; length--) {
      if (fields.has(pathKey(path.slice(0, length)))) return true
    }
    return false
  }
}

function sameOutcome(a: Change, b: Change): boolean {
  if (a.kind === 'moved' || b.kind === 'moved') return a.kind === b.kind
  if (a.kind === 'removed' || b.kind === 'removed') return a.kind === b.kind
  return equalJson(a.to, b.to)
}

/** The layered changes as lines of the two printed texts: removed and changed fields in `before`, added and changed in `after`. */
export function markLines(
  before: string,
  after: string,
  versions: Versions,
  layered: readonly LayeredChange[],
  schema: PatchSchema | null,
): readonly LineMark[] {
  const marks = new Map<string, LineMark>()
  const locate = {
    before: lineFinder(before, versions.live, schema),
    after: lineFinder(after, versions.answer, schema),
  }
  for (const { change, layer } of layered) {
    for (const side of sidesOf(change)) {
      for (const line of locate[side](change.path)) {
        marks.set(`${side}:${line}`, { side, line, layer, path: formatPath(change.path) })
      }
    }
  }
  return [...marks.values()].sort((a, b) => a.side.localeCompare(b.side) || a.line - b.line)
}

function sidesOf(change: Change): readonly LineMark['side'][] {
  if (change.kind === 'added') return ['after']
  return change.kind === 'removed' ? ['before'] : ['before', 'after']
}

/** Finds the lines of a path in a text that `printYaml` made of the object. */
function lineFinder(text: string, object: JsonObject, schema: PatchSchema | null): (path: Path) => readonly number[] {
  if (text === '') return () => []
  const read = readYaml(text)
  if (!read.ok) throw new Error('a text that was just printed must read back')
  return path => {
    const place = indexPath(object, path, schema)
    const range = place === null ? null : read.ranges.of(place)
    if (range === null) return []
    const first = range.entry.line
    const last = first + newlines(text, range.entry.from, range.entry.to)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  }
}

function newlines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to - 1; at = text.indexOf('\n', at + 1)) count++
  return count
}
